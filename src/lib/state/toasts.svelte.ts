export interface Toast {
  readonly id: number;
  readonly text: string;
  /** What can be done about it, as Undo. */
  readonly action?: { readonly label: string; readonly shortcut?: string; readonly run: () => void };
}

const SHOWN_MS = 6000;
const AT_MOST = 3;

/** Short messages about what just happened; errors stand in notices, which do not go away by themselves. */
export class Toasts {
  #toasts = $state.raw<readonly Toast[]>([]);
  #next = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get all() {
    return this.#toasts;
  }

  show(text: string, action?: Toast['action']): void {
    const id = this.#next++;
    for (const old of this.#toasts.slice(0, Math.max(0, this.#toasts.length - AT_MOST + 1))) this.dismiss(old.id);
    this.#toasts = [...this.#toasts, action ? { id, text, action } : { id, text }];
    this.resume(id);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.#toasts = this.#toasts.filter((toast) => toast.id !== id);
  }

  /** Keeps it on the screen, while a pointer or the focus is on it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Lets it go away after a while. */
  resume(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => {
        this.dismiss(id);
      }, SHOWN_MS),
    );
  }
}
