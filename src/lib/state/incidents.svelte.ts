import type { ErrorCode } from '#core/errors';
import { thrownFacts, type ThrownFacts } from '#core/report/thrown';

/**
 * - `page`: something on the page failed, and the page goes on;
 * - `worker`: the project worker stopped, and nothing more is saved until the page is loaded again.
 */
export type IncidentKind = 'page' | 'worker';

/** More would only repeat the first ones. */
const MOST_THROWN = 5;
const MOST_CODES = 10;

/** What went wrong that nothing expected, and what errors were met before: for the notice, and for the report. */
export class Incidents {
  readonly #files: () => ReadonlySet<string>;
  #open = $state<IncidentKind | null>(null);
  #thrown = $state.raw<readonly ThrownFacts[]>([]);
  #codes: readonly ErrorCode[] = [];
  #workerStopped = $state(false);

  /** @param files the app's scripts, as {@link thrownFacts} has them */
  constructor(files: () => ReadonlySet<string>) {
    this.#files = files;
  }

  /** What the person is told of; null: nothing, or they have read it. */
  get open() {
    return this.#open;
  }
  /** The first ones. */
  get thrown() {
    return this.#thrown;
  }
  /** The last one last. */
  get codes() {
    return this.#codes;
  }
  get workerStopped() {
    return this.#workerStopped;
  }

  /** Keeps what was thrown for the report. */
  note(thrown: unknown): void {
    this.keep(thrownFacts(thrown, this.#files()));
  }

  /** As {@link note}, where the facts were taken already. */
  keep(facts: ThrownFacts): void {
    if (this.#thrown.length < MOST_THROWN) this.#thrown = [...this.#thrown, facts];
  }

  /** Something was thrown that nobody caught: the person is told once, until they have read it. */
  meet(thrown: unknown): void {
    this.note(thrown);
    this.#open ??= 'page';
  }

  /** The project worker stopped. */
  stop(): void {
    this.#workerStopped = true;
    this.#open = 'worker';
  }

  /** An error of the catalogue was met, and is told where it belongs. */
  fail(code: ErrorCode): void {
    this.#codes = [...this.#codes, code].slice(-MOST_CODES);
  }

  dismiss(): void {
    this.#open = null;
  }
}
