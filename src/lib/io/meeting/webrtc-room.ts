import type { IceServer } from '#core/model/project';
import type { Room } from '#core/peers/room';
import { whenConnected } from './fingerprints';
import type { HandOver } from './hand-over';
import { usableIce } from './ice';
import type { ConnectionListener } from './meeting';
import { openChannels } from './peer-channels';
import { guard } from './signal-guard';
import { Steady, type Link } from './steady';
import { connectBy, roomOf, surfaceOf } from './y-webrtc-surface';

export interface Entry {
  readonly room: Room;
  /** Addresses of signaling servers: `wss://…`, or `ws://…` of this machine. */
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

/** Milliseconds. */
const SHUN_FOR = 60_000;

/**
 * Enters a room by y-webrtc, which the first call loads. It does the meeting alone: its document stays empty and its awareness silent,
 * other tabs are not spoken to, and all that is ours goes over two channels of each connection, which are handed over.
 *
 * @throws where the browser has no WebRTC
 */
export async function meetInRoom(entry: Entry, listener: RoomListener): Promise<MeetingRoom> {
  const [{ WebrtcConn, WebrtcProvider }, { Doc }] = await Promise.all([import('y-webrtc'), import('yjs')]);
  const document = new Doc();
  const made = new WebrtcProvider(entry.room.topic, document, {
    signaling: [...entry.servers],
    password: entry.room.password,
    filterBcConns: false,
    maxConns: Infinity,
    peerOpts: { config: { iceServers: usableIce(entry.ice) } },
  });
  made.awareness.setLocalState(null);
  const provider = surfaceOf(made);
  const tellReachable = () => {
    const connected = provider.signalingConns.filter((signaling) => signaling.connected);
    listener.reachable(connected.map(({ url }) => url));
  };
  for (const signaling of provider.signalingConns) {
    guard(signaling, provider.key);
    signaling.on('connect', tellReachable);
    signaling.on('disconnect', tellReachable);
  }

  await provider.key;
  const room = roomOf(provider);
  room.mux = () => undefined;
  // A page that might be left may stay, and then it wants its connections.
  removeEventListener('beforeunload', room._beforeUnloadHandler);
  const members = new Members(listener, entry.handOver);
  const steady = new Steady(provider, connectBy(WebrtcConn), (remote) => !members.isShunned(remote), members);
  return {
    drop: (id) => {
      const remote = members.shun(id);
      if (remote !== null) steady.drop(remote);
    },
    leave: async () => {
      steady.close();
      made.disconnect();
      document.destroy();
      await provider.key;
    },
  };
}

/** The connections of a room, by the names that they have outside. */
class Members {
  readonly #listener: ConnectionListener;
  readonly #handOver: HandOver;
  readonly #ids = new Map<Link, string>();
  /** Until when. */
  readonly #shunned = new Map<string, number>();
  #count = 0;

  constructor(listener: ConnectionListener, handOver: HandOver) {
    this.#listener = listener;
    this.#handOver = handOver;
  }

  isShunned(remote: string): boolean {
    return (this.#shunned.get(remote) ?? 0) > performance.now();
  }

  /** Gives the other side's id in the room. */
  shun(id: string): string | null {
    for (const [{ remote }, known] of this.#ids) {
      if (known !== id) continue;
      this.#shunned.set(remote, performance.now() + SHUN_FOR);
      return remote;
    }
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
