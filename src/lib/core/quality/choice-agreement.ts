import { AgreementData } from '../agreement/agreement-data';
import { NOMINAL } from '../agreement/category-scale';
import type { Coefficient, EstimateOptions } from '../agreement/coefficient';
import { undefinedFor } from '../agreement/estimate';
import { nominalAlpha } from '../agreement/krippendorff-alpha';
import { COHEN } from '../agreement/cohen-kappa';
import { pairEstimate } from '../agreement/pair-estimate';
import { PairTally } from '../agreement/pair-tally';
import { coefficients } from '../agreement/registry';
import type { ClassEstimate, Confusion, PairEstimate, StructuredAgreement } from '../agreement/structured/agreement';
import type { QualitySettings } from '../model/project';
import { NONE_OF_THESE } from './chosen-classes';
import type { ChoiceFigures } from './choice-figures';
import { prefixes } from './headline-history';
import type { HistoryPoint } from './quality-report';

/** The coefficient that stands for a question of single choice: it takes missing answers and any number of people. */
export const headlineCoefficient = ({ coefficient }: QualitySettings): Coefficient =>
  coefficients.find(({ id }) => id === coefficient) ?? nominalAlpha;

/**
 * How far people agree on a question of single choice, in the form of the other kinds of questions: all coefficients that its classes
 * allow, the headline first; pairs by Cohen's kappa; each class against all others by Krippendorff's alpha. It yields after each
 * figure that takes long where its interval is asked for.
 */
export function* choiceAgreement(
  figures: ChoiceFigures,
  settings: QualitySettings,
  options: EstimateOptions,
): Generator<void, StructuredAgreement> {
  const { data } = figures;
  const headline = headlineCoefficient(settings);
  const fitting = coefficients.filter((one) => one !== headline && isFitting(one, data));
  const told: StructuredAgreement['coefficients'][number][] = [];
  for (const one of [headline, ...fitting]) {
    told.push({ id: one.id, name: one.name, estimate: one.run(data, options) });
    yield;
  }
  const pairs = pairsOf(data, options);
  yield;
  const classes = options.interval === 'none' ? classPoints(figures) : yield* classIntervals(figures, options);
  return { coefficients: told, pairs, classes, confusion: confusionOf(figures) };
}

/** The headline after so many labels, as far as it was defined. */
export function* headlineHistory(
  { ratings, data }: ChoiceFigures,
  time: Float64Array,
  settings: QualitySettings,
): Generator<HistoryPoint> {
  const coefficient = headlineCoefficient(settings);
  const made = Float64Array.from(ratings.annotation, (at) => time[at]!);
  for (const prefix of prefixes(ratings, made)) {
    const { value } = coefficient.run(new AgreementData(prefix.ratings, data.scale), { interval: 'none', seed: 1 });
    yield { labels: prefix.labels, at: prefix.at, value };
  }
}

/** Names have no order: figures for ordered classes would be reasons why there are none. */
function isFitting({ scale }: Coefficient, { scale: { places, numbers } }: AgreementData): boolean {
  if (scale === 'nominal') return true;
  return scale === 'ordinal' ? places.isKnown : numbers.isKnown;
}

function pairsOf(data: AgreementData, { interval }: EstimateOptions): PairEstimate[] {
  const { pairs } = data;
  const tally = new PairTally(pairs, null);
  return Array.from({ length: pairs.count }, (_, pair) => {
    tally.count(pair);
    const items = pairs.start[pair + 1]! - pairs.start[pair]!;
    return { a: pairs.a[pair]!, b: pairs.b[pair]!, items, estimate: pairEstimate(tally, COHEN, interval) };
  });
}

/**
 * Nominal alpha of every class against all others at once. With r labels of an item, of which k are of the class, sums over the items
 * with two labels or more:
 *
 *     observed = sum of 2 k (r - k) / (r - 1),   N = sum of r,   N_1 = sum of k
 *     alpha = 1 - (N - 1) observed / (2 N_1 (N - N_1))
 *
 * O(readings).
 */
function classPoints(figures: ChoiceFigures): ClassEstimate[] {
  const { field, data } = figures;
  const { items, categories, start, category, count, total } = data.counts;
  const observed = new Float64Array(categories);
  const ones = new Float64Array(categories);
  let all = 0;
  for (let item = 0; item < items; item++) {
    const labels = total[item]!;
    if (labels < 2) continue;
    all += labels;
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      observed[category[at]!]! += (2 * count[at]! * (labels - count[at]!)) / (labels - 1);
      ones[category[at]!]! += count[at]!;
    }
  }
  const labels = labelsOf(figures);
  return field.classes.map(({ id }, number) => {
    const expected = 2 * ones[number]! * (all - ones[number]!);
    const value = 1 - ((all - 1) * observed[number]!) / expected;
    const estimate = expected > 0 ? { value, ci95: null, method: nominalAlpha.name } : NOT_TOLD;
    return { class: id, labels: labels[number]!, estimate };
  });
}

const NOT_TOLD = undefinedFor('Of items that two people answered nobody, or everybody, said this class.');

function* classIntervals(figures: ChoiceFigures, options: EstimateOptions): Generator<void, ClassEstimate[]> {
  const { ratings } = figures;
  const points = classPoints(figures);
  for (const [number, point] of points.entries()) {
    if (point.estimate.value === null) continue;
    const category = ratings.category.map((chosen) => (chosen === number ? 1 : 0));
    const data = new AgreementData({ ...ratings, categories: 2, category }, NOMINAL);
    points[number] = { ...point, estimate: nominalAlpha.run(data, options) };
    yield;
  }
  return points;
}

function labelsOf({ ratings }: ChoiceFigures): Uint32Array {
  const labels = new Uint32Array(ratings.categories);
  for (const category of ratings.category) labels[category]!++;
  return labels;
}

/** For every two answers to an item the two classes. O(answers of an item^2) for each item. */
function confusionOf({ ratings }: ChoiceFigures): Confusion[] {
  const { items, start, category, categories, classes } = ratings;
  const counts = new Map<number, number>();
  for (let item = 0; item < items; item++) {
    for (let one = start[item]!; one < start[item + 1]!; one++) {
      for (let other = one + 1; other < start[item + 1]!; other++) {
        const key =
          Math.min(category[one]!, category[other]!) * categories + Math.max(category[one]!, category[other]!);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([key, pairs]) => ({ a: classes[Math.floor(key / categories)]!, b: classes[key % categories]!, pairs }))
    .filter(({ a, b }) => a !== NONE_OF_THESE && b !== NONE_OF_THESE);
}
