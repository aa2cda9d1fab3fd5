/** Measures how long a person looked at something; time while the page is hidden does not count. Milliseconds. */
export class Stopwatch {
  readonly #now: () => number;
  #counted = 0;
  #since: number | null = null;

  /** @param now a monotonic clock in milliseconds, such as performance.now */
  constructor(now: () => number) {
    this.#now = now;
  }

  get elapsed(): number {
    return this.#counted + (this.#since === null ? 0 : this.#now() - this.#since);
  }

  restart(): void {
    this.#counted = 0;
    this.#since = this.#now();
  }

  pause(): void {
    this.#counted = this.elapsed;
    this.#since = null;
  }

  resume(): void {
    this.#since ??= this.#now();
  }
}
