/**
 * What else an annotator is dealt among their ordinary items: items that everybody is asked (gold among them), and items that they
 * answered before.
 *
 * Whoever labels is at some *turn*: the number of items that they have taken so far. Each turn has its lot, a hash of the author and
 * the turn, which says what kind of item is dealt at it. So the places are unpredictable to whoever looks at the screen, the shares
 * come out right in the long run, and the same person at the same turn is dealt the same after going back, after a reload, and offline:
 * nothing has to be remembered, and nobody has to be asked.
 *
 * It takes O(1) for each ordinary turn. Everything follows from public things on purpose: who takes the trouble can find out which
 * items everybody is asked, and not which of these are gold.
 */
import type { AuthorId } from '../model/ids';
import type { Random } from '../random';
import { authorBits, fallsInto, mix } from './bits';

type DealtAs = 'ordinary' | 'probe' | 'again';

/** Shares of what an annotator is dealt, 0 to 1. */
interface DealingShares {
  readonly rate: number;
  readonly again: number;
}

/** Turns that lie between somebody's answer and their being asked again: what was answered just now is still known. */
export const TURNS_BETWEEN = 20;

/** Apart from each other, so that a turn's lot, an author's order of probes and a choice among answers have nothing in common. */
const LOT = 0x9e3779b9;
const ORDER = 0x7f4a7c15;
const CHOICE = 0x85a308d3;

/** What this author is dealt at this turn. */
export function dealtAt(author: AuthorId, turn: number, { rate, again }: DealingShares): DealtAs {
  const lot = hash(author, LOT, turn);
  if (fallsInto(rate, lot)) return 'probe';
  return fallsInto(Math.min(1, rate + again), lot) ? 'again' : 'ordinary';
}

/**
 * Items that everybody is asked, in the order in which this author is: one of their own, so that no two people get the same items at
 * the same time.
 *
 * @param bits the first 32 bits of an item's id
 */
export function orderedFor(author: AuthorId, items: readonly number[], bits: (item: number) => number): number[] {
  const places = new Map(items.map((item) => [item, hash(author, ORDER, bits(item))]));
  return [...items].sort((a, b) => places.get(a)! - places.get(b)! || bits(a) - bits(b));
}

/**
 * Which of somebody's answers they are asked for again at a turn: any of those that are old enough, beginning at a place that the turn
 * says; null where none may be.
 *
 * @param answers this author's, in the order in which they gave them first
 * @param mayAsk whether an answer is old enough, and may be asked for
 */
export function askedAgain(
  author: AuthorId,
  turn: number,
  answers: readonly number[],
  mayAsk: (item: number) => boolean,
): number | null {
  // Answers that come in until the turn is there are too young for it: the choice stays what it is.
  const old = Math.max(0, turn - TURNS_BETWEEN);
  const first = hash(author, CHOICE, turn);
  for (let step = 0; step < old; step++) {
    const item = answers[(first + step) % old];
    if (item !== undefined && mayAsk(item)) return item;
  }
  return null;
}

/** What more is to be dealt to everybody. */
interface ToDeal {
  /** Items whose answers are known, and that were not dealt before. */
  readonly gold: readonly number[];
  /** Items that may be decoys. */
  readonly others: readonly number[];
  /** How many decoys are wanted, so that there are as many as gold items in all that was dealt. */
  readonly decoys: number;
}

/**
 * Items that everybody is asked: gold and decoys, in an order that says nothing.
 *
 * Where possible, each gold item has a decoy beside it that looks like it: a list in which all finished items are gold would tell.
 *
 * @param looks what anybody can see of an item, as a word
 */
export function mixedWithDecoys(
  { gold, others, decoys: wanted }: ToDeal,
  looks: (item: number) => string,
  random: Random,
): number[] {
  const alike = new Map<string, number[]>();
  for (const item of random.shuffled(others)) {
    const look = looks(item);
    const same = alike.get(look);
    if (same) same.push(item);
    else alike.set(look, [item]);
  }
  const paired = gold.flatMap((item) => alike.get(looks(item))?.pop() ?? []);
  const rest = random.shuffled([...alike.values()].flat());
  return random.shuffled([...gold, ...[...paired, ...rest].slice(0, wanted)]);
}

/** 32 bits that hang on everything given. */
const hash = (author: AuthorId, purpose: number, of: number): number =>
  mix(mix(authorBits(author) ^ purpose) ^ mix(of));
