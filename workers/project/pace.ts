/** Milliseconds of work at a time, so that a call of the page waits for no longer than a part of a frame. */
const WORK_MS = 6;

/** Lets long work be interrupted by whoever waits for this thread. */
export class Pace {
  #since = performance.now();

  /** Asked again and again during the work, whether it is time to {@link rest}. */
  get isDue(): boolean {
    return performance.now() - this.#since >= WORK_MS;
  }

  /** Settles after everything that is waiting now. A timer would do the same, but nested ones are held back. */
  async rest(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    port1.close();
    this.#since = performance.now();
  }
}
