import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LogHead } from '#core/log/chain';
import { commitHash, decodeCommit, type Commit } from '#core/log/commit';
import type { LogEvent, SnapshotHead } from '#core/log/events';
import { Proofs } from '#core/log/proofs';
import type { AuthorId } from '#core/model/ids';
import { Projection } from '#core/projection/projection';
import { settleConsensus } from '#core/quality/consensus';
import type { Result } from '#core/result';
import { changesBetween, speakersOf } from '#core/snapshots/changes';
import { projectionAt, type SnapshotSource } from '#core/snapshots/projection-at';
import { extend, verify } from '../support/authors';
import { ratedProject, singleChoice, textRecords, type RatedProject } from '../support/rated-project';

const CLASSES = ['x', 'y', 'z'];
const RUNS = { seed: 6, numRuns: 60 };
/** Signatures are checked one by one. */
const TIMEOUT = 60_000;

let rated: RatedProject;
/** All commits, those among them that came late: other questions, another name, somebody's work set aside. */
let logs: ReadonlyMap<AuthorId, readonly Uint8Array[]>;

beforeAll(async () => {
  rated = await ratedProject({
    people: [{ name: 'Grace' }, { name: 'Linus' }, { name: 'Mary', role: 'reviewer' }],
    records: textRecords(Array.from({ length: 6 }, (_, n) => `text ${n}`)),
    schema: singleChoice(CLASSES),
    settings: { minAnnotators: 2 },
    ratings: Array.from({ length: 24 }, (_, n) => ({
      ...{ by: n % 3, item: (n * 5) % 6 },
      values: n % 7 === 6 ? null : { label: [CLASSES[(n * n) % 3]!] },
    })),
  });
  const [founder, grace] = rated.authors;
  const known = rated.logs.get(founder!.author)!;
  const late: LogEvent[][] = [
    [{ type: 'schema.changed', schema: { ...singleChoice(['x', 'other']), version: 2 } }],
    [{ type: 'settings.changed', settings: { name: 'Other birds', minAnnotators: 1 } }],
    [{ type: 'items.removed', items: [rated.items[2]!] }],
    [{ type: 'member.changed', author: grace!.author, role: 'none', asOf: { seq: -1, hash: new Uint8Array(32) } }],
  ];
  const { commits } = await extend(headOf(founder!.author, known), founder!, late);
  logs = new Map([...rated.logs, [founder!.author, [...known, ...commits]]]);
}, TIMEOUT);

const decoded = (bytes: Uint8Array): Commit => {
  const commit = decodeCommit(bytes);
  if (!commit.ok) throw new Error(commit.error.message);
  return commit.value;
};

const headOf = (author: AuthorId, log: readonly Uint8Array[]): LogHead => ({
  ...{ project: rated.project, author, length: log.length },
  ...{ hash: commitHash(log.at(-1)!), lamport: decoded(log.at(-1)!).lamport },
});

const source = (of: ReadonlyMap<AuthorId, readonly Uint8Array[]>): SnapshotSource => ({
  length: (author) => of.get(author)?.length ?? 0,
  hash: (author, seq) => Promise.resolve(commitHash(of.get(author)![seq]!)),
  async *commits(author, from, to) {
    for (const bytes of of.get(author)!.slice(from, to)) yield await Promise.resolve([decoded(bytes)]);
  },
  name: (author) => author,
  items: (hash) => Promise.resolve(rated.chunks.find((chunk) => chunk.hash === hash)?.items ?? null),
  predictions: () => Promise.resolve(null),
  rest: () => Promise.resolve(),
});

const heads = (lengths: ReadonlyMap<AuthorId, number>): SnapshotHead[] =>
  Array.from(lengths, ([author, length]) => ({ author, length, hash: commitHash(logs.get(author)![length - 1]!) }));

/** Everything that an export could show. */
const seen = (projection: Projection) => ({
  settings: projection.settings,
  schema: projection.schema,
  items: Array.from(projection.order, (item) => ({
    id: projection.id(item),
    status: projection.status(item),
    label: projection.label(item) && projection.pool.read(projection.label(item)),
    annotations: projection.annotations(item).map(({ author, values, record }) => {
      return [author, projection.name(author), projection.pool.read(values), record.time];
    }),
  })),
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const at = async (lengths: ReadonlyMap<AuthorId, number>, of = logs) =>
  value(await projectionAt(heads(lengths), new Proofs(rated.project, verify), source(of)));

/** How far each log goes; the founding commit is always there. */
const lengths = fc
  .array(fc.nat(40), { minLength: 4, maxLength: 4 })
  .map((most): ReadonlyMap<AuthorId, number> => {
    const all = rated.authors.map(({ author }, n) => [author, Math.min(logs.get(author)!.length, most[n]!)] as const);
    return new Map(all.map(([author, length], n) => [author, n === 0 ? Math.max(1, length) : length] as const));
  })
  .map((all) => new Map([...all].filter(([, length]) => length > 0)));

describe('the state that a snapshot names', () => {
  test(
    'is that of its commits alone, whatever order they come in (seed 6)',
    () =>
      fc.assert(
        fc.asyncProperty(lengths, fc.array(fc.nat(3), { maxLength: 80 }), async (lengths, order) => {
          const part = new Map(Array.from(lengths, ([author, length]) => [author, logs.get(author)!.slice(0, length)]));
          // A device that never saw more, and was given everything in another order.
          const proofs = new Proofs(rated.project, verify);
          const feed = async (projection: Projection): Promise<Projection> => {
            for (const { hash, items } of rated.chunks) projection.addChunk(hash, items);
            const queues = new Map(Array.from(part, ([author, log]) => [author, log.map(decoded)]));
            const authors = [...part.keys()];
            for (const n of [...order, ...Array.from({ length: 200 }, (_, n) => n)]) {
              const author = authors[n % authors.length]!;
              const commit = queues.get(author)!.shift();
              if (commit) projection.apply(author, commit);
            }
            if (await proofs.check(projection.facts)) projection.recheckAuthority();
            return projection.isStale ? feed(projection.renewed()) : projection;
          };
          const oracle = await feed(new Projection(null, proofs));
          settleConsensus(oracle);
          expect(seen(await at(lengths))).toEqual(seen(oracle));
          expect(seen(await at(lengths, part))).toEqual(seen(oracle));
        }),
        RUNS,
      ),
    TIMEOUT,
  );

  test('is not there while commits of it are missing, and says how many', async () => {
    const whole = new Map(Array.from(logs, ([author, log]) => [author, log.length]));
    const grace = rated.authors[1]!.author;
    const part = new Map([...logs, [grace, logs.get(grace)!.slice(0, 3)]]);
    const given = await projectionAt(heads(whole), new Proofs(rated.project, verify), source(part));
    expect(given).toMatchObject({ ok: false, error: { code: 'snapshot.incomplete' } });
    expect(given.ok ? '' : given.error.message).toContain(`${logs.get(grace)!.length - 3} commits`);
  });

  test('is not there while contents of it are missing', async () => {
    const whole = heads(new Map(Array.from(logs, ([author, log]) => [author, log.length])));
    const without = { ...source(logs), items: () => Promise.resolve(null) };
    const given = await projectionAt(whole, new Proofs(rated.project, verify), without);
    expect(given).toMatchObject({ ok: false, error: { code: 'snapshot.incomplete' } });
  });

  test.each([
    ['another branch of a forked log', (all: SnapshotHead[]) => changed(all, { hash: new Uint8Array(32) }), 'branch'],
    ['a log twice', (all: SnapshotHead[]) => [...all, all[1]!], 'invalid'],
    ['a log without commits', (all: SnapshotHead[]) => changed(all, { length: 0 }), 'invalid'],
    ['no founding', (all: SnapshotHead[]) => all.slice(1), 'invalid'],
    ['nothing', () => [], 'invalid'],
  ])('is none where it names %s', async (_, change, code) => {
    const whole = heads(new Map(Array.from(logs, ([author, log]) => [author, log.length])));
    const given = await projectionAt(change(whole), new Proofs(rated.project, verify), source(logs));
    expect(given).toMatchObject({ ok: false, error: { code: `snapshot.${code}` } });
  });

  const changed = (all: SnapshotHead[], change: Partial<SnapshotHead>): SnapshotHead[] =>
    all.map((head, n) => (n === 1 ? { ...head, ...change } : head));
});

describe('what changed between two states', () => {
  test(
    'is what comparing them item by item gives (seed 6)',
    () =>
      fc.assert(
        fc.asyncProperty(lengths, async (lengths) => {
          const before = await at(lengths);
          const after = await at(new Map(Array.from(logs, ([author, log]) => [author, log.length])));
          const steps = changesBetween(before, after, 1_000);
          let step = steps.next();
          while (!step.done) step = steps.next();
          const { changed, changedTotal, itemsAdded, itemsRemoved } = step.value;
          const labels = (projection: Projection) =>
            new Map(
              Array.from(projection.order, (item) => {
                const label = projection.label(item);
                return [projection.id(item), JSON.stringify(label === 0 ? null : projection.pool.read(label))] as const;
              }),
            );
          const [then, now] = [labels(before), labels(after)];
          const both = [...now.keys()].filter((id) => then.has(id));
          expect(itemsAdded).toBe(now.size - both.length);
          expect(itemsRemoved).toBe(then.size - both.length);
          expect(changed.map((item) => after.id(item.after))).toEqual(
            both.filter((id) => then.get(id) !== now.get(id)),
          );
          expect(changedTotal).toBe(changed.length);
          for (const item of changed) {
            for (const author of speakersOf(item, before, after))
              expect(logs.get(author)!.length).toBeGreaterThan(lengths.get(author) ?? 0);
          }
        }),
        { ...RUNS, numRuns: 20 },
      ),
    TIMEOUT,
  );
});
