import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Authority } from '#core/log/authority';
import type { AuthorityFact } from '#core/log/authority-fact';
import type { ControlEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';

const key = (seed: number) => new Uint8Array(32).fill(seed);
const [FOUNDER, ...OTHERS] = [1, 2, 3, 4, 5].map((seed) => toBase32(key(seed)));
const AUTHORS = [FOUNDER!, ...OTHERS];
const STRANGER = toBase32(key(6));
const LENGTH = 8;
const proofs = { holds: () => true };

const author = fc.constantFrom(...AUTHORS);
const role = fc.constantFrom('owner', 'reviewer', 'annotator', 'viewer', 'none');
const invite = fc.constantFrom(key(11), key(12));
const event = fc.oneof(
  fc.record({ type: fc.constant('owner.added'), author, name: fc.constant('') }),
  fc.record({
    type: fc.constant('member.changed'),
    author,
    role,
    asOf: fc.record({ seq: fc.integer({ min: -1, max: LENGTH }), hash: fc.constant(key(0)) }),
  }),
  fc.record({ type: fc.constant('invite.issued'), invite, role: fc.constantFrom('reviewer', 'annotator', 'viewer') }),
  fc.record({ type: fc.constant('invite.withdrawn'), invite, admitted: fc.subarray(AUTHORS) }),
  fc.record({ type: fc.constant('member.joined'), invite, proof: fc.constant(key(0)) }),
) as fc.Arbitrary<ControlEvent>;
const recovery = author.map((who): ControlEvent => ({ type: 'owner.added', author: who, name: '', proof: key(0) }));

const founded: AuthorityFact = {
  author: FOUNDER!,
  seq: 0,
  index: 0,
  event: { type: 'project.founded', version: 1, name: '', founder: '', recovery: key(10), nonce: key(0) },
};
const factsOf = (by: fc.Arbitrary<string>, of: fc.Arbitrary<ControlEvent>) =>
  fc
    .array(fc.record({ author: by, seq: fc.integer({ min: 1, max: LENGTH }), event: of }), { maxLength: 14 })
    .map((facts): AuthorityFact[] => [founded, ...facts.map((fact, index) => ({ ...fact, index }))]);

const standings = (facts: readonly AuthorityFact[], who: readonly string[] = AUTHORS) => {
  const authority = new Authority(facts, proofs);
  return who.map((name) => Array.from({ length: LENGTH + 2 }, (_, seq) => authority.roleAt(name, seq)));
};

const withRecovery = factsOf(author, fc.oneof({ weight: 6, arbitrary: event }, { weight: 1, arbitrary: recovery }));

test('the order in which control events arrive changes nothing, nor that some arrive twice', () => {
  fc.assert(
    fc.property(
      withRecovery.chain((facts) =>
        fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: 2 * facts.length })),
      ),
      ([facts, shuffled]) => {
        expect(standings(shuffled)).toEqual(standings(facts));
      },
    ),
    { numRuns: 600 },
  );
});

test('whatever somebody says whom no owner admitted, nobody’s standing changes', () => {
  fc.assert(
    fc.property(withRecovery, factsOf(fc.constant(STRANGER), event), (facts, [, ...noise]) => {
      fc.pre(!noise.some(({ event: { type } }) => type === 'member.joined'));
      expect(standings([...facts, ...noise])).toEqual(standings(facts));
    }),
    { numRuns: 600 },
  );
});

test('only the recovery code deposes the founder', () => {
  fc.assert(
    fc.property(factsOf(author, event), (facts) => {
      expect(new Set(standings(facts, [FOUNDER!])[0])).toEqual(new Set(['owner']));
    }),
    { numRuns: 600 },
  );
});

test('every owner was made one by somebody who was an owner then, or by the recovery code', () => {
  fc.assert(
    fc.property(withRecovery, (facts) => {
      const authority = new Authority(facts, proofs);
      for (const name of OTHERS) {
        const isEverOwner = Array.from({ length: LENGTH + 2 }, (_, seq) => authority.roleAt(name, seq)).includes(
          'owner',
        );
        const makers = facts.filter(({ author: by, seq, event: said }) => {
          if (said.type !== 'owner.added' && said.type !== 'member.changed') return false;
          if (said.author !== name) return false;
          if (by === name) return said.type === 'owner.added' && said.proof !== undefined;
          const makes = said.type === 'owner.added' || said.role === 'owner';
          return makes && authority.roleAt(by, seq) === 'owner';
        });
        if (isEverOwner) expect(makers.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 600 },
  );
});
