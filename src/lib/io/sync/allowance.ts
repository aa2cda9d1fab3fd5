/**
 * How much one peer may ask of this device: so much at once, and so much a second from then on (a token bucket). What an
 * honest peer says stays far below; who empties it is cut off.
 */
export class Allowance {
  readonly #atOnce: number;
  readonly #perSecond: number;
  #left: number;
  #asOf: number;

  /** @param now milliseconds of the clock that {@link spend} is told */
  constructor(atOnce: number, perSecond: number, now: number) {
    this.#atOnce = atOnce;
    this.#perSecond = perSecond;
    this.#left = atOnce;
    this.#asOf = now;
  }

  /** Whether there was enough left. */
  spend(amount: number, now: number): boolean {
    // A clock that was set back gives nothing.
    const passed = Math.max(0, now - this.#asOf);
    this.#asOf = now;
    this.#left = Math.min(this.#atOnce, this.#left + (passed / 1000) * this.#perSecond) - amount;
    return this.#left >= 0;
  }
}
