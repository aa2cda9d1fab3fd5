import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';
import type { AuthorId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { Projection } from '#core/projection/projection';
import { Assignment } from '#core/workflow/assignment';
import { nextOpen } from '#workers/project/next-open';

/** The founder, three annotators, and one who may only look. */
const AUTHORS = [1, 2, 3, 4, 5].map((n) => toBase32(new Uint8Array(32).fill(n * 41)));
const [ME, ...OTHERS] = AUTHORS as [AuthorId, ...AuthorId[]];
const LABELERS = AUTHORS.slice(0, 4);
const ITEMS = Array.from({ length: 14 }, (_, n) => itemId({ kind: 'text', text: `item ${n}` }));

const answer = fc.record({ by: fc.nat(4), item: fc.nat(ITEMS.length - 1), skips: fc.boolean() });
const claim = fc.record({ by: fc.nat(4), item: fc.nat(ITEMS.length) });
const request = fc.record({
  from: fc.integer({ min: -1, max: ITEMS.length - 1 }),
  direction: fc.constantFrom('next' as const, 'previous' as const),
  count: fc.nat(ITEMS.length),
});
type Answer = typeof answer extends fc.Arbitrary<infer T> ? T : never;

/** A project of these members, in which these answers were given. */
function projectOf(others: readonly AuthorId[], wanted: number, answers: readonly Answer[]): Projection {
  const projection = new Projection(ME);
  const seqs = new Map<AuthorId, number>();
  const commit = (author: AuthorId, ...events: LogEvent[]): void => {
    const seq = seqs.get(author) ?? 0;
    seqs.set(author, seq + 1);
    projection.apply(author, { seq, prev: null, lamport: seq + 1, time: 1, events, sig: new Uint8Array(64) });
  };
  const bytes = new Uint8Array(32);
  commit(
    ME,
    { type: 'project.founded', version: 1, name: 'p', founder: 'F', recovery: bytes, nonce: new Uint8Array(16) },
    { type: 'settings.changed', settings: { minAnnotators: wanted } },
    { type: 'items.added', chunk: 'a', count: ITEMS.length },
    ...others.map((author): LogEvent => {
      const role = LABELERS.includes(author) ? 'annotator' : 'viewer';
      return { type: 'member.changed', author, role, asOf: { seq: -1, hash: bytes } };
    }),
  );
  projection.addChunk('a', ITEMS);
  for (const { by, item: at, skips } of answers) {
    const item = ITEMS[at]!;
    commit(
      AUTHORS[by]!,
      skips
        ? { type: 'item.skipped', item, leadMs: 1 }
        : { type: 'annotation.submitted', item, values: {}, schema: 1, leadMs: 1, from: 'person' },
    );
  }
  return projection;
}

/** Open items around another one, by trying each place. */
function openAround(projection: Projection, from: number, direction: 'next' | 'previous'): number[] {
  const step = direction === 'next' ? 1 : -1;
  const start = from < 0 && step < 0 ? ITEMS.length : from;
  const places = ITEMS.map((_, distance) => start + step * (distance + 1));
  return places
    .map((place) => projection.order[(place + 2 * ITEMS.length) % ITEMS.length]!)
    .filter((row) => projection.isOpen(row) && row !== projection.find(ITEMS[from] ?? ''));
}

/** Hundreds of projects take seconds on a busy machine. */
const PATIENT = { timeout: 60_000 };

test(
  'whoever is alone takes open items in the order of the project, around from where they are (seed 91)',
  PATIENT,
  () => {
    fc.assert(
      fc.property(fc.array(answer), request, (answers, { from, direction, count }) => {
        const own = answers.map((given) => ({ ...given, by: 0 }));
        const projection = projectOf([], 1, own);
        const row = projection.find(ITEMS[from] ?? '');
        const found = nextOpen({ projection, author: ME }, row, { direction, count }, []);
        expect(found).toEqual(openAround(projection, from, direction).slice(0, count));
      }),
      { seed: 91, numRuns: 300 },
    );
  },
);

test('among others, their own items come first, and none that enough have or are at (seed 92)', PATIENT, () => {
  const wanted = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(wanted, fc.array(answer), fc.array(claim), request, (wanted, answers, claimed, asked) => {
      const { from, direction, count } = asked;
      const projection = projectOf(OTHERS, wanted, answers);
      const claims = claimed.map(({ by, item }) => ({ author: AUTHORS[by]!, item: ITEMS[item] ?? 'unknown' }));
      const takers = (row: number): AuthorId[] =>
        LABELERS.filter(
          (author) =>
            author !== ME &&
            (projection.annotations(row).some((annotation) => annotation.author === author) ||
              claims.some((claim) => claim.author === author && claim.item === projection.id(row))),
        );
      const rankOf = (author: AuthorId, row: number) => new Assignment(author, LABELERS).rank(projection.idBits(row));
      const isMine = (row: number): boolean => {
        const left = LABELERS.filter((author) => !takers(row).includes(author));
        left.sort((a, b) => rankOf(a, row) - rankOf(b, row));
        return left.slice(0, wanted - takers(row).length).includes(ME);
      };
      const free = openAround(projection, from, direction).filter((row) => takers(row).length < wanted);
      const others = free.filter((row) => !isMine(row));
      const score = (row: number) => new Assignment(ME, LABELERS).score(projection.idBits(row));
      others.sort((a, b) => rankOf(ME, a) - rankOf(ME, b) || score(b) - score(a));
      const found = nextOpen(
        { projection, author: ME },
        projection.find(ITEMS[from] ?? ''),
        { direction, count },
        claims,
      );
      expect(found).toEqual([...free.filter(isMine), ...others].slice(0, count));
    }),
    { seed: 92, numRuns: 500 },
  );
});
