import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { emptyLog } from '#core/log/chain';
import { clientOf, rootOf } from '#core/log/gate';
import { LogDocument } from '#io/sync/log-document';
import { comment, extend, foundProject, testAuthor, verify } from '../support/authors';

const AUTHORS = [1, 2, 3, 4].map(testAuthor);
const LENGTH = 6;
let project: string;
let logs: readonly (readonly Uint8Array[])[];

beforeAll(async () => {
  const lists = Array.from({ length: LENGTH - 1 }, (_, i) => [comment(`${i}`)]);
  const founded = await foundProject(AUTHORS[0]!, lists);
  project = founded.project;
  const others = AUTHORS.slice(1).map((author) =>
    extend(emptyLog(project, author.author), author, [[comment('-')], ...lists]),
  );
  logs = [founded.commits, ...(await Promise.all(others)).map(({ commits }) => commits)];
});

const stateOf = (document: LogDocument, since?: Uint8Array): Uint8Array => {
  const state = document.encodeState(since);
  if (!state.ok) throw new Error(state.error.message);
  return state.value;
};

/** How much of each author's log there is, and the authors in the order in which their next commits arrive. */
const arrival = fc.tuple(...AUTHORS.map(() => fc.integer({ min: 0, max: LENGTH }))).chain((lengths) => {
  const turns = lengths.flatMap((length, author) => Array<number>(length).fill(author));
  return fc.record({
    lengths: fc.constant(lengths),
    turns: fc.shuffledSubarray(turns, { minLength: turns.length }),
  });
});

test('documents of the same commits are byte-equal, whatever order the authors’ commits came in', () => {
  fc.assert(
    fc.property(arrival, ({ lengths, turns }) => {
      const rebuilt = new LogDocument(project, verify);
      for (const [i, author] of AUTHORS.entries()) rebuilt.appendAll(author.author, logs[i]!.slice(0, lengths[i]));

      const grown = new LogDocument(project, verify);
      for (const i of turns) grown.append(AUTHORS[i]!.author, logs[i]![grown.lengthOf(AUTHORS[i]!.author)]!);
      expect(stateOf(grown)).toEqual(stateOf(rebuilt));
      expect(grown.stateVector()).toEqual(rebuilt.stateVector());

      // The oracle: Yjs by its public interface.
      const stock = new Y.Doc();
      for (const [i, author] of AUTHORS.entries()) {
        for (const bytes of logs[i]!.slice(0, lengths[i])) {
          stock.clientID = clientOf(author.author);
          stock.getArray(rootOf(author.author)).push([bytes]);
        }
      }
      expect(stateOf(grown)).toEqual(Y.encodeStateAsUpdate(stock));
      const carrier = new Y.Doc();
      Y.applyUpdate(carrier, stateOf(grown));
      expect(Y.encodeStateAsUpdate(carrier)).toEqual(stateOf(grown));
    }),
    { numRuns: 60 },
  );
});

test('peers who send one another what is missing, in any order, repeatedly and at once, end byte-equal', async () => {
  const meeting = fc.record({ from: fc.nat(2), to: fc.nat(2), isWhole: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      arrival,
      fc.array(fc.nat(2)),
      fc.array(meeting, { maxLength: 8 }),
      async ({ lengths }, places, meetings) => {
        const peers = [0, 1, 2].map(() => new LogDocument(project, verify));
        for (const [i, author] of AUTHORS.entries()) {
          peers[(places[i] ?? i) % 3]!.appendAll(author.author, logs[i]!.slice(0, lengths[i]));
        }
        // As a device does it: what is judged comes in before the next judgement.
        let taking = Promise.resolve();
        const send = (from: LogDocument, to: LogDocument, isWhole: boolean) => {
          const update = isWhole ? stateOf(from) : stateOf(from, to.stateVector());
          const taken = taking.then(async () => {
            const judged = await to.judge(update);
            if (judged.ok) to.accept(judged.value.continuations);
            return judged;
          });
          taking = taken.then(() => undefined);
          return taken;
        };
        const everybody = peers.flatMap((from) => peers.map((to) => ({ from, to })));
        const sent = await Promise.all(
          meetings.map(({ from, to, isWhole }) => send(peers[from]!, peers[to]!, isWhole)),
        );
        for (const { from, to } of [...everybody, ...everybody]) sent.push(await send(from, to, false));
        expect(sent.every((applied) => applied.ok && applied.value.forks.length === 0)).toBe(true);
        for (const peer of peers) {
          expect(stateOf(peer)).toEqual(stateOf(peers[0]!));
          expect(AUTHORS.map(({ author }) => peer.commits(author))).toEqual(
            logs.map((log, i) => log.slice(0, lengths[i])),
          );
        }
      },
    ),
    { numRuns: 25 },
  );
});
