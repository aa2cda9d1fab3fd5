import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Session } from '#workers/project/session';
import { changeMember } from '#workers/project/people/members';
import { value } from '../support/devices';
import { meetAll, passOn } from '../support/passing-on';
import { projectDigest } from '../support/project-digest';
import { label, shareItems, team } from '../support/team';

const who = fc.nat(2);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('label' as const), who, item: fc.nat(7), label: fc.constantFrom('x', 'y') }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('meet' as const),
      from: who,
      to: who,
      slice: fc.integer({ min: 1, max: 4 }),
      isReversed: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      who: fc.integer({ min: 1, max: 2 }),
      role: fc.constantFrom('none', 'viewer', 'reviewer'),
      work: fc.constantFrom('kept', 'set-aside'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), who, isKilled: fc.boolean() }) },
);

describe('Devices that take in what others have', () => {
  test('end with the same, whatever came first, and as one that reads everything from its store (seed 40)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 6, maxLength: 24 }), async (haveMet, steps) => {
        const { id, devices, sessions } = await team(2);
        await shareItems(sessions);
        if (haveMet) await meetAll(sessions);
        for (const step of steps) {
          if (step.do === 'label') {
            // Refused where this author is no member as far as they know: nothing is lost by that.
            await label(sessions[step.who]!, step.item, step.label);
          } else if (step.do === 'meet') {
            if (step.from === step.to) continue;
            const order = step.isReversed ? (authors: string[]) => authors.reverse() : undefined;
            await passOn(sessions[step.from]!, sessions[step.to]!, { slice: step.slice, ...(order && { order }) });
          } else if (step.do === 'change') {
            const member = sessions[step.who]!.author;
            const [owner] = sessions as [Session];
            if (owner.projection.standing(member) !== 'none')
              value(await changeMember(owner, member, { role: step.role, work: step.work }));
          } else {
            const session = sessions[step.who]!;
            if (step.isKilled) {
              await session.idle();
              session.store.close();
            } else await session.close();
            sessions[step.who] = await devices[step.who]!.open(id);
          }
        }
        // Who was opened again before the items were announced has not read them yet.
        await shareItems(sessions);
        await meetAll(sessions);
        const digests = sessions.map(projectDigest);
        expect(digests[1]).toEqual(digests[0]);
        expect(digests[2]).toEqual(digests[0]);
        const { store } = sessions[0]!;
        await store.checkpoints.clear();
        store.close();
        const again = await devices[0]!.open(id);
        expect(projectDigest(again)).toEqual(digests[0]);
        for (const session of [again, ...sessions.slice(1)]) await session.close();
      }),
      { numRuns: 12, seed: 40 },
    );
  }, 60_000);
});
