import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { boxAgreement } from '#core/agreement/regions/box-agreement';
import { matchedUnits } from '#core/agreement/regions/matched-units';
import { setAgreement } from '#core/agreement/sets/set-agreement';
import { expectedBetweenSets } from '#core/agreement/sets/expected-between-sets';
import { jaccard, masi } from '#core/agreement/sets/set-distance';
import { leastDisorder } from '#core/agreement/spans/best-alignment';
import { closestSpans } from '#core/agreement/spans/closest-spans';
import { exactMatches } from '#core/agreement/spans/exact-matches';
import { overlapMatches } from '#core/agreement/spans/overlap-matches';
import { partialCredit } from '#core/agreement/spans/partial-credit';
import { spanList, type SpanList } from '#core/agreement/spans/span-list';
import { unitDissimilarity, type Unit } from '#core/agreement/spans/unit-dissimilarity';
import { unitizingDisagreement } from '#core/agreement/spans/unitizing-alpha';
import type { AgreementOptions } from '#core/agreement/structured/agreement';
import { ClassNumbers } from '#core/agreement/structured/class-numbers';
import { levenshtein } from '#core/agreement/texts/levenshtein';
import { polygonArea, polygonIntersectionArea } from '#core/geometry/polygon';
import { intersectionOverUnion } from '#core/geometry/rotated-rect';
import type { Box, Span } from '#core/model/annotation';
import { answersOf, offering } from '../support/answers';

// On a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const points: AgreementOptions = { interval: 'none', seed: 1, resamples: 0 };
const CLASSES = ['a', 'b', 'c'];
const field = offering(...CLASSES);

/** The best sum of values over all ways to pair members of two lists; by trying everything. */
function bestSum<T>(a: readonly T[], b: readonly T[], worth: (one: T, other: T) => number): number {
  const [first, ...rest] = a;
  if (first === undefined) return 0;
  return b.reduce(
    (best, other, at) => {
      const gained = worth(first, other);
      return gained <= 0 ? best : Math.max(best, gained + bestSum(rest, b.toSpliced(at, 1), worth));
    },
    bestSum(rest, b, worth),
  );
}

/** Krippendorff's alpha from its definition: all pairs of values of a unit, and all pairs of values of all units. */
function slowAlpha<T>(units: readonly (readonly T[])[], distance: (a: T, b: T) => number): number {
  const compared = units.filter(({ length }) => length > 1);
  const all = compared.flat();
  const over = (values: readonly T[]) => {
    let sum = 0;
    for (const [one, a] of values.entries())
      for (const [other, b] of values.entries()) if (one !== other) sum += distance(a, b);
    return sum;
  };
  const observed = compared.reduce((sum, unit) => sum + over(unit) / (unit.length - 1), 0) / all.length;
  return 1 - observed / (over(all) / (all.length * (all.length - 1)));
}

/** Items by four annotators, some of whom did not answer. */
const tableOf = <T>(value: fc.Arbitrary<T>, maxLength: number) =>
  fc.array(fc.array(fc.option(value, { freq: 4 }), { minLength: 4, maxLength: 4 }), { maxLength });

const answered = <T>(table: readonly (readonly (T | null)[])[]): T[][] =>
  table.map((row) => row.filter((value): value is T & NonNullable<T> => value !== null));

const set = fc.subarray(CLASSES);
const jaccardOf = (a: readonly string[], b: readonly string[]) => {
  const union = new Set([...a, ...b]).size;
  return union === 0 ? 0 : 1 - a.filter((id) => b.includes(id)).length / union;
};
const masiOf = (a: readonly string[], b: readonly string[]) => {
  const within = (one: readonly string[], other: readonly string[]) => one.every((id) => other.includes(id));
  if (within(a, b) && within(b, a)) return 0;
  return 1 - (1 - jaccardOf(a, b)) * (within(a, b) || within(b, a) ? 2 / 3 : 1 / 3);
};

describe('sets', () => {
  test('alpha is what its definition says, over all, of pairs and of classes (seed 601)', () => {
    fc.assert(
      fc.property(tableOf(set, 8), (table) => {
        const report = setAgreement(answersOf(table), field, points);
        const same = (estimate: { value: number | null }, expected: number) => {
          if (Number.isFinite(expected)) expect(estimate.value).toBeCloseTo(expected, 9);
          else expect(estimate.value).toBeNull();
        };
        const units = answered(table);
        same(report.coefficients[0]!.estimate, slowAlpha(units, masiOf));
        same(report.coefficients[1]!.estimate, slowAlpha(units, jaccardOf));
        for (const { a, b, items, estimate } of report.pairs) {
          const both = answered(table.map((row) => [row[a]!, row[b]!])).filter(({ length }) => length === 2);
          expect(items).toBe(both.length);
          same(estimate, slowAlpha(both, masiOf));
        }
        for (const { class: id, estimate, labels } of report.classes) {
          const chosen = units.map((unit) => unit.map((value) => value.includes(id)));
          expect(labels).toBe(chosen.flat().filter(Boolean).length);
          same(
            estimate,
            slowAlpha(chosen, (one, other) => (one === other ? 0 : 1)),
          );
        }
      }),
      { seed: 601, numRuns: 300 },
    );
  });

  // Of more than 200 sets the tangent stands in for the sum; at the counts observed it is exact, and near them nearly so.
  test.each([jaccard, masi])('expected disagreement of many sets: $id', (distance) => {
    const sets = Array.from({ length: 400 }, (_, at) => CLASS_NUMBERS.filter((bit) => ((at + 1) >> bit) & 1));
    const observed = Float64Array.from(sets, (_, at) => 1 + (at % 5));
    const slow = (counts: Float64Array) => {
      let sum = 0;
      for (const [one, a] of sets.entries())
        for (const [other, b] of sets.entries()) {
          const shared = a.filter((id) => b.includes(id)).length;
          sum += counts[one]! * counts[other]! * distance.of(shared, a.length, b.length);
        }
      return sum;
    };
    const expected = expectedBetweenSets(sets, observed, distance);
    expect(expected(observed) / slow(observed)).toBeCloseTo(1, 12);
    // A twentieth more of everything is 1.05^2 as much; the tangent says 1.1.
    const more = observed.map((count) => count * 1.05);
    expect(expected(more) / slow(more)).toBeCloseTo(1.1 / 1.05 ** 2, 9);
  });
});

const CLASS_NUMBERS = Array.from({ length: 9 }, (_, at) => at);

const numbers = new ClassNumbers(field);
const anySpan: fc.Arbitrary<Span> = fc
  .record({ class: fc.constantFrom('a', 'b'), start: fc.nat(14), length: fc.integer({ min: 1, max: 7 }) })
  .map(({ class: id, start, length }) => ({ id: '', class: id, start, end: start + length }));
const spans = fc.array(anySpan, { maxLength: 6 });
const shared = (a: Span, b: Span) => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
const isEqual = (a: Span, b: Span) => a.class === b.class && a.start === b.start && a.end === b.end;
const union = (a: Span, b: Span) => a.end - a.start + (b.end - b.start) - shared(a, b);
const isOneToOne = (matches: readonly (readonly [number, number])[]) =>
  new Set(matches.map(([one]) => one)).size === matches.length &&
  new Set(matches.map(([, other]) => other)).size === matches.length;

describe('spans', () => {
  test('are paired as well as any choice of pairs does (seed 602)', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const [one, other] = [spanList(a, numbers), spanList(b, numbers)];
        const overlap = overlapMatches(one, other);
        expect(isOneToOne(overlap)).toBe(true);
        expect(overlap).toHaveLength(bestSum(a, b, (x, y) => (x.class === y.class && shared(x, y) > 0 ? 1 : 0)));
        expect(overlapMatches(other, one)).toHaveLength(overlap.length);
        expect(exactMatches(one, other)).toHaveLength(bestSum(a, b, (x, y) => (isEqual(x, y) ? 1 : 0)));
        const partial = (x: Span, y: Span) => (isEqual(x, y) ? 1 : x.class === y.class && shared(x, y) > 0 ? 0.5 : 0);
        expect(partialCredit(one, other)).toBe(bestSum(a, b, partial));
        const closest = closestSpans(one, other);
        expect(isOneToOne(closest)).toBe(true);
        const similarity = (x: Span, y: Span) => (shared(x, y) / union(x, y) >= 0.5 ? shared(x, y) / union(x, y) : 0);
        const sum = closest.reduce(
          (total, [left, right]) => total + similarity(back(one, left), back(other, right)),
          0,
        );
        expect(sum).toBeCloseTo(bestSum(a, b, similarity), 6);
      }),
      { seed: 602, numRuns: 500 },
    );
  });

  test('are compared section by section in unitizing alpha (seed 603)', () => {
    fc.assert(
      fc.property(
        fc.array(spans, { minLength: 2, maxLength: 3 }),
        fc.integer({ min: 21, max: 30 }),
        (people, length) => {
          const lists = people.map((value) =>
            spanList(
              value.map(({ start, ...one }) => ({ ...one, start, end: start + 1 })),
              numbers,
            ),
          );
          const { observed, expected } = unitizingDisagreement(lists, length);
          const slow = slowUnitizing(
            people.map((value) => value.map(({ class: id, start }) => ({ id, start }))),
            length,
          );
          expect(observed).toBeCloseTo(slow, 9);
          expect(unitizingDisagreement(lists.toReversed(), length).expected).toBeCloseTo(expected, 9);
          expect(expected > 0).toBe(people.flat().length > 0);
        },
      ),
      { seed: 603, numRuns: 200 },
    );
  });
});

const back = ({ starts, ends, classes }: SpanList, at: number): Span => ({
  ...{ id: '', class: numbers.ids[classes[at]!]!, start: starts[at]!, end: ends[at]! },
});

/** Observed disagreement where every unit is one position long: each that another person did not mark differs by 1 from their gap. */
function slowUnitizing(people: readonly (readonly { id: string; start: number }[])[], length: number): number {
  let sum = 0;
  for (const [at, one] of people.entries()) {
    for (const [place, other] of people.entries()) {
      if (at === place) continue;
      for (const id of ['a', 'b'])
        for (let position = 0; position < length; position++) {
          const marked = (person: typeof one) => person.some((unit) => unit.id === id && unit.start === position);
          if (marked(one) !== marked(other)) sum++;
        }
    }
  }
  return sum / (people.length * (people.length - 1) * length ** 2);
}

/** Disorder of the best alignment, by trying every way to put each unit of the annotators, one after the other, to others or alone. */
function slowDisorder(annotators: readonly (readonly Unit[])[]): number {
  const pairs = (annotators.length * (annotators.length - 1)) / 2;
  const cost = (group: readonly (Unit | null)[]) => {
    let sum = 0;
    for (const [at, u] of group.entries())
      for (const v of group.slice(at + 1)) sum += u === null || v === null ? 1 : unitDissimilarity(u, v);
    return sum / pairs;
  };
  const best = (groups: readonly (readonly (Unit | null)[])[], who: number, at: number): number => {
    if (who === annotators.length) return groups.reduce((sum, group) => sum + cost(group), 0);
    const unit = annotators[who]![at];
    if (unit === undefined) return best(groups, who + 1, 0);
    const alone = annotators.map((_, person) => (person === who ? unit : null));
    const ways = groups.flatMap((group, place) =>
      group[who] === null ? [best(groups.with(place, group.with(who, unit)), who, at + 1)] : [],
    );
    return Math.min(best([...groups, alone], who, at + 1), ...ways);
  };
  return best([], 0, 0) / (annotators.flat().length / annotators.length);
}

const unit = fc
  .record({ class: fc.nat(1), start: fc.nat(12), length: fc.integer({ min: 2, max: 8 }) })
  .map(({ class: id, start, length }): Unit => ({ class: id, start, end: start + length }));

describe('gamma', () => {
  test('has the best alignment of all (seed 610)', () => {
    const people = fc.oneof(
      fc.array(fc.array(unit, { maxLength: 4 }), { minLength: 2, maxLength: 2 }),
      fc.array(fc.array(unit, { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
      fc.array(fc.array(unit, { maxLength: 2 }), { minLength: 4, maxLength: 4 }),
    );
    fc.assert(
      fc.property(people, (annotators) => {
        fc.pre(annotators.flat().length > 0);
        const disorder = leastDisorder(annotators, { left: 1e6 });
        expect(disorder).toBeCloseTo(slowDisorder(annotators), 9);
        expect(leastDisorder(annotators.toReversed(), { left: 1e6 })).toBeCloseTo(disorder!, 9);
      }),
      { seed: 610, numRuns: 120 },
    );
  });
});

const anyBox: fc.Arbitrary<Box> = fc
  .record({
    class: fc.constantFrom('a', 'b'),
    x: fc.integer({ min: 0, max: 12 }),
    y: fc.integer({ min: 0, max: 4 }),
    width: fc.integer({ min: 4, max: 9 }),
    height: fc.integer({ min: 4, max: 9 }),
    rotation: fc.constantFrom(0, 0, 0, 30, 90),
  })
  .map((one) => ({ id: '', ...one }));
const boxes = fc.array(anyBox, { maxLength: 5 });

describe('boxes', () => {
  test('are matched as well as any choice of pairs does, in either direction (seed 604)', () => {
    fc.assert(
      fc.property(boxes, boxes, fc.constantFrom(0.3, 0.5, 0.75), (a, b, threshold) => {
        const options = { ...points, threshold };
        const report = boxAgreement(answersOf([[a, b]]), field, options);
        const iou = (one: Box, other: Box) => {
          const value = intersectionOverUnion(one, other);
          return value >= threshold ? value : 0;
        };
        const [f1, anyClass, mean] = report.coefficients.map(({ estimate }) => estimate.value);
        if (a.length + b.length === 0) expect([f1, anyClass, mean]).toEqual([null, null, null]);
        else {
          const pairs = Math.round((anyClass! * (a.length + b.length)) / 2);
          expect((mean ?? 0) * pairs).toBeCloseTo(bestSum(a, b, iou), 6);
          expect(f1).toBeLessThanOrEqual(1);
          const swapped = boxAgreement(answersOf([[b, a]]), field, options).coefficients[2]!.estimate.value;
          expect(swapped === null ? null : swapped * pairs).toEqual(
            mean === null ? null : expect.closeTo(mean! * pairs, 6),
          );
        }
        const same = boxAgreement(answersOf([[a, a]]), field, options).coefficients[0]!.estimate.value;
        expect(same).toBe(a.length === 0 ? null : 1);
      }),
      { seed: 604, numRuns: 300 },
    );
  });

  const match = fc.record({
    a: fc.integer({ min: 0, max: 3 }),
    b: fc.integer({ min: 0, max: 3 }),
    one: fc.nat(3),
    other: fc.nat(3),
    similarity: fc.double({ min: 0.5, max: 1, noNaN: true }),
  });
  test('in one group are of different people, and every region is in one group at most (seed 605)', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 12 }), (found) => {
        const matches = found.filter(({ a, b }) => a < b);
        const groups = matchedUnits(matches);
        for (const group of groups) {
          expect(group.length).toBeGreaterThan(1);
          expect(new Set(group.map(({ answer }) => answer)).size).toBe(group.length);
        }
        const members = groups.flat().map(({ answer, place }) => `${answer} ${place}`);
        expect(new Set(members).size).toBe(members.length);
        // The best match of all is always kept.
        const best = matches.toSorted((one, other) => other.similarity - one.similarity)[0];
        if (best !== undefined) {
          const holds = groups.some(
            (group) =>
              group.some(({ answer, place }) => answer === best.a && place === best.one) &&
              group.some(({ answer, place }) => answer === best.b && place === best.other),
          );
          expect(holds).toBe(true);
        }
      }),
      { seed: 605, numRuns: 300 },
    );
  });
});

/** A polygon around a centre, its corners at ascending angles: simple, and mostly concave. */
const star = fc
  .record({
    x: fc.integer({ min: 3, max: 9 }),
    y: fc.integer({ min: 3, max: 9 }),
    radii: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 9 }),
    isReversed: fc.boolean(),
  })
  .map(({ x, y, radii, isReversed }) => {
    const corners = radii.map((radius, at) => {
      const angle = (2 * Math.PI * at) / radii.length + 0.1;
      return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
    });
    return { centre: { x, y }, corners: isReversed ? corners.reverse() : corners };
  });
type Corners = readonly { readonly x: number; readonly y: number }[];

/** Area that two triangles share: one of them cut along the sides of the other (Sutherland and Hodgman 1974). */
function triangleArea(a: Corners, b: Corners): number {
  const turn = (from: Corners[0], to: Corners[0], at: Corners[0]) =>
    (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
  const sense = Math.sign(turn(b[0]!, b[1]!, b[2]!));
  let rest = [...a];
  for (const [index, to] of b.entries()) {
    const from = b.at(index - 1)!;
    const inside = (at: Corners[0]) => sense * turn(from, to, at);
    rest = rest.flatMap((corner, at) => {
      const before = rest.at(at - 1)!;
      const [x, y] = [inside(before), inside(corner)];
      const share = x / (x - y);
      const cut = { x: before.x + (corner.x - before.x) * share, y: before.y + (corner.y - before.y) * share };
      return [...(x < 0 !== y < 0 ? [cut] : []), ...(y >= 0 ? [corner] : [])];
    });
  }
  return polygonArea(rest);
}

describe('polygons', () => {
  test('share what the triangles around their centres share (seed 606)', () => {
    fc.assert(
      fc.property(star, star, (a, b) => {
        const triangles = ({ centre, corners }: typeof a) =>
          corners.map((corner, at) => [centre, corners.at(at - 1)!, corner]);
        let sum = 0;
        for (const one of triangles(a)) for (const other of triangles(b)) sum += triangleArea(one, other);
        expect(polygonIntersectionArea(a.corners, b.corners)).toBeCloseTo(sum, 9);
      }),
      { seed: 606, numRuns: 300 },
    );
  });

  test('share all with themselves, the same the other way about, and the parts of a cut sum up (seed 607)', () => {
    fc.assert(
      fc.property(star, star, fc.double({ min: 0, max: 12, noNaN: true }), ({ corners: a }, { corners: b }, cut) => {
        expect(polygonIntersectionArea(a, a)).toBeCloseTo(polygonArea(a), 9);
        expect(polygonIntersectionArea(a, b)).toBeCloseTo(polygonIntersectionArea(b, a), 9);
        const half = (left: number, right: number) => [
          { x: left, y: -20 },
          { x: right, y: -20 },
          { x: right, y: 40 },
          { x: left, y: 40 },
        ];
        const parts = polygonIntersectionArea(a, half(-20, cut)) + polygonIntersectionArea(a, half(cut, 40));
        expect(parts).toBeCloseTo(polygonArea(a), 9);
      }),
      { seed: 607, numRuns: 300 },
    );
  });
});

/** The textbook's table, row by row (Wagner and Fischer 1974). */
function slowLevenshtein(a: readonly number[], b: readonly number[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, symbol] of a.entries()) {
    const next = [at + 1];
    for (const [column, other] of b.entries())
      next.push(Math.min(next[column]! + 1, row[column + 1]! + 1, row[column]! + (symbol === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}

describe('texts', () => {
  const symbols = (max: number, maxLength: number) => fc.array(fc.nat(max), { maxLength });

  test('are as far apart as the table of distances says, across blocks of 32 (seed 608)', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(symbols(2, 12), symbols(2, 12)),
          fc.tuple(symbols(3, 120), symbols(3, 120)),
          fc.tuple(symbols(0x10ffff, 40), symbols(0x10ffff, 40)),
        ),
        ([a, b]) => {
          const distance = levenshtein(Uint32Array.from(a), Uint32Array.from(b));
          expect(distance).toBe(slowLevenshtein(a, b));
          expect(levenshtein(Uint32Array.from(b), Uint32Array.from(a))).toBe(distance);
        },
      ),
      { seed: 608, numRuns: 400 },
    );
  });

  test.each([31, 32, 33, 63, 64, 65])('of %i symbols, one replaced or left out in each place', (length) => {
    const a = Uint32Array.from({ length }, (_, at) => at % 7);
    for (let at = 0; at < length; at++) {
      const b = a.slice();
      b[at] = 99;
      expect(levenshtein(a, b)).toBe(1);
      expect(
        levenshtein(
          a,
          a.filter((_, place) => place !== at),
        ),
      ).toBe(1);
    }
  });
});
