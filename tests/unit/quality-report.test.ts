import { describe, expect, test } from 'vitest';
import type { Estimate } from '#core/agreement/estimate';
import { projectReport } from '#core/quality/project-report';
import type { QualityReport } from '#core/quality/quality-report';
import { settleConsensus } from '#core/quality/consensus';
import { choiceField, singleChoice } from '../support/rated-project';
import { ratedProjection, ratedTable, table, type Answered } from '../support/rated-projection';

const report = (rows: readonly string[], classes = ['a', 'b', 'c']): QualityReport =>
  projectReport(ratedTable(classes, rows).projection);

const coefficient = ({ fields }: QualityReport, id: string): Estimate =>
  fields[0]!.coefficients.find((one) => one.id === id)!.estimate;

describe('figures of a question of single choice', () => {
  // Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", C: twelve units, four observers, missing data.
  const KRIPPENDORFF = [
    ...['1 1 . 1', '2 2 3 2', '3 3 3 3', '3 3 3 3', '2 2 2 2', '1 2 3 4'],
    ...['4 4 4 4', '1 1 2 1', '2 2 2 2', '. 5 5 5', '. . 1 1', '. . 3 .'],
  ];

  test('the headline is Krippendorff’s alpha, of the published data 0.743', () => {
    const told = report(KRIPPENDORFF, ['1', '2', '3', '4', '5']);
    const [field] = told.fields;
    expect(field!.headline).toBe('krippendorff-alpha-nominal');
    expect(coefficient(told, field!.headline).value).toBeCloseTo(0.743, 3);
    expect(coefficient(told, 'krippendorff-alpha-interval').value).toBeCloseTo(0.849, 3);
    expect(field).toMatchObject({ items: 12, overlapping: 11, labels: 41, annotators: 4 });
    expect(field!.history.at(-1)).toMatchObject({ labels: 41 });
    expect(field!.history.at(-1)!.value).toBeCloseTo(0.743, 3);
    expect(field!.pairs).toHaveLength(6);
  });

  test('pairs, classes and confusions of a table that can be counted by hand', () => {
    // Of both: a a 2, a b 1, b b 1. Cohen: a_o = 3/4, e = (3/4 * 2/4 + 1/4 * 2/4) = 1/2, kappa = 1/2.
    const told = report(['a a', 'a a', 'a b', 'b b', 'c .']);
    const [field] = told.fields;
    expect(field!.pairs[0]).toMatchObject({ items: 4, estimate: { value: 0.5 } });
    expect(field!.confusion).toEqual([
      { a: 'a', b: 'a', pairs: 2 },
      { a: 'a', b: 'b', pairs: 1 },
      { a: 'b', b: 'b', pairs: 1 },
    ]);
    expect(field!.classes.map(({ class: id, labels }) => [id, labels])).toEqual([
      ['a', 5],
      ['b', 3],
      ['c', 1],
    ]);
    expect(told.annotators.map(({ labels, withOthers }) => [labels, withOthers])).toEqual([
      [5, { value: 0.75, items: 4 }],
      [4, { value: 0.75, items: 4 }],
    ]);
  });

  test('nobody is compared with a consensus that they made themselves', () => {
    const told = report(['a a b', 'b b b', 'a b .', 'a b c']);
    const shares = told.annotators.map(({ author, withConsensus: { right, of } }) => [author, right, of]);
    const ordered = shares.sort().map(([, right, of]) => [right, of]);
    // a a b: of the first two the others are at odds, the third is alone; b b b: all are right; then one other, and others at odds.
    expect(ordered).toEqual([
      [1, 1],
      [1, 1],
      [1, 2],
    ]);
  });
});

describe('what cannot be told has a reason, and never a wrong figure', () => {
  test.each([
    ['one annotator', ['a', 'b', 'a'], ['a', 'b'], 'one annotator'],
    ['one item', ['a b'], ['a', 'b'], 'one item'],
    ['one class', ['a a', 'a a', 'a a'], ['a', 'b'], 'one class'],
    ['no overlap', ['a .', '. b', 'a .'], ['a', 'b'], 'No item'],
    ['all missing', ['. .', '. .'], ['a', 'b'], 'no labels'],
  ])('%s', (_, rows, classes, words) => {
    const told = report(rows, classes);
    const estimate = coefficient(told, 'krippendorff-alpha-nominal');
    expect(estimate.value).toBeNull();
    expect((estimate as { reason: string }).reason).toContain(words);
    isPlain(told);
  });

  test('an annotator with one label is accused of nothing', () => {
    const rows = Array.from({ length: 60 }, (_, n) => (n === 0 ? 'a a b' : n % 2 === 0 ? 'a a .' : 'b b .'));
    const told = report(rows, ['a', 'b']);
    expect(told.annotators.flatMap(({ concerns }) => concerns)).toEqual([]);
    isPlain(told);
  });

  test('1,000 classes', { timeout: 60_000 }, () => {
    const classes = Array.from({ length: 1_000 }, (_, n) => `class ${n}`.replaceAll(' ', '-'));
    const rows = Array.from({ length: 300 }, (_, n) => {
      const one = classes[(n * 37) % 1_000]!;
      return `${one} ${n % 5 === 0 ? classes[(n * 11 + 1) % 1_000]! : one} ${one}`;
    });
    isPlain(report(rows, classes));
  });

  test('labels with line breaks and commas, and numbers that are none', () => {
    const names = ['a,\nb', '"', 'NaN'];
    const answers = [0, 1, 2, 0, 1, 0].flatMap((one, item): Answered[] =>
      [0, 1, 2].map((by) => ({ by, item, values: { label: [names[(one + (by === 2 && item > 3 ? 1 : 0)) % 3]!] } })),
    );
    const { projection } = ratedProjection({ people: 3, items: 6, schema: singleChoice(names), answers });
    const told = projectReport(projection);
    isPlain(told);
    expect(coefficient(told, 'krippendorff-alpha-nominal').value).not.toBeNull();
    // Names have no order, so that nothing is said of ordered classes.
    expect(told.fields[0]!.coefficients.map(({ id }) => id)).not.toContain('krippendorff-alpha-ordinal');
  });

  test('a class that the schema does not have', () => {
    const told = report(['a a', 'x a', 'x x', 'b b'], ['a', 'b']);
    isPlain(told);
    expect(told.fields[0]!.confusion).toContainEqual({ a: 'x', b: 'x', pairs: 1 });
  });

  test('no question at all', () => {
    const { projection } = ratedProjection({
      people: 1,
      items: 2,
      schema: { version: 1, guidelines: '', fields: [] },
      answers: [],
    });
    isPlain(projectReport(projection));
  });
});

describe('what sets people apart', () => {
  test('whoever is wrong much more often than the others is told, with figures', () => {
    const people = 5;
    const answers = Array.from({ length: 80 }, (_, item): Answered[] =>
      Array.from({ length: people }, (_, by) => {
        const truth = item % 3;
        const isWrong = by === 4 ? item % 2 === 0 : item % 20 === by;
        return { by, item, values: { label: ['a', 'b', 'c'].slice((truth + (isWrong ? 1 : 0)) % 3).slice(0, 1) } };
      }),
    ).flat();
    const { projection, authors } = ratedProjection({
      people,
      items: 80,
      schema: singleChoice(['a', 'b', 'c']),
      answers,
    });
    const told = projectReport(projection).annotators;
    const accused = told.filter(({ concerns }) => concerns.length > 0);
    expect(accused.map(({ author }) => author)).toEqual([authors[5]]);
    expect(accused[0]!.concerns[0]).toMatch(/^Agrees with the others’ consensus on \d+ % of \d+ items/);
  });

  test('whoever answers faster than anybody can look', () => {
    const answers = Array.from({ length: 60 }, (_, item): Answered[] => [
      { by: 0, item, values: { label: [item % 2 ? 'a' : 'b'] }, leadMs: 5_000 },
      { by: 1, item, values: { label: [item % 2 ? 'a' : 'b'] }, leadMs: item % 2 ? 200 : 5_000 },
    ]).flat();
    const { projection } = ratedProjection({ people: 2, items: 60, schema: singleChoice(['a', 'b']), answers });
    const told = projectReport(projection).annotators;
    // The median is 5 s, a fifth of it 1 s.
    expect(told.map(({ rushed }) => rushed).sort()).toEqual([0, 30]);
    expect(told.flatMap(({ concerns }) => concerns)).toEqual([
      '30 of 60 answers took less than 1 s, too short to look.',
    ]);
  });

  test('answers to items that were asked again are compared with those before', () => {
    const { projection, answer } = ratedTable(['a', 'b'], ['a a', 'b b', 'a a']);
    answer({ by: 0, item: 0, values: { label: ['a'] }, from: 'again' });
    answer({ by: 0, item: 1, values: { label: ['a'] }, from: 'again' });
    const told = projectReport(projection).annotators;
    expect(told.map(({ withSelf: { right, of } }) => [right, of]).sort()).toEqual([
      [0, 0],
      [1, 2],
    ]);
  });

  test('resolutions are what experts say', () => {
    const { projection, apply, authors, items } = ratedTable(['a', 'b'], ['a b', 'b b']);
    apply(authors[0]!, { type: 'item.resolved', item: items[0]!, values: { label: ['b'] } });
    const told = projectReport(projection).annotators;
    expect(told.map(({ withExperts: { right, of } }) => [right, of]).sort()).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });
});

describe('consensus of a project', () => {
  test('is the same whatever order the logs come in', () => {
    const given = table('a a b', 'b b b', 'c a a', 'a . b', 'b c .');
    const one = ratedProjection({ ...given, schema: singleChoice(['a', 'b', 'c']) });
    const other = ratedProjection({
      ...given,
      schema: singleChoice(['a', 'b', 'c']),
      answers: [...given.answers].sort((a, b) => b.by - a.by),
    });
    for (const { projection } of [one, other]) settleConsensus(projection);
    const state = ({ projection, items }: typeof one) =>
      items.map((id) => {
        const item = projection.find(id);
        return [projection.status(item), projection.pool.read(projection.label(item)), projection.confidence(item)];
      });
    expect(state(one)).toEqual(state(other));
  });

  test('nothing completes by itself while people agree too little', () => {
    // Alpha of this is far below 0.75; of the items that both answered alike none completes.
    const { projection, items, apply, authors } = ratedTable(['a', 'b'], ['a a', 'a b', 'b a', 'b b', 'a b']);
    settleConsensus(projection);
    expect(projection.isHeld).toBe(true);
    expect(projection.status(projection.find(items[0]!))).toBe('in-review');
    apply(authors[0]!, { type: 'settings.changed', settings: { agreementThreshold: 0 } });
    settleConsensus(projection);
    expect(projection.isHeld).toBe(false);
  });

  test('a single annotation stands as it is, and items that are unsure are flagged where the project asks for that', () => {
    const { projection, items } = ratedTable(['a', 'b'], ['a b', 'b b', 'a .'], { autoFlagLowConfidence: true });
    settleConsensus(projection);
    const rows = items.map((id) => projection.find(id));
    expect(rows.map((item) => projection.isFlagged(item))).toEqual([true, false, false]);
    expect(projection.pool.read(projection.label(rows[2]!))).toEqual({ label: ['a'] });
  });

  test('of several questions each has its own model', () => {
    const schema = {
      ...{ version: 1, guidelines: '' },
      fields: [choiceField('kind', 'Kind', ['a', 'b']), choiceField('mood', 'Mood', ['x', 'y'])],
    };
    const said = (kind: string, mood?: string) => ({ kind: [kind], ...(mood !== undefined && { mood: [mood] }) });
    const answers: Answered[] = [
      { by: 0, item: 0, values: said('a', 'x') },
      { by: 1, item: 0, values: said('a', 'y') },
      { by: 2, item: 0, values: said('b', 'y') },
      { by: 0, item: 1, values: said('b') },
      { by: 1, item: 1, values: said('b') },
    ];
    const { projection, items } = ratedProjection({ people: 3, items: 2, schema, answers });
    settleConsensus(projection);
    const labels = items.map((id) => projection.pool.read(projection.label(projection.find(id))));
    expect(labels).toEqual([said('a', 'y'), said('b')]);
  });
});

/** Only what JSON carries as it is: no NaN, no infinity, no undefined. */
function isPlain(told: QualityReport): void {
  expect(JSON.parse(JSON.stringify(told))).toEqual(told);
}
