/** Does something at once and, however often it is asked for meanwhile, once more after a pause. */
export class Paced {
  readonly #work: () => Promise<void>;
  readonly #pauseMs: number;
  #state: 'idle' | 'busy' | 'again' = 'idle';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(work: () => Promise<void>, pauseMs: number) {
    this.#work = work;
    this.#pauseMs = pauseMs;
  }

  ask(): void {
    if (this.#state === 'idle') void this.#run();
    else this.#state = 'again';
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#isClosed = true;
  }

  async #run(): Promise<void> {
    this.#state = 'busy';
    await this.#work();
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      const isAsked = this.#state === 'again';
      this.#state = 'idle';
      if (isAsked) this.ask();
    }, this.#pauseMs);
  }
}
