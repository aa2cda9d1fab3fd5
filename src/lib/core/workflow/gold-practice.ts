/**
 * Practice before the first real item: rounds of items whose answers everybody may know, until enough of one round are right.
 *
 * How far somebody is follows from what they answered, in order. A round is so many different items; in it, the first answer to an item
 * counts, since after it the person is told. A round with enough right ones is the last; after one with fewer the next begins,
 * with items that they have not seen first.
 */

/** An answer to an item to practise on. */
export interface PracticeAnswer {
  readonly item: number;
  readonly isRight: boolean;
}

export interface PracticeSettings {
  /** Items in a round, at least 1. */
  readonly of: number;
  /** Share of a round that has to be right, 0 to 1. */
  readonly bar: number;
}

export interface Practice {
  readonly isPassed: boolean;
  /** The round that is under way; where practice is passed, the last. */
  readonly round: { readonly done: readonly number[]; readonly right: number };
  /** How the round before it went; null in the first. */
  readonly before: { readonly right: number; readonly of: number } | null;
  /** Every item that was answered in any round. */
  readonly seen: ReadonlySet<number>;
}

/** @param answers this person's, in the order in which they gave them */
export function practiceOf(answers: Iterable<PracticeAnswer>, { of, bar }: PracticeSettings): Practice {
  const seen = new Set<number>();
  let done = new Set<number>();
  let right = 0;
  let before: Practice['before'] = null;
  for (const { item, isRight } of answers) {
    if (done.size === of) {
      before = { right, of };
      done = new Set();
      right = 0;
    }
    if (done.has(item)) continue;
    seen.add(item);
    done.add(item);
    if (isRight) right++;
    if (done.size === of && right / of >= bar)
      return { isPassed: true, round: { done: [...done], right }, before, seen };
  }
  return { isPassed: false, round: { done: [...done], right }, before, seen };
}

/** Whether a round is over and was not enough: the next begins with the next answer. */
export const isRoundOver = ({ round, isPassed }: Practice, { of }: PracticeSettings): boolean =>
  !isPassed && round.done.length === of;

/**
 * The items of a round that are still to be answered.
 *
 * @param items all that there are to practise on, in this person's order
 */
export function practiceLeft(practice: Practice, items: readonly number[], settings: PracticeSettings): number[] {
  if (practice.isPassed) return [];
  const done = new Set(isRoundOver(practice, settings) ? [] : practice.round.done);
  const open = items.filter((item) => !done.has(item));
  const unseen = open.filter((item) => !practice.seen.has(item));
  const again = open.filter((item) => practice.seen.has(item));
  return [...unseen, ...again].slice(0, settings.of - done.size);
}
