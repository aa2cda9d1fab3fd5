import type { Browser } from '@playwright/test';

/** What a benchmark may use. */
export interface Context {
  /** Where the built app is served, ending in `/`. */
  readonly url: string;
  /** A Chromium of its own; its contexts start without anything stored or cached. */
  readonly browser: Browser;
  /** The Chromium's program, for a benchmark that starts one in its own way. */
  readonly executablePath: string;
}

/** One measured figure. */
export interface Row {
  readonly name: string;
  readonly value: number;
  /** As in `ms`, `kB` (1,000 bytes), `MB`. */
  readonly unit: string;
  /** What the figure should not exceed, in the same unit; null for one that is told for its own sake. */
  readonly reach: number | null;
}

export interface Benchmark {
  /** What `npm run bench <part of the name>` picks it by. */
  readonly name: string;
  run(context: Context): Promise<Row[]>;
}
