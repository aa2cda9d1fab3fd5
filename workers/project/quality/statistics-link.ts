import { transfer, wrap } from 'comlink';
import type { QualitySource } from '#core/quality/label-columns';
import type { QualityFigures, WholeQuality } from '#core/quality/quality-figures';
import type { ValuePool, ValueRows } from '#core/projection/value-pool';
import type { StatisticsApi } from '../../statistics/api';
import { Pace } from '../pace';

/** Values that are read from the pool at a time: the largest take a millisecond together. */
const ROWS_AT_ONCE = 2_000;
/** Until a page that was asked for a worker is taken to have none to give. */
const PATIENCE_MS = 10_000;

/** The way to the statistics worker, which comes when it is wanted and may go at any time. Then what was asked gives null. */
export class StatisticsLink {
  readonly #want: () => void;
  #statistics: StatisticsApi | null = null;
  #pool: ValuePool | null = null;
  /** Values of the pool that the worker has. */
  #sent = 0;
  /** Whoever waits for a worker, or for an answer of the one that there is. */
  readonly #waiting = new Set<() => void>();
  readonly #asking = new Set<() => void>();
  #isClosed = false;

  /** @param want asks the page for a worker */
  constructor(want: () => void) {
    this.#want = want;
  }

  /** Takes the worker in use, at the other end of the port; null: it stopped. */
  use(port: MessagePort | null): void {
    this.take(port && wrap<StatisticsApi>(port));
  }

  /** As {@link use}, of one that may be on this thread. */
  take(statistics: StatisticsApi | null): void {
    this.#statistics = statistics;
    this.#pool = null;
    this.#sent = 0;
    drain(this.#asking);
    drain(this.#waiting);
  }

  close(): void {
    this.#isClosed = true;
    this.take(null);
  }

  async figures(source: QualitySource, pool: ValuePool): Promise<QualityFigures | null> {
    const statistics = await this.#there();
    if (!statistics) return null;
    if (this.#pool !== pool) this.#sent = 0;
    this.#pool = pool;
    const from = this.#sent;
    this.#sent = pool.length;
    const rows = await rowsOf(pool, from, this.#sent);
    if (this.#statistics !== statistics) return null;
    const { columns } = source;
    const { again } = columns;
    const moved = [columns.start, columns.author, columns.values, columns.time, columns.leadMs, columns.resolution];
    const buffers = [...moved, columns.skipped, again.author, again.before, again.after].map(({ buffer }) => buffer);
    return this.#answered(statistics.figures(transfer(source, buffers as ArrayBuffer[]), { from, rows }));
  }

  rest(): Promise<WholeQuality | null> {
    return this.#statistics ? this.#answered(this.#statistics.rest()) : Promise.resolve(null);
  }

  /** The worker, when it is there; null where it stopped instead, or does not come. */
  async #there(): Promise<StatisticsApi | null> {
    if (!this.#statistics && !this.#isClosed) {
      const come = new Promise<void>((resolve) => this.#waiting.add(resolve));
      const timer = setTimeout(() => {
        drain(this.#waiting);
      }, PATIENCE_MS);
      this.#want();
      await come;
      clearTimeout(timer);
    }
    return this.#statistics;
  }

  /** What the worker answers; null where it stops before, or cannot: then another one is wanted the next time. */
  #answered<T>(answer: Promise<T>): Promise<T | null> {
    return new Promise((resolve) => {
      const stopped = () => {
        resolve(null);
      };
      this.#asking.add(stopped);
      answer
        .then(resolve, () => {
          this.take(null);
        })
        .finally(() => this.#asking.delete(stopped));
    });
  }
}

function drain(waiting: Set<() => void>): void {
  const all = [...waiting];
  waiting.clear();
  for (const settle of all) settle();
}

async function rowsOf(pool: ValuePool, from: number, to: number): Promise<readonly ValueRows[]> {
  const rows: ValueRows[] = [];
  const pace = new Pace();
  for (let at = from; at < to; at += ROWS_AT_ONCE) {
    if (pace.isDue) await pace.rest();
    rows.push(pool.rows(at, Math.min(at + ROWS_AT_ONCE, to)));
  }
  return rows;
}
