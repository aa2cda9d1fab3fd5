import { HIGH_WATER, MAX_FRAME, type Channel } from './channel';

export interface WireListener {
  opened(): void;
  message(bytes: Uint8Array): void;
  /** There is room again after {@link Wire.isFull}. */
  drained(): void;
  closed(): void;
  /** The other side broke a rule, or does not read what it is sent; the wire closed the channel. {@link closed} follows. */
  violated(why: WireViolation): void;
}

/** `frame`: one that no wire sends; `oversize`: a message over the limit; `unread`: too much waits to be sent. */
export type WireViolation = 'frame' | 'oversize' | 'unread';

/** The first byte of a frame: whether its message goes on in the next. */
const MORE = 0;
const LAST = 1;

/** Payload of a frame that is not a message's last: these are always full. */
const PIECE = MAX_FRAME - 1;

/** Bytes that may wait above {@link HIGH_WATER}: room for two of the greatest messages. */
const MAX_WAITING = 32 << 20;

/**
 * Messages over a channel: cut into frames, put together again, in order, one at a time.
 *
 * All frames of a message but its last are full, so that what a message costs its receiver hangs on its bytes alone, however
 * many frames a hostile peer would like to make of them. Senders of bulk ask {@link isFull} before each message and go on at
 * `drained`; other messages may be sent at any time, up to a bound at which the wire gives the other side up.
 */
export class Wire {
  readonly #channel: Channel;
  readonly #listener: WireListener;
  /** Bytes of the greatest message that is taken. */
  #limit: number;

  #isOpen = false;
  #isClosed = false;
  /** Messages that are not sent yet; of the first, what is left of it. */
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #parts: Uint8Array[] = [];
  #partBytes = 0;

  /** @param limit see {@link limit} */
  constructor(channel: Channel, limit: number, listener: WireListener) {
    this.#channel = channel;
    this.#limit = limit;
    this.#listener = listener;
    channel.listener = {
      opened: () => this.#open(),
      frame: (bytes) => this.#take(bytes),
      drained: () => {
        this.#flush();
        if (!this.isFull && !this.#isClosed) listener.drained();
      },
      closed: () => this.#end(),
    };
  }

  /** Bytes of the greatest message that is taken from the other side; a longer one is a violation. */
  get limit(): number {
    return this.#limit;
  }

  set limit(bytes: number) {
    this.#limit = bytes;
  }

  /** Whether bulk had better wait for `drained`: the channel is not open yet, or has enough to do. */
  get isFull(): boolean {
    return !this.#isOpen || this.#waiting.length > 0 || this.#channel.buffered >= HIGH_WATER;
  }

  /** Sends a message, or keeps it until the channel opens or drains; on a closed wire, nothing happens. */
  send(message: Uint8Array): void {
    if (this.#isClosed) return;
    this.#waiting.push(message);
    this.#waitingBytes += message.length;
    this.#flush();
    if (this.#waitingBytes > MAX_WAITING) this.#violate('unread');
  }

  close(): void {
    if (this.#isClosed) return;
    this.#channel.close();
    this.#end();
  }

  #open(): void {
    if (this.#isOpen || this.#isClosed) return;
    this.#isOpen = true;
    this.#flush();
    this.#listener.opened();
  }

  #flush(): void {
    if (!this.#isOpen || this.#isClosed) return;
    while (this.#waiting.length > 0 && this.#channel.buffered < HIGH_WATER) {
      const message = this.#waiting[0]!;
      const piece = message.subarray(0, PIECE);
      const isLast = piece.length === message.length;
      const frame = new Uint8Array(piece.length + 1);
      frame[0] = isLast ? LAST : MORE;
      frame.set(piece, 1);
      // Before it is sent: the channel may close or drain meanwhile, and call back.
      this.#waitingBytes -= piece.length;
      if (isLast) this.#waiting.shift();
      else this.#waiting[0] = message.subarray(PIECE);
      this.#channel.send(frame);
    }
  }

  #take(frame: Uint8Array): void {
    if (this.#isClosed) return;
    const [kind] = frame;
    const isWhole = kind === LAST || (kind === MORE && frame.length === MAX_FRAME);
    if (!isWhole || frame.length > MAX_FRAME) {
      this.#violate('frame');
      return;
    }
    const piece = frame.subarray(1);
    if (this.#partBytes + piece.length > this.#limit) {
      this.#violate('oversize');
      return;
    }
    this.#parts.push(piece);
    this.#partBytes += piece.length;
    if (kind === LAST) this.#listener.message(this.#join());
  }

  #join(): Uint8Array {
    const [first] = this.#parts;
    const message = this.#parts.length === 1 ? first! : new Uint8Array(this.#partBytes);
    if (this.#parts.length > 1) {
      let at = 0;
      for (const part of this.#parts) {
        message.set(part, at);
        at += part.length;
      }
    }
    this.#parts = [];
    this.#partBytes = 0;
    return message;
  }

  #violate(why: WireViolation): void {
    if (this.#isClosed) return;
    this.#listener.violated(why);
    this.close();
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#parts = [];
    this.#listener.closed();
  }
}
