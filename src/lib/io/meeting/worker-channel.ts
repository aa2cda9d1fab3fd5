import { HIGH_WATER, LOW_WATER, type Channel, type ChannelListener } from '../sync/channel';
import type { RelayNotice, RelayOrder } from './meeting';

/** Bytes that a kept frame takes beside its own. */
const FRAME_COST = 64;

/**
 * A channel as links use it, in the worker, over what the page handed over. Called in the task in which that came, so that
 * nothing is missed. What comes while nobody listens is kept up to {@link HIGH_WATER}; a peer who sends more is cut off.
 */
export function channelOf(given: RTCDataChannel | MessagePort): Channel {
  return 'readyState' in given ? new DataChannel(given) : new RelayedChannel(given);
}

/** What both ways of carrying frames have in common: whom to tell, and what they have missed. */
abstract class ListenedChannel implements Channel {
  #listener: ChannelListener | null = null;
  /** Whether the listener knows how things stand; until then everything is kept. */
  #isTold = false;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #state: 'opening' | 'open' | 'closed' = 'opening';

  abstract send(frame: Uint8Array): void;
  abstract get buffered(): number;
  abstract close(): void;

  get listener() {
    return this.#listener;
  }
  set listener(listener) {
    this.#listener = listener;
    this.#isTold = false;
    // After the task that sets it: whoever listens may still be being made.
    if (listener) queueMicrotask(() => this.#tell(listener));
  }

  protected get isOpen() {
    return this.#state === 'open';
  }

  protected opened(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    if (this.#isTold) this.#listener?.opened();
  }

  protected received(data: unknown): void {
    // Strings and the like are not of this protocol.
    if (!(data instanceof ArrayBuffer)) this.close();
    else if (this.#isTold) this.#listener?.frame(new Uint8Array(data));
    else this.#keep(new Uint8Array(data));
  }

  protected drained(): void {
    if (this.#isTold) this.#listener?.drained();
  }

  protected closed(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#kept = [];
    if (this.#isTold) this.#listener?.closed();
  }

  #keep(frame: Uint8Array): void {
    this.#kept.push(frame);
    this.#keptBytes += frame.length + FRAME_COST;
    if (this.#keptBytes > HIGH_WATER) this.close();
  }

  #tell(listener: ChannelListener): void {
    if (this.#listener !== listener || this.#isTold) return;
    this.#isTold = true;
    if (this.#state === 'closed') listener.closed();
    if (this.#state !== 'open') return;
    listener.opened();
    // In between another one may begin to listen: the rest is theirs.
    while (this.#listener === listener) {
      const frame = this.#kept.shift();
      if (!frame) break;
      this.#keptBytes -= frame.length + FRAME_COST;
      listener.frame(frame);
    }
  }
}

/** A data channel that lives in this worker. */
class DataChannel extends ListenedChannel {
  readonly #channel: RTCDataChannel;

  constructor(channel: RTCDataChannel) {
    super();
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = LOW_WATER;
    channel.onopen = () => this.opened();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.received(data);
    channel.onbufferedamountlow = () => this.drained();
    channel.onclose = () => this.closed();
    if (channel.readyState === 'open') this.opened();
  }

  get buffered() {
    return this.#channel.bufferedAmount;
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    if (this.#channel.readyState !== 'open') return;
    try {
      this.#channel.send(frame);
    } catch {
      // It was filled far beyond the high water mark, or closed a moment ago.
      this.close();
    }
  }

  close(): void {
    this.#channel.close();
    this.closed();
  }
}

/** A data channel that lives in the page, which passes on what goes in and out. */
class RelayedChannel extends ListenedChannel {
  readonly #port: MessagePort;
  #given = 0;
  #sent = 0;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
  }

  get buffered() {
    return this.#given - this.#sent;
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    if (!this.isOpen) return;
    this.#given += frame.length;
    // A copy: senders may use the frame again, or send it to others.
    this.#port.postMessage(frame);
  }

  close(): void {
    this.#port.postMessage('close' satisfies RelayOrder);
    this.#port.close();
    this.closed();
  }

  #hear(data: unknown): void {
    if (!isNotice(data)) this.received(data);
    else if (data === 'open') this.opened();
    else if (data === 'closed') {
      this.#port.close();
      this.closed();
    } else {
      const wasHigh = this.buffered > LOW_WATER;
      this.#sent = data.sent;
      if (wasHigh && this.buffered <= LOW_WATER) this.drained();
    }
  }
}

/** The page says these itself; what comes from the peer is passed on as bytes, or closes the channel there. */
const isNotice = (data: unknown): data is RelayNotice => !(data instanceof ArrayBuffer);
