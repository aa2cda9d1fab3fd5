import { Random } from '#core/random';

/** Time that passes only when somebody runs it, in whole events; everything in it is drawn from one seed. */
export class SimulatedClock {
  readonly random: Random;
  #now = 1_700_000_000_000;
  #count = 0;
  /** A binary heap by time, and by the order in which they were asked for. */
  readonly #events: SimulatedEvent[] = [];

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#now;
  }

  /** Does the work when so much time has passed; gives what calls it off. */
  later(ms: number, work: () => void): () => void {
    const event: SimulatedEvent = { at: this.#now + Math.max(0, ms), order: this.#count++, work };
    this.#push(event);
    return () => (event.work = null);
  }

  /** Lets time pass, and whatever is awaited settle in between. */
  async run(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    while (this.#events.length > 0 && this.#events[0]!.at <= end) {
      const { at, work } = this.#pop();
      this.#now = Math.max(this.#now, at);
      if (!work) continue;
      work();
      await settled();
    }
    this.#now = end;
  }

  /** Time passes while nothing runs: the machine sleeps. */
  skip(ms: number): void {
    this.#now += ms;
  }

  /** Lets time pass until this holds, looked at every 10 ms; gives how long it took, and throws after so much. */
  async until(holds: () => boolean, atMost: number): Promise<number> {
    const start = this.#now;
    while (!holds()) {
      if (this.#now - start >= atMost) throw new Error(`not after ${atMost} ms`);
      await this.run(10);
    }
    return this.#now - start;
  }

  #push(event: SimulatedEvent): void {
    const heap = this.#events;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): SimulatedEvent {
    const heap = this.#events;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

interface SimulatedEvent {
  readonly at: number;
  readonly order: number;
  /** null: called off. */
  work: (() => void) | null;
}

const isBefore = (a: SimulatedEvent, b: SimulatedEvent): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Cryptography and stores of the tests settle by microtasks alone, which Node all runs before its next tick. */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
