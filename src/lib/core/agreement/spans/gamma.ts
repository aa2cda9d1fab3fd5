import { Random } from '../../random';
import type { AnswersOf } from '../structured/answers';
import { NOTHING_MARKED } from '../structured/f1-tally';
import { PooledRatio } from '../structured/pooled-ratio';
import { leastDisorder, type Budget } from './best-alignment';
import { shuffledUnits } from './shuffled-units';
import type { SpanList } from './span-list';
import type { Disagreement } from './unitizing-alpha';
import type { Unit } from './unit-dissimilarity';

/** Continua that are shuffled for the disorder of chance, as in the paper's first batch. */
const SAMPLES = 30;

/** Steps of the search for best alignments, of all texts together: a fraction of a second. */
const MOST_STEPS = 2_000_000;

/**
 * Gamma of one text (Mathet, Widlöcher and Métivier 2015, "The unified and holistic method gamma"): gamma = 1 -
 * disorder of the best alignment / mean disorder of the best alignments of 30 shuffled continua. Position and class
 * count, and units may nest and overlap.
 *
 * The continuum reaches from the first unit that anybody marked to the end of the last. The alignment is exact:
 * exponential in the number of units at worst, see {@link leastDisorder}.
 *
 * @param annotators two or more
 * @returns both disorders, of which a text has as much as annotators marked on average; null where the budget was
 *   spent
 */
export function gammaDisorder(
  annotators: readonly (readonly Unit[])[],
  seed: number,
  budget: Budget,
): Disagreement | null {
  const units = annotators.flat();
  if (units.length === 0) return { observed: 0, expected: 0 };
  const observed = leastDisorder(annotators, budget);
  if (observed === null) return null;
  const bounds = {
    start: units.reduce((first, { start }) => Math.min(first, start), Infinity),
    end: units.reduce((last, { end }) => Math.max(last, end), 0),
  };
  const random = new Random(seed);
  let expected = 0;
  for (let sample = 0; sample < SAMPLES;) {
    const shuffled = shuffledUnits(annotators, bounds, random);
    // All may have drawn an annotator who marked nothing.
    if (shuffled.every(({ length }) => length === 0)) continue;
    const disorder = leastDisorder(shuffled, budget);
    if (disorder === null) return null;
    expected += disorder / SAMPLES;
    sample++;
  }
  const weight = units.length / annotators.length;
  return { observed: weight * observed, expected: weight * expected };
}

/**
 * {@link gammaDisorder} of many texts: 1 - the disorders of the best alignments / those of chance, both summed over
 * texts, each as much as annotators marked in it on average. Undefined where the search would take too long.
 *
 * @param lists place in the values of the answers -> spans
 */
export function gamma(answers: AnswersOf<unknown>, lists: readonly SpanList[], seed: number): PooledRatio {
  const { items, start, value } = answers;
  const method = `Gamma (Mathet et al. 2015), position 3, category 1, ${SAMPLES} shuffled continua, seed ${seed}`;
  const tooMany = () =>
    new PooledRatio(method, 'There are too many spans for gamma: its alignments are searched exactly.');
  const found = new PooledRatio(method, NOTHING_MARKED);
  const texts = Array.from({ length: items }, (_, item) =>
    Array.from(value.subarray(start[item], start[item + 1]), (place) => lists[place]!),
  );
  const least = texts.reduce((sum, given) => sum + leastSteps(given.map(({ length }) => length)), 0);
  if (least > MOST_STEPS) return tooMany();
  const budget = { left: MOST_STEPS };
  for (const [item, given] of texts.entries()) {
    if (given.length < 2) continue;
    const disorder = gammaDisorder(given.map(unitsOf), seed + item, budget);
    if (disorder === null) return tooMany();
    found.add(item, disorder.expected - disorder.observed, disorder.expected);
  }
  return found;
}

const unitsOf = ({ starts, ends, classes }: SpanList): Unit[] =>
  Array.from(starts, (start, at) => ({ start, end: ends[at]!, class: classes[at]! }));

/** Fewer steps no search of a text takes. */
function leastSteps(unitsOfAnnotators: readonly number[]): number {
  let pairs = 0;
  for (const [at, one] of unitsOfAnnotators.entries())
    for (const other of unitsOfAnnotators.slice(at + 1)) pairs += one * other;
  return (SAMPLES + 1) * pairs;
}
