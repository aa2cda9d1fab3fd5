import { AgreementData } from '#core/agreement/agreement-data';
import { categoryScale } from '#core/agreement/category-scale';
import type { Coefficient } from '#core/agreement/coefficient';
import { cohenKappa } from '#core/agreement/cohen-kappa';
import { fleissKappa } from '#core/agreement/fleiss-kappa';
import { nominalAlpha } from '#core/agreement/krippendorff-alpha';
import { ordinalAlpha } from '#core/agreement/ordinal-alpha';
import type { Ratings } from '#core/agreement/ratings';
import { Random } from '#core/random';
import type { Benchmark, Row } from './benchmark';
import { quantile } from './statistics';

const ANNOTATORS = 5;
const CLASSES = 10;
const RUNS = 15;

const SCALE = categoryScale(
  Array.from({ length: CLASSES }, (_, number) => String(number)),
  'own',
);

/** Coefficients of agreement from ratings in memory, in Node: what the statistics worker runs. */
export const agreement: Benchmark = {
  name: 'agreement',
  run: () => {
    const large = ratings(100_000);
    const small = ratings(10_000);
    return Promise.resolve([
      ...[fleissKappa, nominalAlpha].map((one) => row(`${one.name}: 100,000 items x 5`, 30, large, one, 'none')),
      ...[fleissKappa, nominalAlpha, cohenKappa].map((one) =>
        row(`${one.name}: 100,000 items x 5, with its interval`, null, large, one, 'full'),
      ),
      row(`${ordinalAlpha.name}: 1,000 resamples of 10,000 items x 5`, 1000, small, ordinalAlpha, 'full'),
    ]);
  },
};

/** Median of a few runs, each from the ratings on. */
function row(
  name: string,
  reach: number | null,
  ratings: Ratings,
  coefficient: Coefficient,
  interval: 'none' | 'full',
): Row {
  const durations = Array.from({ length: reach === 1000 ? 3 : RUNS }, () => {
    const from = performance.now();
    coefficient.run(new AgreementData(ratings, SCALE), { interval, seed: 1 });
    return performance.now() - from;
  });
  return { name, value: quantile(durations, 0.5), unit: 'ms', reach };
}

/** Every item read by five, who are right in seven of ten cases. */
function ratings(items: number): Ratings {
  const random = new Random(1);
  const start = Uint32Array.from({ length: items + 1 }, (_, item) => item * ANNOTATORS);
  const annotator = new Uint32Array(items * ANNOTATORS);
  const category = new Uint32Array(items * ANNOTATORS);
  for (let item = 0; item < items; item++) {
    const right = random.whole(0, CLASSES - 1);
    for (let who = 0; who < ANNOTATORS; who++) {
      annotator[item * ANNOTATORS + who] = who;
      category[item * ANNOTATORS + who] = random.chance(0.7) ? right : random.whole(0, CLASSES - 1);
    }
  }
  return { items, annotators: ANNOTATORS, categories: CLASSES, start, annotator, category };
}
