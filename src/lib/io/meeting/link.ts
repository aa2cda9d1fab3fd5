/** One attempt at a connection to another browser in the room, and the connection that came of it. */
export interface Link {
  /** The other side, as it calls itself as long as its page lives. */
  readonly remote: string;
  readonly connection: RTCPeerConnection;
}

/** Hears of connections, each from its first moment to its last. */
export interface LinkListener {
  /** Made just now, and not negotiated yet. */
  made(link: Link): void;
  gone(link: Link): void;
}
