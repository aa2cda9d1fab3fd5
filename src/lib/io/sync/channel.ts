/** An ordered, reliable way to one peer. Both ends are made together, and neither knows what carries the frames. */
export interface Channel {
  /** Sends one frame of at most {@link MAX_FRAME} bytes; on a closed channel, nothing happens. */
  send(frame: Uint8Array): void;
  /** Bytes that were handed over and are not sent yet. */
  readonly buffered: number;
  /** Set by the one that uses the channel, at once: frames that come earlier are kept for it. */
  listener: ChannelListener | null;
  close(): void;
}

export interface ChannelListener {
  opened(): void;
  frame(bytes: Uint8Array): void;
  /** {@link Channel.buffered} fell below {@link LOW_WATER}. */
  drained(): void;
  closed(): void;
}

/** Bytes of one frame: what every browser takes. */
export const MAX_FRAME = 64 << 10;
/** Senders stop above the one, and go on below the other. */
export const HIGH_WATER = 4 << 20;
export const LOW_WATER = 1 << 20;
