import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { toBase32 } from '#core/model/base32';
import { DEFAULT_SETTINGS } from '#core/model/project';
import { Assignment } from '#core/workflow/assignment';
import { authorBits, mix } from '#core/workflow/bits';
import { isSampled } from '#core/workflow/review-sampling';
import { stageOf, statusAt, type ItemOnItsWay, type Stage } from '#core/workflow/stage';
import { unsettledBy, wanted, wantedAtFirst } from '#core/workflow/wanted';

const asking = (minAnnotators: number, overlap: number, furtherAnnotators: number) => ({
  minAnnotators,
  workflow: { ...DEFAULT_SETTINGS.workflow, overlap, furtherAnnotators },
});

describe('how many annotations an item wants', () => {
  it('is as many as are asked for its share, and one else', () => {
    expect([0, 0.3, 0.5, 0.99].map((at) => wantedAtFirst(at * 2 ** 32, asking(3, 0.5, 1)))).toEqual([3, 3, 1, 1]);
    expect(wantedAtFirst(2 ** 32 - 1, asking(3, 1, 1))).toBe(3);
    expect(wantedAtFirst(0, asking(3, 0, 1))).toBe(1);
  });

  it('grows by one at a time while they disagree, and no further than is set', () => {
    const counts = [1, 2, 3, 4, 5];
    expect(counts.map((n) => wanted(2, n, 'disputed', asking(2, 1, 2)))).toEqual([2, 3, 4, 4, 4]);
    expect(counts.map((n) => wanted(2, n, 'ambiguous', asking(2, 1, 0)))).toEqual([2, 2, 2, 2, 2]);
    expect(counts.map((n) => wanted(2, n, null, asking(2, 1, 2)))).toEqual([2, 2, 2, 2, 2]);
  });

  it('hangs on agreement first, then on the consensus, and on neither where there is one answer', () => {
    const limits = { agreementThreshold: 0.75, quality: DEFAULT_SETTINGS.quality };
    expect(unsettledBy(2, 0.5, 0.99, limits)).toBe('disputed');
    expect(unsettledBy(2, 0.75, 0.69, limits)).toBe('ambiguous');
    expect(unsettledBy(2, 0.75, NaN, limits)).toBe(null);
    expect(unsettledBy(1, NaN, 0.2, limits)).toBe(null);
  });
});

describe('the stage of an item', () => {
  const item = (changed: Partial<ItemOnItsWay>): ItemOnItsWay => ({
    ...{ isResolved: false, expert: null, peer: null, annotations: 2, wantedAtFirst: 2, isHeld: false },
    ...{ unsettled: () => null, isSampled: () => false },
    ...changed,
  });
  const settings = { ...asking(2, 1, 1), reviewGate: false };

  const CASES: readonly (readonly [Stage, Partial<ItemOnItsWay>])[] = [
    ['done', {}],
    ['label', { annotations: 1 }],
    ['done', { annotations: 0, isResolved: true }],
    ['done', { unsettled: () => 'disputed', expert: 'accepted' }],
    ['label', { annotations: 0, expert: 'accepted' }],
    ['again', { expert: 'rejected', isSampled: () => true }],
    ['further-disputed', { unsettled: () => 'disputed' }],
    ['expert-disputed', { unsettled: () => 'disputed', annotations: 3 }],
    ['further-ambiguous', { unsettled: () => 'ambiguous' }],
    ['expert-ambiguous', { unsettled: () => 'ambiguous', annotations: 3 }],
    ['expert-reworked', { expert: 'reworked' }],
    ['peer', { isSampled: () => true, isHeld: true }],
    ['expert-sampled', { isSampled: () => true, peer: 'accepted' }],
    ['expert-rejected', { peer: 'rejected' }],
    ['expert-held', { isHeld: true }],
  ];
  it.each(CASES)('is %s of %o', (stage, changed) => {
    expect(stageOf(item(changed), settings)).toBe(stage);
  });

  it('is the gate before a sample', () => {
    const gated = { ...settings, reviewGate: true };
    expect(stageOf(item({ isSampled: (by) => by === 'review' }), gated)).toBe('expert-gated');
  });

  it('calls an item disputed while it waits, for whomever', () => {
    const said = { annotations: 2, skips: 0, isPredicted: false };
    expect(statusAt('further-disputed', said)).toBe('disputed');
    expect(statusAt('expert-disputed', said)).toBe('disputed');
    expect(statusAt('again', said)).toBe('in-progress');
    expect(statusAt('peer', said)).toBe('in-review');
  });
});

describe('sampling for review', () => {
  const ITEMS = Array.from({ length: 20_000 }, (_, n) => mix(n));
  const author = toBase32(new Uint8Array(32).fill(7));
  const other = toBase32(new Uint8Array(32).fill(200));

  const intersection = (items: readonly number[], among: ReadonlySet<number>) =>
    items.filter((item) => among.has(item)).length;

  it('draws the share that is set, of every author others', () => {
    // Binomial(20,000; 0.1): mean 2,000, standard deviation 42.
    const drawn = (of: string) => ITEMS.filter((item) => isSampled('review', 0.1, item, authorBits(of)));
    expect(Math.abs(drawn(author).length - 2_000)).toBeLessThan(170);
    // By chance a tenth of the one's is among the other's.
    const both = intersection(drawn(author), new Set(drawn(other)));
    expect(Math.abs(both - 200)).toBeLessThan(60);
  });

  it('is independent of whose item it is, and of the other lot', () => {
    const assignment = new Assignment(author, [author, other]);
    const mine = ITEMS.filter((item) => assignment.isMine(item, [], 1));
    const share = (by: 'peer' | 'review', of: readonly number[]) =>
      of.filter((item) => isSampled(by, 0.1, item, authorBits(author))).length / of.length;
    expect(share('review', mine)).toBeCloseTo(0.1, 1);
    const reviewed = ITEMS.filter((item) => isSampled('review', 0.1, item, authorBits(author)));
    expect(Math.abs(share('peer', reviewed) - 0.1)).toBeLessThan(0.03);
  });

  test('who is in a smaller share is in every larger one (seed 61)', () => {
    const bits = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(bits, bits, fc.double({ min: 0, max: 1, noNaN: true }), (item, by, share) => {
        const isIn = isSampled('review', share, item, by);
        if (isIn) expect(isSampled('review', 1, item, by)).toBe(true);
        else expect(isSampled('review', share / 2, item, by)).toBe(false);
      }),
      { seed: 61 },
    );
  });
});
