import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { continues, forkEvidence, verifyEach, verifyRun, type LogHead } from '#core/log/chain';
import { decodeCommit, encodeCommit } from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import { decodeCanonical } from '#core/model/canonical';
import { encode } from '@ipld/dag-cbor';
import { comment, extend, foundProject, testAuthor, verify } from '../support/authors';

const author = testAuthor(1);
const LENGTH = 12;
let head: LogHead;
let log: readonly Uint8Array[];
let heads: readonly LogHead[];

beforeAll(async () => {
  ({ head } = await foundProject(author));
  const events: LogEvent[] = [
    comment('é and 👩‍👩‍👧'),
    { type: 'unknown:later', raw: { type: 'later', deep: [{ x: 0.5 }] } },
  ];
  log = (await extend(head, author, Array<LogEvent[]>(LENGTH).fill(events))).commits;
  heads = log.map((_, at) => {
    const run = continues(head, log.slice(0, at));
    if (!run.ok) throw new Error(run.error.message);
    return run.value.head;
  });
});

test('any flipped bit in a run is found, and the commit that holds it is named', async () => {
  const where = fc.record({ commit: fc.nat(LENGTH - 1), byte: fc.nat(), bit: fc.nat(7) });
  await fc.assert(
    fc.asyncProperty(where, async ({ commit, byte, bit }) => {
      const run = log.map((bytes) => new Uint8Array(bytes));
      run[commit]![byte % run[commit]!.length]! ^= 1 << bit;
      for (const judge of [verifyRun, verifyEach]) {
        const judged = await judge(head, run, verify);
        expect(judged).toMatchObject({
          ok: false,
          error: { path: `${author.author}, commit ${commit + head.length}` },
        });
      }
    }),
    { numRuns: 200 },
  );
});

test('a list of commits continues a log exactly when it is the next ones in order', () => {
  fc.assert(
    fc.property(fc.nat(LENGTH - 1), fc.array(fc.nat(LENGTH - 1), { maxLength: 4 }), (from, picks) => {
      const inOrder = picks.every((pick, i) => pick === from + i);
      expect(
        continues(
          heads[from]!,
          picks.map((pick) => log[pick]!),
        ).ok,
      ).toBe(inOrder);
    }),
    {
      numRuns: 1000,
      examples: [
        [0, [0, 1, 2, 3]],
        [5, [5]],
        [3, [3, 4, 6]],
        [0, []],
      ],
    },
  );
});

test('two stories with a common beginning are proved a fork at their first difference, and nowhere else', async () => {
  const story = fc.array(fc.constantFrom('a', 'b'), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(story, story, async (one, other) => {
      const [a, b] = await Promise.all(
        [one, other].map(
          async (words) =>
            (
              await extend(
                head,
                author,
                words.map((word) => [comment(word)]),
              )
            ).commits,
        ),
      );
      const shorter = Math.min(one.length, other.length);
      const first = Array.from({ length: shorter }, (_, i) => i).find((i) => one[i] !== other[i]);
      for (let i = 0; i < shorter; i++) {
        const evidence = await forkEvidence(author.author, a![i]!, b![i]!, verify);
        expect(evidence?.seq).toBe(i === first ? head.length + i : undefined);
      }
    }),
    { numRuns: 60 },
  );
});

test('what is decoded, unknown events included, encodes to the same bytes', async () => {
  const known = fc.string({ unit: 'grapheme', maxLength: 50 }).map(comment);
  const unknown = fc.record({ type: fc.string({ minLength: 1 }), data: fc.jsonValue() }).map((raw): LogEvent => {
    // JSON knows a negative zero, which the encoding writes as 0.
    const plain = decodeCanonical(encode(raw)) as { type: string };
    return { type: `unknown:${plain.type}`, raw: plain };
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(known, unknown), { minLength: 1, maxLength: 5 }), async (events) => {
      const { commits } = await extend(head, author, [events]);
      const read = decodeCommit(commits[0]!);
      expect(read).toMatchObject({ ok: true, value: { events } });
      if (read.ok) expect(encodeCommit(read.value)).toEqual(commits[0]);
    }),
    { numRuns: 200 },
  );
});
