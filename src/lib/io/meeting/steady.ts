import { Connections } from './connections';
import type { Link, LinkListener } from './link';
import { Patience } from './patience';
import { isSaid, type Said, type Signal } from './signals';
import { openRoomOf, type Connect, type Connection, type Provider, type YRoom } from './y-webrtc-surface';

interface LiveLink extends Link {
  readonly made: Connection;
  /** Names the attempt, so that leftovers of others are told from it; null until the side that offers has named it. */
  attempt: string | null;
  readonly bornAt: number;
  /** When it is given up, unless it is up then. */
  deadline: number;
  readonly say: (signal: Signal) => void;
}

/** Milliseconds between announcements, on average: y-webrtc makes one, and where that is lost two peers never meet. */
const ANNOUNCE_EVERY = 10_000;
const LOOK_EVERY = 500;
/** Attempts younger than this are left alone when a server comes back. */
const FRESH = 1_000;

/** Marks the announcements that are made again. */
const AGAIN = { type: 'again' };

/**
 * Mends from outside how y-webrtc 10.3.0 sets up connections. Left alone it has both sides offer at once and parts them by tokens
 * that can leave both waiting; it announces once, takes leftovers of one attempt for signals of the next, lets the end of an old
 * connection evict its successor, and keeps for ever what never came up.
 *
 * Here the peer with the lower id offers, always, and the other one pokes it, so offers never cross; attempts have names;
 * what is not up in time is dropped, and the other side told. Signals travel in envelopes that y-webrtc carries and does not
 * read. All of it is reached by three properties: the room's map of connections, the options for a new one, and a connection's way
 * out to and in from the signaling server.
 */
export class Steady {
  readonly #provider: Provider;
  readonly #room: YRoom;
  readonly #connect: Connect;
  readonly #listener: LinkListener;
  readonly #connections: Connections;
  readonly #links = new Set<LiveLink>();
  readonly #patience = new Patience();
  readonly #reaper: ReturnType<typeof setInterval>;
  #announcer: ReturnType<typeof setTimeout> | undefined;

  /** Takes over a room that was opened in this turn, before anybody was heard in it. */
  constructor(provider: Provider, connect: Connect, listener: LinkListener) {
    this.#provider = provider;
    this.#room = openRoomOf(provider);
    this.#connect = connect;
    this.#listener = listener;
    this.#connections = new Connections((remote, made) => this.#adopt(remote, made));
    this.#room.webrtcConns = this.#connections;
    const options = provider.peerOpts;
    Object.defineProperty(provider, 'peerOpts', {
      get: () => ({ ...options, initiator: this.#offersTo(this.#connections.asked) }),
    });
    for (const signaling of provider.signalingConns)
      signaling.on('connect', (event) => event === AGAIN || this.#signalingIsBack());
    this.#reaper = setInterval(() => this.#look(), LOOK_EVERY);
    this.#announceLater();
  }

  /** Everybody with whom a connection stands or is being made. */
  get remotes(): ReadonlySet<string> {
    return new Set(Array.from(this.#links, ({ remote }) => remote));
  }

  /** Ends a connection, and tells the other side. */
  drop(remote: string): void {
    for (const link of this.#links) if (link.remote === remote) this.#drop(link);
  }

  close(): void {
    clearInterval(this.#reaper);
    clearTimeout(this.#announcer);
  }

  #offersTo(remote: string): boolean {
    return this.#room.peerId < remote;
  }

  #adopt(remote: string, made: Connection): void {
    const { peer } = made;
    // The browser has no more connections to give; y-webrtc hears so in a moment.
    if (!peer._pc) return;
    const emit = peer.emit.bind(peer);
    const hear = peer.signal.bind(peer);
    const now = performance.now();
    const link: LiveLink = {
      remote,
      made,
      connection: peer._pc,
      attempt: this.#offersTo(remote) ? crypto.randomUUID() : null,
      bornAt: now,
      deadline: this.#patience.deadline(remote, now),
      say: (signal) => emit('signal', signal),
    };
    this.#links.add(link);
    peer.emit = (event, ...values) => {
      if (event !== 'signal') return emit(event, ...values);
      const [said] = values;
      if (link.attempt !== null && isSaid(said)) link.say({ attempt: link.attempt, said });
      return true;
    };
    peer.signal = (signal) => {
      const said = this.#heard(link, signal as Signal);
      if (said && !peer.destroyed) hear(said);
    };
    // Nothing of ours goes over y-webrtc's own channel, and what others send there is not read.
    peer.removeAllListeners('data');
    peer.on('data', () => undefined);
    peer.on('close', () => {
      this.#links.delete(link);
      this.#listener.gone(link);
    });
    this.#listener.made(link);
    // It was made by an announcement, not by the other side's offer, which would be heard in this turn.
    if (link.attempt === null) queueMicrotask(() => link.attempt ?? link.say({ poke: true }));
  }

  /** What of a signal is for simple-peer. */
  #heard(link: LiveLink, signal: Signal): Said | null {
    // Its purpose was to have the connection made.
    if ('poke' in signal) return null;
    if ('drop' in signal) {
      if (link.attempt === null) link.say({ poke: true });
      else if (link.attempt === signal.attempt) link.made.destroy();
      return null;
    }
    link.attempt ??= signal.attempt;
    if (link.attempt === signal.attempt) return signal.said;
    if (signal.said.type === 'offer' && !this.#offersTo(link.remote)) this.#replace(link, signal);
    return null;
  }

  /** The other side has begun anew. */
  #replace(link: LiveLink, offer: Signal): void {
    const { signalingConns } = this.#provider;
    const signaling = signalingConns.find(({ connected }) => connected) ?? signalingConns[0];
    if (!signaling) return;
    link.made.closed = true;
    this.#connections.delete(link.remote);
    link.made.destroy();
    this.#connections.get(link.remote);
    const next = this.#connect(signaling, false, link.remote, this.#room);
    this.#connections.set(link.remote, next);
    next.peer.signal(offer);
  }

  #drop(link: LiveLink): void {
    if (link.attempt !== null) link.say({ attempt: link.attempt, drop: true });
    // y-webrtc announces again when it hears of the end.
    link.made.destroy();
  }

  #look(): void {
    const now = performance.now();
    for (const link of this.#links) {
      const isUp = link.made.connected && link.connection.connectionState === 'connected';
      if (isUp) {
        this.#patience.stood(link.remote);
        link.deadline = this.#patience.deadline(link.remote, now);
      } else if (now > link.deadline) {
        this.#patience.failed(link.remote);
        this.#drop(link);
      }
    }
  }

  /** What was signalled in the meantime is lost: nobody waits for an answer to it. */
  #signalingIsBack(): void {
    const now = performance.now();
    for (const link of this.#links) if (!link.made.connected && now - link.bornAt > FRESH) this.#drop(link);
  }

  /** y-webrtc's own handler of a new connection to a server subscribes and announces. */
  #announceLater(): void {
    this.#announcer = setTimeout(
      () => {
        for (const signaling of this.#provider.signalingConns)
          if (signaling.connected) signaling.emit('connect', [AGAIN, signaling]);
        this.#announceLater();
      },
      ANNOUNCE_EVERY * (0.5 + Math.random()),
    );
  }
}
