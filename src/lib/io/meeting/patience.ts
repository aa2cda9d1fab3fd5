/** Milliseconds after which an attempt that led to nothing, or a connection that was lost, is given up: at first, and at most. */
const PATIENCE = 6_000;
const MOST_PATIENCE = 30_000;
/** Peers whose failures are remembered. */
const MOST_FAILED = 256;

/** How long a connection may take to come up: longer after each failure, because some ways are slow. */
export class Patience {
  readonly #failures = new Map<string, number>();

  /** When to give up what begins at `now`. The two ends rarely give up at once: both would lose what the other does next. */
  deadline(remote: string, now: number): number {
    const patience = Math.min(PATIENCE * 2 ** (this.#failures.get(remote) ?? 0), MOST_PATIENCE);
    return now + patience * (1 + Math.random() / 3);
  }

  failed(remote: string): void {
    if (this.#failures.size >= MOST_FAILED) this.#failures.clear();
    this.#failures.set(remote, (this.#failures.get(remote) ?? 0) + 1);
  }

  stood(remote: string): void {
    this.#failures.delete(remote);
  }
}
