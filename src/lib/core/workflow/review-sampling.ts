/**
 * Which work of annotators others look at: a share of each person's, drawn by the item's id together with theirs, so that all
 * devices draw the same and nobody can know beforehand by whom an item will be looked at. What owners and reviewers labelled is
 * never drawn.
 *
 * The two lots are independent of each other and of whose item it is ({@link Assignment}), which hashes the same ids: each has a
 * salt of its own, under a mix of its own.
 *
 * @example isSampled('review', 0.1, projection.idBits(item), authorBits(annotator))
 */
import { fallsInto, mix } from './bits';

/** The fractions of the square roots of 2 and 3: numbers that nobody chose. */
const SALTS = { peer: 0x6a09e667, review: 0xbb67ae85 } as const;

/**
 * @param by another annotator looks at it, or a reviewer
 * @param share of the author's work, 0 to 1
 * @param item the first 32 bits of the item's id
 * @param author the first 32 bits of the id of whoever annotated it
 */
export const isSampled = (by: keyof typeof SALTS, share: number, item: number, author: number): boolean =>
  fallsInto(share, mix(mix(item ^ SALTS[by]) ^ author));
