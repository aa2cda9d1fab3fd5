/** A live connection to a browser in the project's room, whoever sits there. */
export interface PeerConnection {
  /** Unique among this page's connections. */
  readonly id: string;
  /**
   * For logs and presence. A data channel where this browser can hand one to a worker, else a port to the page, which
   * passes on frames (Uint8Array) and says `'open'`, `'closed'` and how much it has buffered (`{ buffered }`).
   */
  readonly sync: RTCDataChannel | MessagePort;
  /** For chunks and blobs. */
  readonly blobs: RTCDataChannel | MessagePort;
}

/** Hears of connections, in this order for each. */
export interface ConnectionListener {
  made(connection: PeerConnection): void;
  /**
   * It stands. `fingerprints`: the certificates of both ends, sorted; the challenge is bound to them, so that nobody in the
   * middle can pass it on.
   */
  connected(id: string, fingerprints: readonly string[]): void;
  gone(id: string): void;
}
