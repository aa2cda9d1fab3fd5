import type { AuthorId } from '../model/ids';
import { authorBits, mix } from './bits';

/**
 * Who labels what, without anybody who says so: every device computes the same ranking of the members for every item, by
 * rendezvous hashing (Thaler & Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions on
 * Networking 6(1), 1998).
 *
 * Each member has a score for each item, the mix of the item's id with a seed that follows from the author's id; whoever has
 * the greatest ranks first. The members are dealt equal shares, and when one joins or leaves, only those items change hands that
 * they get or had. An item of which `n` annotations are wanted belongs to the first `n`.
 *
 * Ranking one member costs one mix per other member, and less where it is only asked whether they are among the first.
 *
 * @example new Assignment(me, members).isMine(projection.idBits(item), [], projection.wanted(item))
 */
export class Assignment {
  readonly #me: number;
  /** Seeds of the other members by their ids, in the order of the ids. */
  readonly #others: ReadonlyMap<AuthorId, number>;
  readonly #seeds: Uint32Array;
  /** How many of the others' ids come before mine: with equal scores, which equal seeds give, they rank higher. */
  readonly #before: number;

  /**
   * @param members everybody whose annotations count, in any order; the ranking is theirs whether they are there or not
   */
  constructor(me: AuthorId, members: readonly AuthorId[]) {
    const others = members.filter((member) => member !== me).sort();
    this.#me = authorBits(me);
    this.#others = new Map(others.map((member) => [member, authorBits(member)]));
    this.#seeds = Uint32Array.from(this.#others.values());
    this.#before = others.filter((member) => member < me).length;
  }

  /**
   * Whether the item is mine to label before it is others': whether, of those who have not taken it, I am among the first so many
   * as are still wanted. Whoever else took it leaves it to fewer of the first; it never becomes that of more.
   *
   * @param item the first 32 bits of its id, which is a hash
   * @param takers other members, each once, who annotated the item or are at it
   * @param wanted annotations by distinct authors that the item needs, at least 1
   */
  isMine(item: number, takers: readonly AuthorId[], wanted: number): boolean {
    if (takers.length >= wanted) return false;
    if (this.#seeds.length < wanted) return true;
    let most = wanted;
    for (const taker of takers) if (!this.#ranksHigher(taker, item)) most--;
    return this.#rankBelow(item, most) < most;
  }

  /** How many members rank before me for the item. */
  rank(item: number): number {
    return this.#rankBelow(item, Infinity);
  }

  /** My score for the item, 0 <= score < 2^32: of items with the same rank, those with the greatest are the most mine. */
  score(item: number): number {
    return mix(item ^ this.#me);
  }

  #ranksHigher(other: AuthorId, item: number): boolean {
    const seed = this.#others.get(other);
    return seed !== undefined && mix(item ^ seed) > this.score(item);
  }

  /** The rank, counted no further than `most`. */
  #rankBelow(item: number, most: number): number {
    const mine = this.score(item);
    let rank = 0;
    for (let other = 0; other < this.#seeds.length && rank < most; other++) {
      const theirs = mix(item ^ this.#seeds[other]!);
      if (theirs > mine || (theirs === mine && other < this.#before)) rank++;
    }
    return rank;
  }
}
