import type { WebrtcConn, WebrtcProvider } from 'y-webrtc';

/** What {@link steady} leans on in y-webrtc 10.3.0 and simple-peer 9, some of which their types do not tell. */
export interface Provider {
  readonly key: PromiseLike<CryptoKey | null>;
  readonly room: YRoom | null;
  readonly signalingConns: readonly Signaling[];
  peerOpts: Readonly<Record<string, unknown>>;
  maxConns: number;
}

export interface YRoom {
  readonly peerId: string;
  /** Every connection by the id of the other side: y-webrtc looks it up, and makes what it lacks. */
  webrtcConns: Map<string, Connection>;
  /** Runs whatever would be posted to, or was heard from, other tabs of this browser. */
  mux: (work: () => void) => void;
  /** Ends all connections of the page when it might be left. */
  readonly _beforeUnloadHandler: () => void;
}

export interface Connection {
  readonly peer: Peer;
  /** Of simple-peer's own channel. */
  readonly connected: boolean;
  closed: boolean;
  destroy(): void;
}

export interface Peer {
  /** Undefined where it could not be made. */
  readonly _pc: RTCPeerConnection | undefined;
  readonly destroyed: boolean;
  emit: (event: string, ...values: unknown[]) => boolean;
  /** Takes in what the other side said. */
  signal: (said: object) => void;
  on(event: string, heard: (value: never) => void): void;
  removeAllListeners(event: string): void;
}

export interface Signaling {
  readonly url: string;
  readonly ws: WebSocket | null;
  readonly connected: boolean;
  on(event: 'connect' | 'disconnect', heard: (event: unknown) => void): void;
  emit(event: 'connect', values: [event: unknown, signaling: Signaling]): void;
}

/** How y-webrtc itself makes a connection. */
export type Connect = (signaling: Signaling, initiator: boolean, remote: string, room: YRoom) => Connection;

export const connectBy =
  (made: typeof WebrtcConn): Connect =>
  (...parameters) =>
    new made(...(parameters as unknown as ConstructorParameters<typeof WebrtcConn>));

/** @throws when y-webrtc is not what {@link Provider} says: another version was installed */
export function surfaceOf(provider: WebrtcProvider): Provider {
  const surface = provider as unknown as Provider;
  lean(typeof surface.key.then === 'function', 'key');
  lean(Array.isArray(surface.signalingConns), 'signalingConns');
  lean(typeof surface.peerOpts === 'object', 'peerOpts');
  lean(typeof surface.maxConns === 'number', 'maxConns');
  return surface;
}

/** @throws as {@link surfaceOf} */
export function openRoomOf({ room }: Provider): YRoom {
  lean(room !== null, 'room');
  lean(room.webrtcConns instanceof Map, 'room.webrtcConns');
  lean(typeof room.mux === 'function', 'room.mux');
  lean(typeof room._beforeUnloadHandler === 'function', 'room._beforeUnloadHandler');
  return room;
}

function lean(stands: boolean, on: string): asserts stands {
  if (!stands) throw new Error(`y-webrtc has no ${on} any more: io/meeting/steady.ts was written for 10.3.0`);
}
