import type { ConcordError } from '#core/errors';
import type { Draft } from '#core/model/annotation';
import type { ItemId } from '#core/model/ids';
import type { Result } from '#core/result';

type SaveDraft = (item: ItemId, draft: Draft | null) => Promise<Result<null>>;

/**
 * Stores drafts behind the gestures that made them: after the frame that shows the gesture, since a draft of thousands of
 * regions takes milliseconds to hand over, and one at a time, so that of several in a row only the last waits.
 */
export class DraftSaver {
  readonly #save: SaveDraft;
  readonly #afterPaint: (work: () => void) => void;
  /** Called when a draft could not be stored, and with null when one was. */
  readonly #told: (item: ItemId, draft: Draft | null, error: ConcordError | null) => void;
  readonly #waiting = new Map<ItemId, Draft | null>();
  readonly #storing = new Set<Promise<void>>();
  #state: 'idle' | 'scheduled' | 'saving' = 'idle';

  constructor(
    save: SaveDraft,
    afterPaint: (work: () => void) => void,
    told: (item: ItemId, draft: Draft | null, error: ConcordError | null) => void,
  ) {
    this.#save = save;
    this.#afterPaint = afterPaint;
    this.#told = told;
  }

  /** Takes the newest draft of an item; null: it has none any more. */
  save(item: ItemId, draft: Draft | null): void {
    this.#waiting.set(item, draft);
    if (this.#state !== 'idle') return;
    this.#state = 'scheduled';
    this.#afterPaint(() => {
      if (this.#state === 'scheduled') void this.#run();
    });
  }

  /** The item was submitted or skipped, which ends its draft. */
  forget(item: ItemId): void {
    this.#waiting.delete(item);
  }

  /** Hands over now what waits: the page may not live to see another frame. Settles once all of it was told. */
  async flush(): Promise<void> {
    for (const [item, draft] of this.#waiting) void this.#store(item, draft);
    this.#waiting.clear();
    await Promise.all(this.#storing);
  }

  async #run(): Promise<void> {
    this.#state = 'saving';
    for (;;) {
      const [next] = this.#waiting;
      if (!next) break;
      this.#waiting.delete(next[0]);
      await this.#store(...next);
    }
    this.#state = 'idle';
  }

  async #store(item: ItemId, draft: Draft | null): Promise<void> {
    const stored = this.#save(item, draft).then((saved) => {
      this.#told(item, draft, saved.ok ? null : saved.error);
      this.#storing.delete(stored);
    });
    this.#storing.add(stored);
    await stored;
  }
}
