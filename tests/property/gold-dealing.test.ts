import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';
import type { AuthorId, ItemId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { DEFAULT_SETTINGS, type GoldSettings } from '#core/model/project';
import { Projection } from '#core/projection/projection';
import { Random } from '#core/random';
import { dealtAt, mixedWithDecoys, orderedFor, TURNS_BETWEEN } from '#core/workflow/gold-dealing';
import { Dealing, type Dealt } from '#workers/project/gold/dealing';
import { nextOpen } from '#workers/project/next-open';
import { SCHEMA } from '../support/schema';

const authorOf = (n: number): AuthorId =>
  toBase32(Uint8Array.from({ length: 32 }, (_, at) => (n * 97 + at * 31) & 255));
const FOUNDER = authorOf(1);
const ME = authorOf(2);
const OTHER = authorOf(3);

interface World {
  readonly projection: Projection;
  readonly items: readonly ItemId[];
  readonly say: (author: AuthorId, ...events: LogEvent[]) => void;
}

/** A project of one question, with two annotators. */
function world(items: number, gold: Partial<GoldSettings>, me: AuthorId = ME): World {
  const projection = new Projection(me);
  const ids = Array.from({ length: items }, (_, n) => itemId({ kind: 'text', text: `item ${n}` }));
  let lamport = 0;
  const say = (author: AuthorId, ...events: LogEvent[]) => {
    const seq = projection.applied(author);
    projection.apply(author, { seq, prev: null, lamport: ++lamport, time: 1, events, sig: new Uint8Array(64) });
  };
  const bytes = new Uint8Array(32);
  say(
    FOUNDER,
    { type: 'project.founded', version: 1, name: 'p', founder: 'F', recovery: bytes, nonce: new Uint8Array(16) },
    { type: 'settings.changed', settings: { gold: { ...DEFAULT_SETTINGS.gold, ...gold } } },
    { type: 'schema.changed', schema: SCHEMA },
    { type: 'items.added', chunk: 'a', count: items },
    ...[ME, OTHER].map((author): LogEvent => {
      return { type: 'member.changed', author, role: 'annotator', asOf: { seq: -1, hash: bytes } };
    }),
  );
  projection.addChunk('a', ids);
  return { projection, items: ids, say };
}

const answering = (item: ItemId, from: 'person' | 'again' = 'person'): LogEvent => {
  return { type: 'annotation.submitted', item, values: { label: ['x'] }, schema: 1, leadMs: 1, from };
};

const walkIn = ({ projection }: World, dealing: Dealing, from: number, count: number, author = ME): Dealt[] =>
  dealing.next(from, count, (most) => nextOpen({ projection, author }, from, { direction: 'next', count: most }, []));

/** Labels as a page does: fetches eight, takes five of them, fetches again from the one on the screen. */
function label(made: World, dealing: Dealing, steps: number): Dealt[] {
  const taken: Dealt[] = [];
  let from = -1;
  while (taken.length < steps) {
    const ahead = walkIn(made, dealing, from, 8);
    if (ahead.length === 0) break;
    for (const dealt of ahead.slice(0, 5)) {
      made.say(ME, answering(made.projection.id(dealt.item), dealt.asked > 0 ? 'again' : 'person'));
      taken.push(dealt);
      from = dealt.item;
    }
  }
  return taken;
}

describe('what an annotator is dealt', () => {
  test('over 10,000 items, the shares are those of the settings, nothing comes twice, and places tell nothing', () => {
    const made = world(10_000, { rate: 0.05, again: 0.03 });
    const probes = new Random(3).shuffled(made.items).slice(0, 1_000);
    made.say(FOUNDER, { type: 'items.dealt', purpose: 'probe', items: probes });
    for (const item of probes) made.say(OTHER, answering(item));
    const isProbe = new Set(probes);
    const taken = label(made, new Dealing({ projection: made.projection, author: ME }), 8_000);
    expect(taken).toHaveLength(8_000);
    const asProbe = taken.flatMap(({ item }, at) => (isProbe.has(made.projection.id(item)) ? [at] : []));
    const asAgain = taken.flatMap(({ asked }, at) => (asked > 0 ? [at] : []));
    // Binomial: 400 and 240 of 8,000 expected, with standard deviations of 19.5 and 15.3; four of them.
    expect(Math.abs(asProbe.length - 400)).toBeLessThan(78);
    expect(Math.abs(asAgain.length - 240)).toBeLessThan(62);
    const once = taken.filter(({ asked }) => asked === 0).map(({ item }) => item);
    expect(new Set(once).size).toBe(once.length);
    const again = taken.filter(({ asked }) => asked > 0).map(({ item }) => item);
    expect(new Set(again).size).toBe(again.length);
    // Gaps between probes are those of coins, not of a clock: of a geometric distribution, the deviation is about the mean.
    const gaps = asProbe.slice(1).map((at, n) => at - asProbe[n]!);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(deviation / mean).toBeGreaterThan(0.8);
    expect(deviation / mean).toBeLessThan(1.2);
    for (const at of asAgain) {
      const before = taken.slice(0, at).findLastIndex(({ item }) => item === taken[at]!.item);
      expect(at - before).toBeGreaterThanOrEqual(TURNS_BETWEEN);
    }
  }, 60_000);

  test('what comes next is the same however far ahead somebody looks, and after a reload', () => {
    const made = world(400, { rate: 0.2, again: 0.2 });
    made.say(FOUNDER, { type: 'items.dealt', purpose: 'probe', items: made.items.slice(100, 200) });
    const dealing = new Dealing({ projection: made.projection, author: ME });
    label(made, dealing, 60);
    const ahead = walkIn(made, dealing, -1, 8);
    expect(walkIn(made, dealing, -1, 3)).toEqual(ahead.slice(0, 3));
    expect(walkIn(made, new Dealing({ projection: made.projection, author: ME }), -1, 8)).toEqual(ahead);
    // From the first of them, which is on the screen and not answered, the others follow.
    expect(walkIn(made, dealing, ahead[0]!.item, 7)).toEqual(ahead.slice(1));
    made.say(ME, answering(made.projection.id(ahead[0]!.item), ahead[0]!.asked > 0 ? 'again' : 'person'));
    expect(walkIn(made, dealing, ahead[0]!.item, 7)).toEqual(ahead.slice(1));
  });

  test('without gold and without asking again, it is the ordinary items (seed 71)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(29)), fc.integer({ min: -1, max: 29 }), fc.nat(30), (answered, at, count) => {
        const made = world(30, {});
        for (const item of new Set(answered)) made.say(ME, answering(made.items[item]!));
        const from = made.projection.find(made.items[at] ?? '');
        const { projection } = made;
        const dealt = walkIn(made, new Dealing({ projection, author: ME }), from, count);
        expect(dealt).toEqual(
          nextOpen({ projection, author: ME }, from, { direction: 'next', count }, []).map((item) => ({
            item,
            asked: 0,
          })),
        );
      }),
      { seed: 71, numRuns: 100 },
    );
  });

  test('owners, who may know the answers, are dealt no probes; when the ordinary items end, so does the rest', () => {
    const made = world(60, { rate: 0.5 }, FOUNDER);
    made.say(FOUNDER, { type: 'items.dealt', purpose: 'probe', items: made.items.slice(0, 30) });
    for (const item of made.items.slice(0, 30)) made.say(OTHER, answering(item));
    const { projection } = made;
    const owner = walkIn(made, new Dealing({ projection, author: FOUNDER }), -1, 60, FOUNDER);
    expect(owner.every(({ item }) => !made.items.slice(0, 30).includes(projection.id(item)))).toBe(true);
    for (const item of made.items.slice(30)) made.say(OTHER, answering(item));
    expect(walkIn(made, new Dealing({ projection, author: ME }), -1, 60)).toEqual([]);
  });

  test('whoever is paused is dealt nothing until they are let go on', () => {
    const made = world(10, {});
    const dealing = new Dealing({ projection: made.projection, author: ME });
    made.say(FOUNDER, { type: 'member.paused', author: ME, reason: '1 of 5 known answers were right' });
    expect(walkIn(made, dealing, -1, 5)).toEqual([]);
    made.say(FOUNDER, { type: 'member.paused', author: ME, reason: '' });
    expect(walkIn(made, dealing, -1, 5)).toHaveLength(5);
  });

  test('nothing that was resolved, or whose answer was told, is asked again', () => {
    const made = world(200, { again: 1 });
    const first = made.items.slice(0, 50);
    for (const item of first) made.say(ME, answering(item));
    for (const item of first.slice(0, 20)) made.say(FOUNDER, { type: 'item.resolved', item, values: { label: ['y'] } });
    const told = first.slice(20, 29).map((item) => ({ item, values: { label: ['y'] }, why: '' }));
    made.say(FOUNDER, { type: 'gold.disclosed', answers: told });
    const dealt = walkIn(made, new Dealing({ projection: made.projection, author: ME }), -1, 1);
    // Of the first 30, which are old enough at turn 50, one is left.
    expect(dealt).toEqual([{ item: made.projection.find(first[29]!), asked: 1 }]);
  });
});

describe('the list of items that everybody is asked', () => {
  const GOLD = Array.from({ length: 40 }, (_, n) => n * 7);
  const OTHERS = Array.from({ length: 400 }, (_, n) => n).filter((n) => !GOLD.includes(n));
  const looks = (item: number) => (item % 3 === 0 ? 'completed' : 'pending');

  test('holds every gold item and as many others that look like them, each once (seed 72)', () => {
    fc.assert(
      fc.property(fc.subarray(GOLD, { minLength: 1 }), fc.integer(), (gold, seed) => {
        const list = mixedWithDecoys({ gold, others: OTHERS, decoys: gold.length }, looks, new Random(seed));
        expect(new Set(list).size).toBe(list.length);
        expect(gold.every((item) => list.includes(item))).toBe(true);
        const count = (items: readonly number[]) => items.filter((item) => looks(item) === 'completed').length;
        const decoys = list.filter((item) => !gold.includes(item));
        expect([decoys.length, count(decoys)]).toEqual([gold.length, count(gold)]);
      }),
      { seed: 72, numRuns: 200 },
    );
  });

  test('tells by no place in it which are gold', () => {
    const firstHalf = Array.from({ length: 2_000 }, (_, seed) => {
      const list = mixedWithDecoys({ gold: GOLD, others: OTHERS, decoys: GOLD.length }, looks, new Random(seed));
      return list.slice(0, GOLD.length).filter((item) => GOLD.includes(item)).length;
    });
    const mean = firstHalf.reduce((sum, n) => sum + n, 0) / firstHalf.length;
    // Hypergeometric: 20 of 40, variance 40/4 * 40/79 = 5.06; of the mean of 2,000, deviation 0.05; four of them.
    expect(Math.abs(mean - 20)).toBeLessThan(0.2);
  });

  test('with too few others it holds what there are', () => {
    const few = { gold: [1, 2, 3], others: [4], decoys: 3 };
    expect(mixedWithDecoys(few, looks, new Random(1)).sort()).toEqual([1, 2, 3, 4]);
    expect(mixedWithDecoys({ gold: [], others: [4], decoys: 0 }, looks, new Random(1))).toEqual([]);
  });
});

test('each author has an order and turns of their own', () => {
  const items = Array.from({ length: 50 }, (_, n) => n);
  const bits = (item: number) => Math.imul(item + 1, 0x9e3779b9) >>> 0;
  const orders = [ME, OTHER, FOUNDER].map((author) => orderedFor(author, items, bits));
  for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(items);
  expect(new Set(orders.map(String)).size).toBe(3);
  expect(orderedFor(ME, [...items].reverse(), bits)).toEqual(orders[0]);
  const turns = (author: AuthorId) => items.map((turn) => dealtAt(author, turn, { rate: 0.3, again: 0.3 })).join(' ');
  expect(turns(ME)).not.toBe(turns(OTHER));
});
