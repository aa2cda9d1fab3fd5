import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase32 } from '#core/model/base32';
import { Assignment } from '#core/workflow/assignment';
import { LabelingCrowd } from '../support/labeling-crowd';

/** Simulated hours take seconds, more on a busy machine. */
const PATIENT = { timeout: 120_000 };

const author = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase32);
const authors = fc.uniqueArray(author, { minLength: 1, maxLength: 12 });
const item = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** The members from the one who ranks first for the item to the last, by what each says of their own rank. */
const ranked = (members: readonly string[], at: number): string[] =>
  members
    .map((member) => ({ member, rank: new Assignment(member, members).rank(at) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ member }) => member);

describe('the ranking of members for an item', () => {
  it('is the same on all devices: each rank belongs to one member (seed 71)', () => {
    fc.assert(
      fc.property(authors, item, (members, at) => {
        const ranks = members.map((member) => new Assignment(member, [...members].reverse()).rank(at));
        expect(ranks.sort((a, b) => a - b)).toEqual(members.map((_, rank) => rank));
      }),
      { seed: 71 },
    );
  });

  it('stays as it was among the others when somebody joins or leaves (seed 72)', () => {
    fc.assert(
      fc.property(authors, item, (members, at) => {
        const [leaving, ...staying] = members;
        expect(ranked(staying, at)).toEqual(ranked(members, at).filter((member) => member !== leaving));
      }),
      { seed: 72 },
    );
  });

  it('deals equal shares: ten members, ten thousand items, within four standard deviations (seed 73)', () => {
    // A share is binomial(10,000; 1/10): mean 1,000, standard deviation 30.
    const crowd = new LabelingCrowd({ seed: 73, items: 10_000, members: 10, wanted: 1 });
    for (const { assignment } of crowd.members) {
      const share = crowd.bits.filter((bits) => assignment.isMine(bits, [], 1)).length;
      expect(Math.abs(share - 1_000)).toBeLessThan(120);
    }
  });
});

describe('whose an item is', () => {
  it('is told by the ranks of those who have not taken it (seed 74)', () => {
    const wanted = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(authors, item, wanted, fc.array(fc.boolean()), (members, at, wanted, takes) => {
        const takers = members.filter((_, place) => takes[place]);
        const left = ranked(members, at).filter((member) => !takers.includes(member));
        const theirs = left.slice(0, Math.max(0, wanted - takers.length));
        for (const member of left) {
          const assignment = new Assignment(member, members);
          expect(assignment.isMine(at, takers, wanted)).toBe(theirs.includes(member));
        }
      }),
      { seed: 74 },
    );
  });
});

describe('ten members at work', () => {
  it.each([1, 2, 3])(
    'give at most 10 of 10,000 items more than %d annotations, and every item as many (seed 81)',
    PATIENT,
    async (wanted) => {
      const crowd = new LabelingCrowd({ seed: 81, items: 10_000, members: 10, wanted });
      await crowd.finish();
      expect(crowd.lacking).toBe(0);
      expect(crowd.excess).toBeLessThanOrEqual(10);
    },
  );

  it.each([1, 2, 3])(
    'five and five apart, label nothing twice before somebody helps others (%d wanted, seed 82)',
    PATIENT,
    async (wanted) => {
      const crowd = new LabelingCrowd({ seed: 82, items: 2_000, members: 10, wanted });
      crowd.split();
      await crowd.finish();
      // Apart they cannot but finish the others' part too: otherwise nothing would have been tested.
      expect(crowd.excess).toBeGreaterThan(100);
      expect(crowd.firstExcess).toBeGreaterThan(crowd.firstHelp);
    },
  );

  it('take each other in again after they were apart (seed 83)', PATIENT, async () => {
    const crowd = new LabelingCrowd({ seed: 83, items: 2_000, members: 10, wanted: 1 });
    crowd.split();
    await crowd.clock.run(400_000);
    expect(crowd.firstHelp).toBe(Infinity);
    crowd.heal();
    await crowd.finish();
    expect(crowd.lacking).toBe(0);
    expect(crowd.excess).toBeLessThanOrEqual(10);
  });

  it('leave nothing lying that a member had before them who died (seed 84)', PATIENT, async () => {
    const crowd = new LabelingCrowd({ seed: 84, items: 2_000, members: 10, wanted: 2 });
    await crowd.clock.run(100_000);
    const dead = crowd.members[3]!;
    const item = dead.item!;
    dead.die();
    await crowd.finish();
    expect((dead.known[item]! >> dead.number) & 1).toBe(0);
    expect(crowd.lacking).toBe(0);
    expect(crowd.excess).toBeLessThanOrEqual(10);
  });

  it.each([1, 2, 3])(
    'divide anew when some join and some leave in the middle (%d wanted, seed 85)',
    PATIENT,
    async (wanted) => {
      const crowd = new LabelingCrowd({ seed: 85, items: 2_000, members: 10, wanted });
      for (const leaving of [2, 5]) {
        await crowd.clock.run(100_000);
        crowd.join();
        await crowd.clock.run(50_000);
        crowd.remove(crowd.members[leaving]!);
      }
      await crowd.finish();
      expect(crowd.lacking).toBe(0);
      expect(crowd.excess).toBeLessThanOrEqual(10);
    },
  );
});
