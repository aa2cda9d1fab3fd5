import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NamedRatings } from '#core/agreement/ratings';
import { ratingsOf } from '#core/agreement/ratings-builder';
import { chooseModel } from '#core/truth/choose';
import { dawidSkene } from '#core/truth/dawid-skene';
import { glad } from '#core/truth/glad';
import { mace } from '#core/truth/mace';
import { majority } from '#core/truth/majority';
import { oneCoin } from '#core/truth/one-coin';
import { truthModels } from '#core/truth/registry';
import { DEFAULT_TRUTH_OPTIONS, type Truth, type TruthModel } from '#core/truth/truth-model';
import { wawa } from '#core/truth/wawa';
import { zeroBasedSkill } from '#core/truth/zero-based-skill';
import { anaesthetists } from '../support/anaesthetists';

/** Readings written as `item: annotator=label …`. */
function table(...lines: readonly string[]): NamedRatings {
  return ratingsOf(
    lines.flatMap((line) => {
      const [item, said] = line.split(': ') as [string, string];
      return said.split(' ').map((reading) => {
        const [annotator, label] = reading.split('=') as [string, string];
        return { item, annotator, label };
      });
    }),
  );
}

function truthOf(model: TruthModel, ratings: NamedRatings, options = {}): Truth {
  const result = model.run(ratings, { ...DEFAULT_TRUTH_OPTIONS, ...options });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const rounded = (numbers: Iterable<number>, digits: number): number[] =>
  Array.from(numbers, (number) => Number(number.toFixed(digits)));

// By hand: the majority says x, y, x of the three items.
const small = table('1: a=x b=x c=y', '2: a=y b=y c=y', '3: a=x b=y c=x');

describe('votes, by hand', () => {
  test('majority: shares of the votes, their means, and who is with the majority', () => {
    const truth = truthOf(majority, small);
    expect([...truth.label]).toEqual([0, 1, 0]);
    expect(rounded(truth.confidence, 6)).toEqual([0.666667, 1, 0.666667]);
    expect(rounded(truth.classPriors, 6)).toEqual([0.444444, 0.555556]);
    expect(rounded(truth.skill, 6)).toEqual([1, 0.666667, 0.666667]);
  });

  test('majority: a tie goes to the class that is more common, though it comes later', () => {
    const tied = table('1: a=x b=y', '2: a=y b=y', '3: a=y b=y');
    expect([...truthOf(majority, tied).label]).toEqual([1, 1, 1]);
  });

  test('Wawa: votes weighted by agreement with the majority', () => {
    const truth = truthOf(wawa, small);
    // Item 1: (1 + 2/3) / (1 + 2/3 + 2/3); item 3: (1 + 2/3) / (7/3).
    expect(rounded(truth.confidence, 6)).toEqual([0.714286, 1, 0.714286]);
    expect(rounded(truth.skill, 6)).toEqual([1, 0.666667, 0.666667]);
  });

  test('Wawa: where nobody who read an item was ever right, all count alike', () => {
    const apart = table('1: a=x b=x c=y', '2: c=x d=y e=y', '3: c=x');
    expect(truthOf(wawa, apart).confidence[2]).toBe(1);
  });

  test('zero-based skill: skills become the shares of being right and stay so', () => {
    const truth = truthOf(zeroBasedSkill, small);
    expect(rounded(truth.skill, 6)).toEqual([1, 0.666667, 0.666667]);
    // The first step goes all the way, the second finds nothing to change.
    expect([truth.iterations, truth.converged]).toEqual([2, true]);
    expect(rounded(truth.confidence, 6)).toEqual([0.714286, 1, 0.714286]);
  });
});

/** EM as Dawid and Skene write it, with plain probabilities and a table of everything. `isOneCoin`: one rate for each annotator. */
function plainEm(ratings: NamedRatings, iterations: number, smoothing: number, kind: 'one-coin' | 'dawid-skene') {
  const { items, annotators, categories: K, start, annotator, category } = ratings;
  const each = (n: number) => [...new Array<number>(n).keys()];
  const readingsOf = (item: number) =>
    each(start[item + 1]! - start[item]!).map(
      (at) => [annotator[start[item]! + at]!, category[start[item]! + at]!] as const,
    );
  let T = each(items).map((item) =>
    each(K).map((c) => readingsOf(item).filter(([, said]) => said === c).length / readingsOf(item).length),
  );
  let priors: number[] = [];
  let rate: (j: number, c: number, k: number) => number = () => 0;
  let logLikelihood = 0;
  for (const iteration of each(iterations)) {
    const total = T.flat().reduce((sum, one) => sum + one, 0);
    const smooth = kind === 'one-coin' && iteration === 0 ? 0 : smoothing;
    priors = each(K).map((c) => (T.reduce((sum, row) => sum + row[c]!, 0) + smooth) / (total + smooth * K));
    const count = each(annotators).map((j) =>
      each(K).map((c) =>
        each(K).map((k) =>
          each(items).reduce(
            (sum, i) => sum + readingsOf(i).filter(([a, said]) => a === j && said === k).length * T[i]![c]!,
            0,
          ),
        ),
      ),
    );
    if (kind === 'dawid-skene') {
      rate = (j, c, k) =>
        (count[j]![c]![k]! + smoothing) / (count[j]![c]!.reduce((sum, one) => sum + one, 0) + smoothing * K || 1);
    } else {
      rate = (j, c, k) => {
        const right = each(K).reduce((sum, one) => sum + count[j]![one]![one]!, 0) + smoothing;
        const all = count[j]!.flat().reduce((sum, one) => sum + one, 0) + smoothing * K;
        return c === k ? right / all : (1 - right / all) / (K - 1);
      };
    }
    logLikelihood = 0;
    const [p, e] = [priors, rate];
    T = each(items).map((i) => {
      const joint = each(K).map((c) => readingsOf(i).reduce((product, [j, k]) => product * e(j, c, k), p[c]!));
      const sum = joint.reduce((all, one) => all + one, 0);
      logLikelihood += Math.log(sum);
      return joint.map((one) => one / sum);
    });
  }
  return { T, priors, rate, logLikelihood };
}

describe('Dawid-Skene', () => {
  const ratings = ratingsOf(anaesthetists);

  test('finds the class marginals of Dawid and Skene 1979', () => {
    const truth = truthOf(dawidSkene, ratings);
    expect(rounded(truth.classPriors, 2)).toEqual([0.4, 0.42, 0.11, 0.07]);
    expect(truth.converged).toBe(true);
    expect(truth.readings).toEqual(Uint32Array.of(135, 45, 45, 45, 45));
  });

  test.each([
    [dawidSkene, 'dawid-skene', 0],
    [dawidSkene, 'dawid-skene', 0.5],
    [oneCoin, 'one-coin', 0],
    [oneCoin, 'one-coin', 1],
  ] as const)('$1: is EM as it is written, step by step, with smoothing $2', (model, kind, smoothing) => {
    for (const iterations of [1, 2, 10]) {
      const truth = truthOf(model, ratings, { maxIterations: iterations, tolerance: 0, smoothing });
      const plain = plainEm(ratings, iterations, smoothing, kind);
      expect(truth.iterations).toBe(iterations);
      expect(truth.logLikelihood).toBeCloseTo(plain.logLikelihood, 6);
      for (const [c, prior] of plain.priors.entries()) expect(truth.classPriors[c]).toBeCloseTo(prior, 7);
      for (const [i, row] of plain.T.entries())
        for (const [c, probability] of row.entries()) expect(truth.posterior(i)[c]).toBeCloseTo(probability, 7);
      for (let j = 0; j < 5 && model === dawidSkene; j++) {
        const matrix = truth.confusion(j)!;
        for (let c = 0; c < 4; c++)
          for (let k = 0; k < 4; k++) expect(matrix[c * 4 + k]).toBeCloseTo(plain.rate(j, c, k), 7);
      }
    }
  });

  test.each([dawidSkene, oneCoin])('$id: the log likelihood never falls', (model) => {
    const after = (maxIterations: number) => truthOf(model, ratings, { maxIterations, tolerance: 0 }).logLikelihood!;
    const steps = Array.from({ length: 20 }, (_, at) => after(at + 1));
    for (const [at, step] of steps.entries()) if (at > 0) expect(step).toBeGreaterThanOrEqual(steps[at - 1]! - 1e-9);
  });

  test('the skill is the probability to be right of an item as common as the priors say', () => {
    const truth = truthOf(dawidSkene, ratings);
    const matrix = truth.confusion(1)!;
    const right = [0, 1, 2, 3].reduce((sum, c) => sum + truth.classPriors[c]! * matrix[c * 5]!, 0);
    expect(truth.skill[1]).toBeCloseTo(right, 12);
  });

  test('refuses more classes than memory holds, with what to do instead', () => {
    const classes = 20_000;
    const given = {
      ...{ items: 2, annotators: 1_000, categories: classes, start: Uint32Array.of(0, 1, 2) },
      ...{ annotator: Uint32Array.of(0, 1), category: Uint32Array.of(0, 1) },
    };
    const result = dawidSkene.run(given, DEFAULT_TRUTH_OPTIONS);
    expect(result.ok ? null : result.error.code).toBe('truth.too-many-classes');
    for (const model of [oneCoin, mace]) expect(model.run(given, DEFAULT_TRUTH_OPTIONS).ok).toBe(true);
  });
});

describe('GLAD', () => {
  // Four who agree on nine items; of the tenth two say x and two say y.
  const nine = Array.from(
    { length: 9 },
    (_, at) => `${at}: a=${'xy'[at % 2]} b=${'xy'[at % 2]} c=${'xy'[at % 2]} d=${'xy'[(at + Number(at < 4)) % 2]}`,
  );
  const ratings = table(...nine, 't: a=x b=x c=y d=y');

  test('the one who often errs has less ability, and counts less', () => {
    const truth = truthOf(glad, ratings);
    expect(truth.skill[3]).toBeLessThan(truth.skill[0]!);
    expect(truth.label[9]).toBe(0);
    expect(truth.skill[0]).toBeCloseTo(truth.skill[1]!, 6);
  });

  test('every ability and easiness is where the derivative of the log posterior vanishes', () => {
    const truth = truthOf(glad, ratings, { maxIterations: 500, tolerance: 0 });
    const { start, annotator, category } = ratings;
    const sigma = (x: number) => 1 / (1 + Math.exp(-x));
    const ability = truth.skill.map((skill) => Math.log(skill / (1 - skill)));
    const right = Array.from(category, (said, reading) => {
      const item = start.findIndex((from, at) => from <= reading && reading < start[at + 1]!);
      return truth.posterior(item)[said]!;
    });
    const readingsOf = (item: number) => [...category.keys()].slice(start[item], start[item + 1]);
    // By the definition, with d_i found by bisection of its own derivative.
    const slopes = ability.map((value) => 1 - value);
    for (let item = 0; item < ratings.items; item++) {
      const slope = (d: number) =>
        readingsOf(item).reduce((sum, r) => {
          const logit = ability[annotator[r]!]! * Math.exp(d);
          return sum + (right[r]! - sigma(logit)) * logit;
        }, 1 - d);
      let [low, high] = [-3, 4];
      for (let step = 0; step < 60; step++)
        [low, high] = slope((low + high) / 2) > 0 ? [(low + high) / 2, high] : [low, (low + high) / 2];
      for (const r of readingsOf(item))
        slopes[annotator[r]!]! += (right[r]! - sigma(ability[annotator[r]!]! * Math.exp(low))) * Math.exp(low);
    }
    for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(1e-4);
  });

  test('an item that people disagree on is less certain than one they agree on', () => {
    const truth = truthOf(glad, ratings);
    expect(truth.confidence[9]).toBeLessThan(truth.confidence[8]!);
  });
});

describe('MACE', () => {
  test('who always says the same is a spammer, and does not sway an item', () => {
    const labels = 'xyzzyxyxzxyzyzxxyz'.split('');
    const ratings = table(
      ...labels.map((label, at) => `${at}: a=${label} b=${label} c=${at % 6 === 0 ? 'y' : label} s=x t=x u=x`),
    );
    const truth = truthOf(mace, ratings);
    expect([...truth.label].map((label) => 'xyz'[label])).toEqual(labels);
    for (const spammer of [3, 4, 5]) expect(truth.skill[spammer]).toBeLessThan(0.1);
    for (const honest of [0, 1]) expect(truth.skill[honest]).toBeGreaterThan(0.9);
  });

  test('another seed finds as good an optimum', () => {
    const ratings = ratingsOf(anaesthetists);
    const [one, other] = [1, 2].map((seed) => truthOf(mace, ratings, { seed, maxIterations: 1_000 }).logLikelihood!);
    expect(other).toBeCloseTo(one!, 1);
  });
});

describe('the model that is chosen', () => {
  const rows = (items: number, annotators: number, classes: number) =>
    ratingsOf(
      Array.from({ length: items * annotators }, (_, at) => ({
        item: String(Math.floor(at / annotators)),
        annotator: String(at % annotators),
        label: String(Math.floor(at / annotators) % classes),
      })),
    );

  /** Three who label so many items, and for each of 30 other items three people who do no other. */
  const crowded = (items: number) => {
    const one = (item: string, who: string, at: number) => ({ item, annotator: who, label: String(at % 2) });
    const shared = Array.from({ length: items }, (_, at) => ['a', 'b', 'c'].map((who) => one(`s${at}`, who, at)));
    const apart = Array.from({ length: 30 }, (_, at) => ['d', 'e', 'f'].map((who) => one(`p${at}`, `${who}${at}`, at)));
    return ratingsOf([...shared, ...apart].flat());
  };

  test.each([
    ['one annotator', rows(500, 1, 2), 'majority'],
    ['two annotators', rows(500, 2, 2), 'majority'],
    ['three who shared few items', rows(29, 3, 2), 'majority'],
    ['three who shared many items of two classes', rows(30, 3, 2), 'dawid-skene'],
    ['three who shared some items of many classes', rows(60, 3, 20), 'one-coin'],
    ['nothing', ratingsOf([]), 'majority'],
    ['three who shared much, and a crowd of passers-by', crowded(40), 'dawid-skene'],
    ['a crowd of passers-by', crowded(0), 'majority'],
  ])('%s', (_, ratings, id) => {
    const { model, why } = chooseModel(ratings);
    expect(model.id).toBe(id);
    expect(why).toContain(model.name);
  });
});

const DATA = process.env.CONCORD_DATA ?? '';

describe.skipIf(DATA === '')(
  '5,000 labels by 83 workers, whether sites are fit for children (Get-Another-Label)',
  () => {
    const lines = (name: string) =>
      readFileSync(join(DATA, 'multi-annotator', name), 'utf8')
        .trim()
        .split(/\r?\n/);
    const accuracy = (model: TruthModel) => {
      const ratings = ratingsOf(
        lines('labels.txt').map((line) => {
          const [annotator, item, label] = line.split('\t') as [string, string, string];
          return { item, annotator, label };
        }),
      );
      const known = new Map(lines('evaluation.txt').map((line) => line.split('\t') as [string, string]));
      const { label } = truthOf(model, ratings);
      const right = ratings.itemNames.filter(
        (item, at) => ratings.categoryNames[label[at]!] === known.get(item),
      ).length;
      return { right, of: known.size };
    };

    // Counted apart from Concord, in Python: the most frequent label of each site (none has a tie), and EM with dictionaries, which after
    // 28 iterations is right 712 times, with a log likelihood of -2094.7560.
    test('majority and Dawid-Skene', () => {
      expect(accuracy(majority)).toEqual({ right: 696, of: 1_000 });
      expect(accuracy(dawidSkene)).toEqual({ right: 712, of: 1_000 });
    });

    test('every model runs', () => {
      for (const model of truthModels) expect(accuracy(model).right).toBeGreaterThan(650);
    });
  },
);
