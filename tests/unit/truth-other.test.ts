import { describe, expect, test } from 'vitest';
import type { FieldAnswers } from '#core/agreement/field-answers';
import { ratingsOf } from '#core/agreement/ratings-builder';
import { newSpan } from '#core/fields/span';
import type { SpanValue } from '#core/model/annotation';
import { Random } from '#core/random';
import { crowdlab } from '#core/truth/crowdlab';
import { dawidSkene } from '#core/truth/dawid-skene';
import { labelErrors } from '#core/truth/label-errors';
import { majority } from '#core/truth/majority';
import { rover } from '#core/truth/rover';
import { spanTruth } from '#core/truth/span-truth';
import { DEFAULT_TRUTH_OPTIONS } from '#core/truth/truth-model';

const words = (text: string) => text.split(' ').filter((word) => word !== '');

describe('ROVER', () => {
  test.each([
    ['the word that most have', ['the cat sat', 'a cat sat', 'the cat sit'], 'the cat sat'],
    ['what one has lost', ['the cat sat', 'the sat', 'the cat sat'], 'the cat sat'],
    ['not what one has too much', ['the cat sat', 'the black cat sat', 'the cat sat'], 'the cat sat'],
    ['of a tie, the earliest', ['one two', 'one three'], 'one two'],
    ['one sequence as it is', ['one two three'], 'one two three'],
    ['nothing where most say nothing', ['', 'word', ''], ''],
    ['no sequences', [], ''],
    // Edges of the alignment: words before the first slot and behind the last.
    ['words at both ends', ['b c', 'a b c d', 'a b c d'], 'a b c d'],
  ])('keeps %s', (_, texts, expected) => {
    expect(rover(texts.map(words)).join(' ')).toBe(expected);
  });
});

describe('CROWDLAB', () => {
  const ratings = ratingsOf(
    ['1 a x', '1 b x', '1 c y', '2 a y', '2 b y', '3 a x', '3 c x', '4 c y'].map((row) => {
      const [item, annotator, label] = row.split(' ') as [string, string, string];
      return { item, annotator, label };
    }),
  );
  const probabilities = Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.6, 0.4, 0.7, 0.3);
  const result = crowdlab(ratings, probabilities);
  if (!result.ok) throw new Error(result.error.code);
  const truth = result.value;

  /*
   * By hand. Majority: x, y, x; shared are items 1, 2, 3. P = (2/3 + 1 + 1) / 3 = 8/9. Always x errs on 1/3 of them, the classifier
   * never: w_M = sqrt(8/4) = 1.414214. Pairs: a 3 of 4, b 2 of 3, c 1 of 3. w_a = 1 - (1/4) / (1/3) = 0.25; w_b and w_c come out as 0
   * and -1, so they are 1e-6.
   */
  test('weighs annotators and the classifier as the paper does', () => {
    expect(truth.modelWeight).toBeCloseTo(Math.SQRT2, 9);
    expect(Array.from(truth.skill, (skill) => skill.toFixed(4))).toEqual(['0.7500', '0.6667', '0.3333']);
    expect(truth.annotatorWeight[0]).toBeCloseTo(0.25, 9);
    expect(truth.annotatorWeight[2]).toBe(1e-6);
  });

  test('mixes what they say', () => {
    const expected = (Math.SQRT2 * 0.2 + 0.25 * (1 / 9)) / (Math.SQRT2 + 0.25);
    expect(truth.posterior(1)[0]).toBeCloseTo(expected, 5);
    expect([...truth.label]).toEqual([0, 1, 0, 0]);
  });

  test('needs two people who read one item', () => {
    const apart = ratingsOf([
      { item: '1', annotator: 'a', label: 'x' },
      { item: '2', annotator: 'b', label: 'y' },
    ]);
    const alone = crowdlab(apart, Float64Array.of(1, 0, 0, 1));
    expect(alone.ok ? null : alone.error.code).toBe('truth.no-overlap');
  });
});

describe('confident learning', () => {
  /*
   * By hand. Thresholds: of 0 the mean of 0.9, 0.8, 0.1 = 0.6, of 1 the mean of 0.7, 0.8, 0.4 = 0.6333. Item 2 is labelled 0 and
   * confidently 1 (0.9), so one of the three is wrong, the one with 0.1; item 5 reaches only the threshold of 0 (0.6), so one of 1's is.
   */
  const rows = [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.1, 0.9],
    [0.3, 0.7],
    [0.2, 0.8],
    [0.6, 0.4],
  ];
  const fill = (item: number, into: Float64Array) => into.set(rows[item]!);

  test('names those that are confidently something else, the least certain first', () => {
    expect(labelErrors(Int32Array.of(0, 0, 0, 1, 1, 1), 2, fill)).toEqual([
      { item: 2, label: 0, likely: 1, selfConfidence: 0.1 },
      { item: 5, label: 1, likely: 0, selfConfidence: 0.4 },
    ]);
  });

  test('leaves out what has no label, and finds nothing where labels are likeliest', () => {
    expect(labelErrors(Int32Array.of(0, 0, -1, 1, 1, -1), 2, fill)).toEqual([]);
    expect(labelErrors(new Int32Array(0), 2, fill)).toEqual([]);
  });

  test('finds planted errors', () => {
    const random = new Random(4);
    const truths = Array.from({ length: 600 }, () => random.whole(0, 2));
    const planted = new Set(random.shuffled([...truths.keys()]).slice(0, 60));
    const labels = Int32Array.from(truths, (truth, item) => (planted.has(item) ? (truth + 1) % 3 : truth));
    const certainty = truths.map(() => 0.6 + 0.35 * random.unit());
    const found = labelErrors(labels, 3, (item, into) => {
      into.fill((1 - certainty[item]!) / 2);
      into[truths[item]!] = certainty[item]!;
    });
    expect(found.filter(({ item }) => planted.has(item)).length).toBeGreaterThan(50);
    expect(found.filter(({ item }) => !planted.has(item))).toEqual([]);
  });
});

describe('spans by a truth model', () => {
  const span = (id: string, start: number, end: number) => newSpan({ id: '1', class: id, start, end });
  const shown = (value: SpanValue | null) => value?.map(({ class: id, start, end }) => `${id} ${start}-${end}`) ?? null;

  /** What each annotator says of each item; null for nothing. */
  function answersOf(items: readonly (readonly (SpanValue | null)[])[]): FieldAnswers<SpanValue> {
    const answers = items.flatMap((given, item) =>
      given.flatMap((value, who) => (value ? [{ item, who, value }] : [])),
    );
    const start = new Uint32Array(items.length + 1);
    for (const { item } of answers) start[item + 1]!++;
    for (const item of items.keys()) start[item + 1]! += start[item]!;
    return {
      ...{ items: items.length, annotators: Math.max(...items.map((given) => given.length)), start },
      annotator: Uint32Array.from(answers, ({ who }) => who),
      value: Uint32Array.from(answers.keys()),
      values: answers.map(({ value }) => value),
    };
  }

  function truthOf(items: Parameters<typeof answersOf>[0], model = majority) {
    const result = spanTruth(answersOf(items), ['p', 'q'], model, DEFAULT_TRUTH_OPTIONS);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  }

  test('majority: token by token; neighbours stay apart where most begin a new one', () => {
    const { values, confidence } = truthOf([
      [[span('p', 0, 5)], [span('p', 0, 5)], [span('p', 0, 8)]],
      [[span('p', 0, 3), span('p', 3, 6)], [span('p', 0, 3), span('p', 3, 6)], [span('p', 0, 6)]],
      [[span('p', 0, 3)], [span('q', 0, 3)], [span('q', 0, 3)]],
      [[], [], []],
      [null, null, null],
    ]);
    expect(values.map(shown)).toEqual([['p 0-5'], ['p 0-3', 'p 3-6'], ['q 0-3'], [], null]);
    // Tokens 0-5 and 5-8: 3/3 and 2/3.
    expect(confidence[0]).toBeCloseTo(5 / 6, 9);
    expect(confidence[3]).toBe(1);
    expect(confidence[4]).toBeNaN();
  });

  test('Dawid-Skene: who often calls a p a q is understood', () => {
    const items = Array.from({ length: 60 }, (_, at): SpanValue[] => {
      const id = at % 2 === 0 ? 'p' : 'q';
      const truth = [span(id, 0, 4)];
      const swapped = [span(id === 'p' ? 'q' : 'p', 0, 4)];
      return [truth, at % 10 === 0 ? swapped : truth, swapped, at % 7 === 0 ? [] : truth];
    });
    const { values } = truthOf(items, dawidSkene);
    expect(values.map(shown)).toEqual(items.map((_, at) => [`${at % 2 === 0 ? 'p' : 'q'} 0-4`]));
  });

  test('nothing marked anywhere: says that there is nothing', () => {
    const result = spanTruth(answersOf([[[], []]]), ['p'], majority, DEFAULT_TRUTH_OPTIONS);
    expect(result.ok ? null : result.error.code).toBe('truth.empty');
  });
});
