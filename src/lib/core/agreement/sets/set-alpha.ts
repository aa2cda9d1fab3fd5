import type { AnswersOf } from '../structured/answers';
import { Alpha } from '../structured/alpha';
import { expectedBetweenSets } from './expected-between-sets';
import type { SetDistance } from './set-distance';

/**
 * {@link Alpha} of sets: every item is one unit, and its values are the sets that people chose. All coincidences and
 * expectations are between whole sets, so that a person who chooses much is not taken for one who agrees.
 *
 * O(answers of an item^2) for each item, and what {@link expectedBetweenSets} takes.
 *
 * @param values distinct sets of class numbers, ascending
 */
export function setAlpha(answers: AnswersOf<readonly number[]>, distance: SetDistance): Alpha {
  const { items, start, value } = answers;
  const { sets, numberOf, observed } = comparedSets(answers);
  const alpha = new Alpha(
    distance.name,
    'Everybody chose the same everywhere, so that chance cannot be told from agreement.',
    sets.length,
    expectedBetweenSets(sets, observed, distance),
  );
  const unit: number[] = [];
  for (let item = 0; item < items; item++) {
    unit.length = 0;
    for (let answer = start[item]!; answer < start[item + 1]!; answer++) unit.push(numberOf[value[answer]!]!);
    let differences = 0;
    for (let one = 0; one < unit.length; one++)
      for (let other = one + 1; other < unit.length; other++)
        if (unit[one] !== unit[other]) differences += distanceBetween(sets[unit[one]!]!, sets[unit[other]!]!, distance);
    alpha.addUnit(item, unit, differences);
  }
  return alpha;
}

/** The sets of items that two or more people answered: each once, with how often it occurs there. */
function comparedSets({ items, start, value, values }: AnswersOf<readonly number[]>) {
  const numberOf = new Int32Array(values.length).fill(-1);
  const sets: (readonly number[])[] = [];
  const observed: number[] = [];
  for (let item = 0; item < items; item++) {
    if (start[item + 1]! - start[item]! < 2) continue;
    for (let answer = start[item]!; answer < start[item + 1]!; answer++) {
      const place = value[answer]!;
      if (numberOf[place] === -1) {
        numberOf[place] = sets.push(values[place]!) - 1;
        observed.push(0);
      }
      observed[numberOf[place]!]!++;
    }
  }
  return { sets, numberOf, observed: Float64Array.from(observed) };
}

/** Both ascending. */
function distanceBetween(a: readonly number[], b: readonly number[], { of: distance }: SetDistance): number {
  return distance(sharedBetween(a, b), a.length, b.length);
}

/** How many members two ascending lists share. */
function sharedBetween(a: readonly number[], b: readonly number[]): number {
  let [shared, left, right] = [0, 0, 0];
  while (left < a.length && right < b.length) {
    const step = a[left]! - b[right]!;
    if (step === 0) shared++;
    if (step <= 0) left++;
    if (step >= 0) right++;
  }
  return shared;
}
