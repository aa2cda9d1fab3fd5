/** A live connection to a browser in the project's room, whoever sits there. */
export interface PeerConnection {
  /** Unique among this page's connections. */
  readonly id: string;
  /** For logs and presence. A data channel where this browser can hand one to a worker, else a port to the page, which relays. */
  readonly sync: RTCDataChannel | MessagePort;
  /** For chunks and blobs. */
  readonly blobs: RTCDataChannel | MessagePort;
}

/** Hears of connections, in this order for each. */
export interface ConnectionListener {
  /** Its channels are handed to the worker at once: browsers transfer no channel that is older than the task that made it. */
  made(connection: PeerConnection): void;
  /**
   * It stands. `fingerprints`: the certificates of both ends, sorted; the challenge is bound to them, so that nobody in the
   * middle can pass it on.
   */
  connected(id: string, fingerprints: readonly string[]): void;
  gone(id: string): void;
}

/** What a page tells of the channel that it relays: its state, and how many bytes of what it was given have left. */
export type RelayNotice = 'open' | 'closed' | { readonly sent: number };

/** What a worker asks of it, beside frames: these are bytes, as they are in the other direction. */
export type RelayOrder = 'close';
