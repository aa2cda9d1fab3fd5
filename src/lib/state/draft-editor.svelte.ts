import { sameValue } from '#core/fields/values';
import type { Draft } from '#core/model/annotation';

export const EMPTY_DRAFT: Draft = { values: {}, note: '' };

/** More steps would only hold memory: each keeps the list of its regions. */
const MOST_STEPS = 500;

/** Whether two drafts say the same; null is the same as an empty one. */
export function sameDraft(a: Draft | null, b: Draft | null): boolean {
  const [left, right] = [a ?? EMPTY_DRAFT, b ?? EMPTY_DRAFT];
  const fields = new Set([...Object.keys(left.values), ...Object.keys(right.values)]);
  const sameValues = [...fields].every((id) => sameValue(left.values[id], right.values[id]));
  return sameValues && left.note === right.note;
}

/** The draft of the item on the screen, with undo and redo of its own until it is submitted. */
export class DraftEditor {
  #draft = $state.raw<Draft>(EMPTY_DRAFT);
  #past = $state.raw<readonly Draft[]>([]);
  #future = $state.raw<readonly Draft[]>([]);
  /** What the last edit belongs to; null: to nothing that goes on. */
  #run: string | null = null;

  get draft() {
    return this.#draft;
  }
  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Another item, or another answer to it: nothing of this can be undone here. */
  start(draft: Draft): void {
    this.#draft = draft;
    this.#past = [];
    this.#future = [];
    this.#run = null;
  }

  /**
   * @param run edits of the same run, one after the other, are one step of undo: characters that are typed, moves while a
   *   key is held; null: a step by itself
   */
  edit(draft: Draft, run: string | null): void {
    if (run === null || run !== this.#run) this.#past = [...this.#past, this.#draft].slice(-MOST_STEPS);
    this.#run = run;
    this.#future = [];
    this.#draft = draft;
  }

  undo(): void {
    const previous = this.#past.at(-1);
    if (!previous) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.#draft];
    this.#draft = previous;
    this.#run = null;
  }

  redo(): void {
    const next = this.#future.at(-1);
    if (!next) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.#draft];
    this.#draft = next;
    this.#run = null;
  }
}
