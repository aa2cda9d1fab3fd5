import { WebrtcConn, WebrtcProvider } from 'y-webrtc';
import { Doc } from 'yjs';
import type { ProjectId } from '#core/model/ids';
import type { IceServer } from '#core/model/project';
import { isSignalingServer } from '#core/peers/meeting-points';
import { roomOf } from '#core/peers/room';
import { whenConnected } from './fingerprints';
import type { HandOver } from './hand-over';
import { usableIce } from './ice';
import type { Link, LinkListener } from './link';
import type { ConnectionListener } from './meeting';
import { Neighbourhood } from './neighbourhood';
import { openChannels } from './peer-channels';
import { guard } from './signal-guard';
import { Steady } from './steady';
import { connectBy, openRoomOf, surfaceOf } from './y-webrtc-surface';

export interface Entry {
  readonly project: ProjectId;
  /** Addresses of signaling servers; what is none is passed over. */
  readonly servers: readonly string[];
  readonly ice: readonly IceServer[];
  readonly handOver: HandOver;
}

export interface RoomListener extends ConnectionListener {
  /** Other signaling servers can be reached than before: the addresses of all that can. */
  reachable(servers: readonly string[]): void;
}

/** A room in which this page meets others until it leaves. */
export interface MeetingRoom {
  /** Ends a connection; whoever sits there is not connected to again for a while. */
  drop(id: string): void;
  /** Ends all connections. The same room can be entered again once it settles. */
  leave(): Promise<void>;
}

/** Milliseconds between looks at whether there are too many connections. */
const TIDY_EVERY = 5_000;

/**
 * Enters a project's room by y-webrtc. It does the meeting alone: its document stays empty and its awareness silent, other tabs are not
 * spoken to, and all that is ours goes over two channels of each connection, which are handed over.
 */
export async function meetInRoom(entry: Entry, listener: RoomListener): Promise<MeetingRoom> {
  const { topic, password } = roomOf(entry.project);
  const document = new Doc();
  const made = new WebrtcProvider(topic, document, {
    signaling: entry.servers.filter(isSignalingServer),
    password,
    filterBcConns: false,
    maxConns: Infinity,
    peerOpts: { config: { iceServers: usableIce(entry.ice) } },
  });
  made.awareness.setLocalState(null);
  const provider = surfaceOf(made);
  let neighbourhood: Neighbourhood | null = null;
  const tellReachable = () => {
    const connected = provider.signalingConns.filter((signaling) => signaling.connected);
    listener.reachable(connected.map(({ url }) => url));
  };
  for (const signaling of provider.signalingConns) {
    guard(signaling, provider.key, (message) => neighbourhood?.heeds(message, performance.now()) ?? false);
    signaling.on('connect', tellReachable);
    signaling.on('disconnect', tellReachable);
  }

  await provider.key;
  const room = openRoomOf(provider);
  // What y-webrtc would say to other tabs, and hear of them, goes nowhere.
  room.mux = () => undefined;
  // A page that might be left may stay, and then it wants its connections.
  removeEventListener('beforeunload', room._beforeUnloadHandler);
  const connections = new NamedLinks(listener, entry.handOver);
  const steady = new Steady(provider, connectBy(WebrtcConn), connections);
  const neighbours = new Neighbourhood(room.peerId, () => steady.remotes);
  neighbourhood = neighbours;
  const tidy = setInterval(() => {
    for (const remote of neighbours.surplus(performance.now())) steady.drop(remote);
  }, TIDY_EVERY);

  return {
    drop: (id) => {
      const remote = connections.remoteOf(id);
      if (remote === null) return;
      neighbours.shun(remote, performance.now());
      steady.drop(remote);
    },
    leave: async () => {
      clearInterval(tidy);
      steady.close();
      made.disconnect();
      document.destroy();
      await provider.key;
    },
  };
}

/** Names each connection for those outside, and hands its channels over. */
class NamedLinks implements LinkListener {
  readonly #listener: ConnectionListener;
  readonly #handOver: HandOver;
  readonly #ids = new Map<Link, string>();
  #count = 0;

  constructor(listener: ConnectionListener, handOver: HandOver) {
    this.#listener = listener;
    this.#handOver = handOver;
  }

  /** The other side's id in the room; null where the connection is gone. */
  remoteOf(id: string): string | null {
    for (const [{ remote }, known] of this.#ids) if (known === id) return remote;
    return null;
  }

  made(link: Link): void {
    const { connection, remote } = link;
    const id = `${remote}/${++this.#count}`;
    this.#ids.set(link, id);
    this.#listener.made(openChannels(connection, id, this.#handOver));
    whenConnected(connection, (fingerprints) => this.#listener.connected(id, fingerprints));
  }

  gone(link: Link): void {
    const id = this.#ids.get(link);
    this.#ids.delete(link);
    if (id !== undefined) this.#listener.gone(id);
  }
}
