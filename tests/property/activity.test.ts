import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActivityKind } from '#core/log/activity';

import { itemId } from '#core/model/item';
import { activity, activityOf } from '#workers/project/activity/activity';
import { exportActivity } from '#workers/project/activity/export';
import { newestFirst } from '#workers/project/activity/newest-first';
import type { ActivityCursor, ActivityEntry, ActivityPage, ActivityRequest } from '#workers/project/api';
import type { StoredCommit } from '#io/storage/project-store';
import { comment, extend, testAuthor } from '../support/authors';
import { Device, idleTask, value } from '../support/devices';
import { emptyLog } from '#core/log/chain';

const AUTHORS = [11, 12, 13].map(testAuthor);

/** For each author, steps between the logical clocks of their commits. */
const clocks = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 }), { minLength: 1, maxLength: 3 });

test('the logs are merged from their ends, whatever stands in them (seed 41)', async () => {
  await fc.assert(
    fc.asyncProperty(clocks, async (steps) => {
      const logs = new Map<string, StoredCommit[]>();
      for (const [at, of] of steps.entries()) {
        const { author } = AUTHORS[at]!;
        const { commits } = await logWith(at, of);
        logs.set(
          author,
          commits.map((bytes, seq) => ({ author, seq, bytes })),
        );
      }
      const store = {
        async *log(author: string, from: number, to: number) {
          yield await Promise.resolve(logs.get(author)!.slice(from, to));
        },
      };
      const lengths = new Map([...logs].map(([author, log]) => [author, log.length]));
      const found: string[] = [];
      for await (const { author, commit } of newestFirst(store, lengths))
        found.push(`${commit.lamport} ${author} ${commit.seq}`);
      const all = steps.flatMap((of, at) => {
        let lamport = 0;
        return of.map((step, seq) => ({ lamport: (lamport += step), author: AUTHORS[at]!.author, seq }));
      });
      all.sort((a, b) => b.lamport - a.lamport || (a.author < b.author ? 1 : a.author > b.author ? -1 : b.seq - a.seq));
      expect(found).toEqual(all.map(({ lamport, author, seq }) => `${lamport} ${author} ${seq}`));
    }),
    { seed: 41, numRuns: 20 },
  );
}, 60_000);

/** A log whose logical clock grows by these steps. */
async function logWith(at: number, steps: readonly number[]) {
  let head = emptyLog('a'.repeat(52), AUTHORS[at]!.author);
  const commits: Uint8Array[] = [];
  for (const step of steps) {
    const next = await extend({ ...head, lamport: head.lamport + step - 1 }, AUTHORS[at]!, [[comment('')]]);
    head = next.head;
    commits.push(...next.commits);
  }
  return { commits };
}

const TEXTS = ['one', 'two', 'three', 'four'];
const [ONE, TWO, THREE, FOUR] = TEXTS.map((text) => itemId({ kind: 'text', text })) as [string, string, string, string];
const label = (item: string, ...classes: string[]) =>
  ({ item, values: { label: classes }, note: '', leadMs: 5, from: 'person' }) as const;

/** A project in which this and that was done. */
async function busyProject() {
  const device = new Device();
  const session = await device.open(await device.found(TEXTS));
  value(await session.submit(label(ONE, 'x')));
  value(await session.skip(TWO, 1));
  const rows = [THREE, FOUR].map((id) => session.projection.find(id));
  value(await session.applyValues(rows, { label: ['y'] }));
  value(await session.undo());
  value(await session.changeSettings({ minAnnotators: 2 }));
  return session;
}

const textOf = (id: string) => TEXTS.find((text) => itemId({ kind: 'text', text }) === id)!;
const reads = ({ words, item }: ActivityEntry) => `${words.before}${item ? ` ${textOf(item.id)}` : ''}${words.after}`;

const DONE = [
  'asked for 2 annotations of each item',
  'took back their answers to 2 items',
  'labelled 2 items',
  'skipped two',
  'labelled one as x',
  'added 4 items',
];

async function all(session: Awaited<ReturnType<typeof busyProject>>, request: Partial<ActivityRequest>) {
  const entries: ActivityEntry[] = [];
  let after: ActivityCursor | null = null;
  do {
    const page: ActivityPage = value(await activity(session, { after, count: 1, author: null, kinds: [], ...request }));
    entries.push(...page.entries);
    after = page.next;
  } while (after !== null);
  return entries;
}

describe('what happened in a project', () => {
  test('is told newest first, however many lines a page has', async () => {
    const session = await busyProject();
    for (const count of [1, 2, 100]) {
      const entries = await all(session, { count });
      expect(entries.slice(0, DONE.length).map(reads)).toEqual(DONE);
      expect(reads(entries.at(-1)!)).toBe('founded the project “Birds”');
      expect(
        entries.every(
          ({ isSigned, standing, authorName }) => isSigned && standing === 'counts' && authorName === 'Ada',
        ),
      ).toBe(true);
    }
    await session.close();
  });

  test('is filtered by kind and person, the quick way and the slow one alike', async () => {
    const session = await busyProject();
    const everything = await all(session, {});
    for (const kinds of [
      ['labels'],
      ['items'],
      ['project'],
      ['items', 'project'],
      ['labels', 'items'],
    ] as ActivityKind[][]) {
      const expected = everything.filter(({ kind }) => kinds.includes(kind));
      expect(await all(session, { kinds })).toEqual(expected);
      expect(await all(session, { kinds, count: 100 })).toEqual(expected);
    }
    expect(await all(session, { author: session.author })).toEqual(everything);
    expect(await all(session, { author: AUTHORS[0]!.author })).toEqual([]);
    await session.close();
  });

  test('a line of many opens into its events', async () => {
    const session = await busyProject();
    const bulk = (await all(session, {})).find(({ events }) => events === 2)!;
    const events = value(await activityOf(session, bulk.author, bulk.seq));
    expect(events.map(({ item }) => item?.name)).toEqual(['a.txt', 'a.txt']);
    expect(events.map(reads)).toEqual(['took back their answer to three', 'took back their answer to four']);
    expect(value(await activityOf(session, bulk.author, 999))).toEqual([]);
    await session.close();
  });

  test('what came meanwhile does not shift what follows', async () => {
    const session = await busyProject();
    const first = value(await activity(session, { after: null, count: 2, author: null, kinds: [] }));
    value(await session.skip(ONE, 1));
    const second = value(await activity(session, { after: first.next, count: 2, author: null, kinds: [] }));
    expect([...first.entries, ...second.entries].map(reads)).toEqual(DONE.slice(0, 4));
    await session.close();
  });

  test('is written as an audit trail, oldest first, one line for each event', async () => {
    const session = await busyProject();
    const { name, blob } = value(await exportActivity(session, idleTask()));
    expect(name).toBe('Birds-activity.jsonl');
    const text = await blob.text();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ type }) => type)).toEqual([
      ...[
        'project.founded',
        'settings.changed',
        'schema.changed',
        'items.added',
        'annotation.submitted',
        'item.skipped',
      ],
      ...['annotation.submitted', 'annotation.submitted', 'annotation.withdrawn', 'annotation.withdrawn'],
      'settings.changed',
    ]);
    const places = lines.map(({ seq, index }) => [seq, index]);
    expect(places.slice(-6)).toEqual([
      [3, 0],
      [4, 0],
      [4, 1],
      [5, 0],
      [5, 1],
      [6, 0],
    ]);
    expect(lines[4]).toMatchObject({
      ...{ author: session.author, name: 'Ada', standing: 'counts' },
      event: { item: ONE, values: { label: ['x'] }, leadMs: 5, from: 'person', schema: 1 },
    });
    expect(lines[0]!.event).toMatchObject({ founder: 'Ada', nonce: expect.stringMatching(/^[a-z2-7]{26}$/) as string });
    expect(new Date(lines[0]!.time as string).getFullYear()).toBeGreaterThan(2020);
    const commits = new Set(lines.map(({ commit }) => commit));
    expect(commits.size).toBe(7);
    await session.close();
  });

  test('what is cancelled is not written', async () => {
    const session = await busyProject();
    const result = await exportActivity(session, idleTask(AbortSignal.abort()));
    expect(result.ok ? 'written' : result.error.code).toBe('cancelled');
    await session.close();
  });
});
