import { HIGH_WATER, LOW_WATER, type Channel, type ChannelListener } from '#io/sync/channel';

/** Two ends of a channel that is open at once and carries frames in the order in which they were sent, a turn of the event loop each. */
export function directPair(): readonly [DirectChannel, DirectChannel] {
  const [one, other] = [new DirectChannel(), new DirectChannel()];
  one.join(other);
  other.join(one);
  return [one, other];
}

export class DirectChannel implements Channel {
  readonly sent: Uint8Array[] = [];
  buffered = 0;
  #other: DirectChannel | null = null;
  #listener: ChannelListener | null = null;
  #missed: Uint8Array[] = [];
  #isClosed = false;
  #isTold = false;

  join(other: DirectChannel): void {
    this.#other = other;
  }

  get listener(): ChannelListener | null {
    return this.#listener;
  }

  set listener(listener: ChannelListener | null) {
    this.#listener = listener;
    if (!listener) return;
    setImmediate(() => {
      this.#isTold = true;
      listener.opened();
      for (const frame of this.#missed.splice(0)) listener.frame(frame);
    });
  }

  send(frame: Uint8Array): void {
    if (this.#isClosed) return;
    this.sent.push(frame);
    this.buffered += frame.length;
    if (this.buffered > 2 * HIGH_WATER) throw new Error('sent without regard for what is buffered');
    setImmediate(() => {
      if (this.#isClosed) return;
      const wasHigh = this.buffered > LOW_WATER;
      this.buffered -= frame.length;
      this.#other!.#receive(frame.slice());
      if (wasHigh && this.buffered <= LOW_WATER) this.#listener?.drained();
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    setImmediate(() => {
      this.#listener?.closed();
      this.#other!.close();
    });
  }

  #receive(frame: Uint8Array): void {
    if (this.#isClosed) return;
    if (this.#isTold) this.#listener!.frame(frame);
    else this.#missed.push(frame);
  }
}
