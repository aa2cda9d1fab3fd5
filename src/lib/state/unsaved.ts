/** Makes durable what it can; what would be lost all the same, in words ("the files of a new project"), or null. */
export type Keep = () => Promise<string | null>;

/** What would go with the page: whoever holds such a thing says how to keep it. */
export class Unsaved {
  readonly #holders = new Set<Keep>();

  /** @returns ends it: there is nothing to keep any more */
  watch(keep: Keep): () => void {
    this.#holders.add(keep);
    return () => this.#holders.delete(keep);
  }

  /** Keeps everything that can be kept; gives what cannot, in words. */
  async keep(): Promise<readonly string[]> {
    const lost = await Promise.all(Array.from(this.#holders, (keep) => keep()));
    return lost.filter((what) => what !== null);
  }
}
