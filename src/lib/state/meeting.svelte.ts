import { transfer } from 'comlink';
import type { ProjectClient } from '#compute/project-client';
import type { ProjectId } from '#core/model/ids';
import type { MeetingSettings } from '#core/model/project';
import type { Result } from '#core/result';
import type { ConnectionListener } from '#io/meeting/meeting';
import type { Offer, Pairing, PairingEntry } from '#io/meeting/pairing';
import type { MeetingRoom } from '#io/meeting/webrtc-room';
import type { ProjectState } from './project.svelte';

/** What meeting needs of the page. */
export interface MeetingDevice {
  /** Address of the page. */
  readonly base: string;
  readonly window: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}

export interface SignalingServer {
  readonly address: string;
  /** Who names it: the host that the app comes from, or the project. */
  readonly of: 'host' | 'project';
  readonly isReachable: boolean;
}

interface Where extends MeetingSettings {
  readonly project: ProjectId;
}

const KEY = 'concord.host-servers';
/** Milliseconds until a host that could not be asked is asked again, where there is nowhere else to go. */
const ASK_AGAIN = 15_000;

/** Meets whoever else has the open project open, and hands the connections to the worker. */
export class Meeting {
  readonly #project: ProjectState;
  readonly #device: MeetingDevice;
  #servers = $state.raw<readonly SignalingServer[] | null>(null);
  #room: MeetingRoom | null = null;
  #turns: Promise<unknown> = Promise.resolve();
  /** Connections that were made by hand. */
  readonly #pairings = new Map<string, Pairing>();
  #isListening = false;

  /** Where to meet, as text, so that only what changes it makes the page leave and enter; null: nowhere. */
  readonly #where = $derived.by(() => {
    const { id, holding, peers, settings } = this.#project;
    if (id === null || holding !== 'here' || !settings || !peers?.isShared) return null;
    const { servers, ice } = settings.meeting;
    return JSON.stringify({ project: id, servers, ice } satisfies Where);
  });

  constructor(project: ProjectState, device: MeetingDevice) {
    this.#project = project;
    this.#device = device;
  }

  /** Whether anybody is to be met: the project is open here, and shared. */
  get isWanted(): boolean {
    return this.#where !== null;
  }

  /** Where peers find each other; null until that is known. Empty: the host offers nothing, and the project names nothing. */
  get servers() {
    return this.#servers;
  }

  /** The first of the two codes by which two devices meet without a server. */
  async offer(): Promise<Offer> {
    const { offerPairing } = await import('#io/meeting/pairing');
    return this.#keep(await offerPairing(await this.#pairingEntry(), connectionsOf(this.#project.client)));
  }

  /**
   * The second, which answers another device's first.
   *
   * @returns `pairing.…`
   */
  async answer(code: string): Promise<Result<Pairing>> {
    const { answerPairing } = await import('#io/meeting/pairing');
    const entry = await this.#pairingEntry();
    const answered = await answerPairing(entry, code, connectionsOf(this.#project.client));
    if (answered.ok) this.#keep(answered.value);
    return answered;
  }

  /** Meets as long as the effect lives that calls it. */
  attend(): () => void {
    const where = this.#where;
    this.#listen();
    if (where === null) return () => this.#endPairings();
    const { window } = this.#device;
    let stay = new AbortController();
    const begin = () => {
      stay = new AbortController();
      const { signal } = stay;
      // A room can be entered once, so one stay after the other.
      this.#turns = this.#turns.then(() => this.#stay(JSON.parse(where) as Where, signal));
    };
    const end = () => stay.abort();
    // The others need not wait until a page that was closed answers no more.
    const shown = ({ persisted }: PageTransitionEvent) => persisted && begin();
    window.addEventListener('pagehide', end);
    window.addEventListener('pageshow', shown);
    begin();
    return () => {
      window.removeEventListener('pagehide', end);
      window.removeEventListener('pageshow', shown);
      end();
      this.#endPairings();
    };
  }

  async #pairingEntry(): Promise<PairingEntry> {
    const { id, settings } = this.#project;
    if (id === null || !settings) throw new Error('no project is open');
    const { bestHandOver } = await import('#io/meeting/hand-over');
    return { project: id, ice: settings.meeting.ice, handOver: bestHandOver() };
  }

  #keep<T extends Pairing>(pairing: T): T {
    this.#pairings.set(pairing.id, pairing);
    return pairing;
  }

  #endPairings(): void {
    for (const pairing of this.#pairings.values()) pairing.close();
    this.#pairings.clear();
  }

  async #stay({ project, servers, ice }: Where, signal: AbortSignal): Promise<void> {
    const named = await this.#findServers(servers, signal);
    if (signal.aborted) return;
    this.#servers = named;
    const room = named.length > 0 ? await this.#enter({ project, servers, ice }, named) : null;
    this.#room = room;
    await aborted(signal);
    this.#room = null;
    this.#servers = null;
    await room?.leave();
  }

  async #enter({ project, ice }: Where, named: readonly SignalingServer[]): Promise<MeetingRoom> {
    const [{ meetInRoom }, { bestHandOver }] = await Promise.all([
      import('#io/meeting/webrtc-room'),
      import('#io/meeting/hand-over'),
    ]);
    const servers = named.map(({ address }) => address);
    return meetInRoom(
      { project, servers, ice, handOver: bestHandOver() },
      {
        ...connectionsOf(this.#project.client),
        reachable: (now) => {
          this.#servers = named.map((server) => ({ ...server, isReachable: now.includes(server.address) }));
        },
      },
    );
  }

  /** Servers of the host and of the project. Where there is none, and the host could not be asked, it is asked until it can. */
  async #findServers(ofProject: readonly string[], signal: AbortSignal): Promise<readonly SignalingServer[]> {
    const { hostServers } = await import('#io/meeting/host-servers');
    for (;;) {
      const answer = await hostServers(signal, this.#device.base);
      const ofHost = answer ?? this.#remembered();
      if (answer) this.#remember(answer);
      const named = [
        ...ofHost.map((address) => ({ address, of: 'host', isReachable: false }) as const),
        ...ofProject
          .filter((address) => !ofHost.includes(address))
          .map((address) => ({ address, of: 'project', isReachable: false }) as const),
      ];
      if (answer || named.length > 0 || signal.aborted) return named;
      this.#servers = [];
      await pause(ASK_AGAIN, signal);
    }
  }

  #remembered(): readonly string[] {
    try {
      const known: unknown = JSON.parse(this.#device.storage.getItem(KEY) ?? '[]');
      return Array.isArray(known) ? known.filter((address) => typeof address === 'string') : [];
    } catch {
      return [];
    }
  }

  #remember(servers: readonly string[]): void {
    try {
      this.#device.storage.setItem(KEY, JSON.stringify(servers));
    } catch {
      // Without storage the host is asked each time.
    }
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    void this.#project.client.listen((notice) => {
      if (notice.type !== 'peer-dropped') return;
      this.#room?.drop(notice.id);
      this.#pairings.get(notice.id)?.close();
    });
  }
}

/** Tells the worker of connections, and gives it their channels. */
function connectionsOf(client: ProjectClient): ConnectionListener {
  return {
    made: (connection) => void client.connectPeer(transfer(connection, [connection.sync, connection.blobs])),
    connected: (id, fingerprints) => void client.peerConnected(id, fingerprints),
    gone: (id) => void client.peerGone(id),
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.timeout(milliseconds);
  await aborted(AbortSignal.any([signal, over]));
}
