import { AgreementData } from '../agreement/agreement-data';
import { NOMINAL } from '../agreement/category-scale';
import type { Coefficient, EstimateOptions } from '../agreement/coefficient';
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
 * allow, the headline first; pairs by Cohen's kappa; each class against all others by Krippendorff's alpha.
 */
export function choiceAgreement(
  figures: ChoiceFigures,
  settings: QualitySettings,
  options: EstimateOptions,
): StructuredAgreement {
  const { data } = figures;
  const headline = headlineCoefficient(settings);
  const fitting = coefficients.filter((one) => one !== headline && isFitting(one, data));
  return {
    coefficients: [headline, ...fitting].map((one) => {
      return { id: one.id, name: one.name, estimate: one.run(data, options) };
    }),
    pairs: pairsOf(data, options),
    classes: classesOf(figures, options),
    confusion: confusionOf(figures),
  };
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
    tally.count(pair, null);
    const items = pairs.start[pair + 1]! - pairs.start[pair]!;
    return { a: pairs.a[pair]!, b: pairs.b[pair]!, items, estimate: pairEstimate(tally, COHEN, interval) };
  });
}

function classesOf({ field, ratings }: ChoiceFigures, options: EstimateOptions): ClassEstimate[] {
  const labels = new Uint32Array(ratings.categories);
  for (const category of ratings.category) labels[category]!++;
  return field.classes.map(({ id }, number) => {
    const category = ratings.category.map((chosen) => (chosen === number ? 1 : 0));
    const data = new AgreementData({ ...ratings, categories: 2, category }, NOMINAL);
    return { class: id, labels: labels[number]!, estimate: nominalAlpha.run(data, options) };
  });
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
