/** The statistics worker of this page: it is started when the project worker wants one, which then asks it directly. */
export class StatisticsWorker {
  #worker: Worker | null = null;

  /**
   * Starts one in the place of the last.
   *
   * @param died is called when it stops
   * @returns the port that the project worker asks over
   */
  start(died: () => void): MessagePort {
    this.stop();
    const worker = new Worker(new URL('../../../workers/statistics/index.ts', import.meta.url), {
      type: 'module',
      name: 'concord-statistics',
    });
    const die = () => {
      if (this.#worker !== worker) return;
      this.stop();
      died();
    };
    worker.addEventListener('messageerror', die);
    worker.addEventListener('error', die);
    this.#worker = worker;
    const { port1, port2 } = new MessageChannel();
    worker.postMessage(null, [port1]);
    return port2;
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
