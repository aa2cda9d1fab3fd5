import type { Ratings } from '#core/agreement/ratings';
import { Random } from '#core/random';
import { truthModels } from '#core/truth/registry';
import { DEFAULT_TRUTH_OPTIONS } from '#core/truth/truth-model';
import type { Benchmark, Row } from './benchmark';
import { quantile } from './statistics';

const [ITEMS, READINGS, CATEGORIES, ANNOTATORS] = [100_000, 5, 10, 50];
const ITERATIONS = 10;
const RUNS = 5;

/** Milliseconds that ten iterations may take; null: told for its own sake. */
const REACH: Readonly<Record<string, number>> = { 'dawid-skene': 250 };

/** Truth models over 100,000 items of five labels each. */
export const truth: Benchmark = {
  name: 'truth',
  run() {
    const ratings = crowd();
    const rows = truthModels.map((model): Row => {
      const times = Array.from({ length: RUNS }, () => {
        const from = performance.now();
        const found = model.run(ratings, { ...DEFAULT_TRUTH_OPTIONS, maxIterations: ITERATIONS, tolerance: 0 });
        if (!found.ok) throw new Error(found.error.message);
        return performance.now() - from;
      });
      const what = `${model.name}: ${ITEMS.toLocaleString('en')} items x ${READINGS} labels, ${CATEGORIES} classes, ${ITERATIONS} iterations, median`;
      return { name: what, value: quantile(times, 0.5), unit: 'ms', reach: REACH[model.id] ?? null };
    });
    return Promise.resolve(rows);
  },
};

/** Annotators who are right half of the time to nearly always, and otherwise say anything. */
function crowd(): Ratings {
  const random = new Random(1);
  const skill = Array.from({ length: ANNOTATORS }, () => 0.5 + 0.45 * random.unit());
  const start = Uint32Array.from({ length: ITEMS + 1 }, (_, item) => item * READINGS);
  const annotator = new Uint32Array(ITEMS * READINGS);
  const category = new Uint32Array(ITEMS * READINGS);
  for (let item = 0; item < ITEMS; item++) {
    const truth = random.whole(0, CATEGORIES - 1);
    const first = random.whole(0, ANNOTATORS - READINGS);
    for (let at = 0; at < READINGS; at++) {
      annotator[item * READINGS + at] = first + at;
      category[item * READINGS + at] = random.chance(skill[first + at]!) ? truth : random.whole(0, CATEGORIES - 1);
    }
  }
  return { items: ITEMS, annotators: ANNOTATORS, categories: CATEGORIES, start, annotator, category };
}
