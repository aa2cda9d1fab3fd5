import type { ProjectNotice, TaskId } from './api';

/** A long run that the page can watch and cancel. */
export interface Task {
  readonly signal: AbortSignal;
  /** Tells the page how far the run is, at most every 50 ms; the end is always told. */
  report(done: number, total: number, what: string): void;
}

const REPORT_EVERY_MS = 50;

/** The runs under way, by the name that the page gave them. */
export class Tasks {
  readonly #notify: (notice: ProjectNotice) => void;
  readonly #running = new Map<TaskId, AbortController>();

  constructor(notify: (notice: ProjectNotice) => void) {
    this.#notify = notify;
  }

  async run<T>(id: TaskId, work: (task: Task) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    let last = -Infinity;
    const report = (done: number, total: number, what: string) => {
      const now = performance.now();
      if (now - last < REPORT_EVERY_MS) return;
      last = now;
      // The end is told once, below: until then the run is not done, whatever its parts say.
      this.#notify({ type: 'progress', task: id, done: total === 0 ? done : Math.min(done, total - 1), total, what });
    };
    try {
      return await work({ signal: controller.signal, report });
    } finally {
      this.#running.delete(id);
      this.#notify({ type: 'progress', task: id, done: 1, total: 1, what: '' });
    }
  }

  cancel(id: TaskId): void {
    this.#running.get(id)?.abort();
  }
}
