import { LOW_WATER, MAX_FRAME, type Channel, type ChannelListener } from '#io/sync/channel';
import type { SimulatedClock } from './simulated-clock';

/** How frames travel: each way in order, and every channel for itself. */
export interface Conditions {
  /** Milliseconds, drawn anew for every frame: none overtakes another of its channel. */
  readonly latency: readonly [least: number, most: number];
  /** Bytes per millisecond. */
  readonly bandwidth: number;
}

export const LOOPBACK: Conditions = { latency: [0, 2], bandwidth: 30_000 };
export const SLOW: Conditions = { latency: [5, 400], bandwidth: 200 };

/** The two ends of a channel, and what can happen to it on the way. */
export interface SimulatedPair {
  readonly ends: readonly [SimulatedChannel, SimulatedChannel];
  /** Ends it for both sides; what is on its way is lost. */
  break(): void;
  /** Nothing arrives any more, and nobody is told: the cable is pulled. */
  cut(): void;
}

/** A channel that opens on both sides within a latency. */
export function simulatedPair(clock: SimulatedClock, conditions: Conditions = LOOPBACK): SimulatedPair {
  const [one, other] = [new SimulatedChannel(clock, conditions), new SimulatedChannel(clock, conditions)];
  one.join(other);
  other.join(one);
  return {
    ends: [one, other],
    break: () => [one, other].forEach((end) => end.lose()),
    cut: () => [one, other].forEach((end) => end.mute()),
  };
}

export class SimulatedChannel implements Channel {
  readonly #clock: SimulatedClock;
  readonly #conditions: Conditions;
  #other: SimulatedChannel | null = null;
  #listener: ChannelListener | null = null;
  #state: 'opening' | 'open' | 'closed' = 'opening';
  #isMuted = false;
  #isLost = false;
  /** Events that came before anybody listened. */
  #missed: ((listener: ChannelListener) => void)[] = [];
  #buffered = 0;
  /** When the last frame that was sent arrives. */
  #busyUntil = 0;

  constructor(clock: SimulatedClock, conditions: Conditions) {
    this.#clock = clock;
    this.#conditions = conditions;
  }

  join(other: SimulatedChannel): void {
    this.#other = other;
    this.#clock.later(this.#latency(), () => {
      if (this.#state !== 'opening') return;
      this.#state = 'open';
      this.#tell((listener) => listener.opened());
    });
  }

  get listener(): ChannelListener | null {
    return this.#listener;
  }

  set listener(listener: ChannelListener | null) {
    this.#listener = listener;
    if (listener) for (const tell of this.#missed.splice(0)) tell(listener);
  }

  get buffered(): number {
    return this.#buffered;
  }

  send(frame: Uint8Array): void {
    if (this.#state === 'closed') return;
    if (frame.length > MAX_FRAME) throw new Error(`a frame of ${frame.length} bytes`);
    this.sendAnything(frame);
  }

  /** As a browser that keeps to no rule. */
  sendAnything(frame: Uint8Array): void {
    const copy = frame.slice();
    const arrival = Math.max(this.#clock.now + this.#latency(), this.#busyUntil);
    this.#busyUntil = arrival + frame.length / this.#conditions.bandwidth;
    this.#buffered += frame.length;
    this.#clock.later(this.#busyUntil - this.#clock.now, () => {
      if (this.#isMuted || this.#isLost) return;
      const wasHigh = this.#buffered > LOW_WATER;
      this.#buffered -= frame.length;
      if (this.#other!.#state !== 'closed') this.#other!.#tell((listener) => listener.frame(copy));
      if (this.#state === 'open' && wasHigh && this.#buffered <= LOW_WATER)
        this.#tell((listener) => listener.drained());
    });
  }

  /** What was sent before still arrives, as with data channels. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#end();
    const other = this.#other!;
    this.#clock.later(Math.max(this.#latency(), this.#busyUntil - this.#clock.now), () => {
      if (!this.#isMuted) other.#end();
    });
  }

  /** What is on its way is lost. */
  lose(): void {
    this.#isLost = true;
    this.#end();
  }

  #end(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#tell((listener) => listener.closed());
  }

  mute(): void {
    this.#isMuted = true;
  }

  #tell(tell: (listener: ChannelListener) => void): void {
    if (this.#listener) tell(this.#listener);
    else this.#missed.push(tell);
  }

  #latency(): number {
    const [least, most] = this.#conditions.latency;
    return least + this.#clock.random.unit() * (most - least);
  }
}
