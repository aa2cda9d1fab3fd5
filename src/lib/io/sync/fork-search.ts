import { equalBytes } from '#core/log/commit';
import type { AuthorId } from '#core/model/ids';
import { MAX_ASKED, type Message } from '#core/peers/messages';
import type { Replica } from './replica';

/** What is known of where two branches part: they are equal up to `same`, and differ at `different`. */
interface Search {
  /** -1: nothing is known to be equal. */
  same: number;
  different: number;
}

/**
 * Finds where the other side's branch of a log parts from ours, by asking for the hashes of commits in ever smaller
 * ranges: four questions for a million commits. Then it asks for the first commit that differs, which arrives as an update and is
 * judged by the gate as all are: that proves the fork.
 */
export class ForkSearch {
  readonly #replica: Replica;
  readonly #send: (message: Message) => void;
  readonly #searches = new Map<AuthorId, Search>();

  constructor(replica: Replica, send: (message: Message) => void) {
    this.#replica = replica;
    this.#send = send;
  }

  /** The branches differ in the commit before this length, which both have. */
  begin(author: AuthorId, before: number): void {
    const known = this.#searches.get(author);
    if (known && known.different < before) return;
    this.#searches.set(author, { same: -1, different: before - 1 });
    this.#step(author);
  }

  /** The answer to a question; others are passed over. */
  hear(author: AuthorId, seqs: readonly number[], hashes: readonly (Uint8Array | null)[]): void {
    const search = this.#searches.get(author);
    if (!search || seqs.length !== hashes.length) return;
    const [before, after] = [search.same, search.different];
    for (const [i, seq] of seqs.entries()) {
      const theirs = hashes[i];
      if (seq <= search.same || seq >= search.different || !theirs) continue;
      if (equalBytes(theirs, this.#replica.hashAt(author, seq))) search.same = seq;
      else search.different = seq;
    }
    // Who answers nothing that helps is not asked again.
    if (search.same === before && search.different === after) this.#searches.delete(author);
    else this.#step(author);
  }

  #step(author: AuthorId): void {
    const { same, different } = this.#searches.get(author)!;
    if (different - same <= 1) {
      this.#searches.delete(author);
      this.#send({ type: 'fetch', author, seq: different });
      return;
    }
    const between = different - same - 1;
    const count = Math.min(between, MAX_ASKED);
    const seqs = Array.from({ length: count }, (_, i) => same + 1 + Math.floor(((i + 0.5) * between) / count));
    this.#send({ type: 'ask', author, seqs });
  }
}
