import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Commit } from '#core/log/commit';
import type { ItemEvent, LogEvent } from '#core/log/events';
import type { Values } from '#core/model/annotation';
import { toBase32 } from '#core/model/base32';
import { itemId } from '#core/model/item';
import { DEFAULT_SETTINGS, type Settings, type Status, type WorkflowSettings } from '#core/model/project';
import type { Schema } from '#core/model/schema';
import { NO_PROOFS } from '#core/log/proofs';
import {
  joined,
  lengthsOf,
  segmentsSince,
  type CheckpointHead,
  type SavedCheckpoint,
  type TableLengths,
} from '#core/projection/checkpoint';
import { Projection } from '#core/projection/projection';

const labelOf = (values: Values) => values['label']![0] as string;

/** Three authors: the founder, and two annotators whom the founder admits at some point of their logs. */
const AUTHORS = [1, 2, 3].map((n) => toBase32(new Uint8Array(32).fill(n)));
const [FOUNDER, SECOND, THIRD] = AUTHORS as [string, string, string];
const ITEMS = Array.from({ length: 9 }, (_, n) => itemId({ kind: 'text', text: `item ${n}` }));
/** Overlapping chunks: items 3 and 6 occur twice. */
const CHUNKS: Record<string, string[]> = { a: ITEMS.slice(0, 4), b: ITEMS.slice(3, 7), c: ITEMS.slice(6, 9) };
const CLASSES = ['x', 'y', 'z'];

const schema = (version: number, remap: Record<string, string>): Schema => ({
  version,
  guidelines: '',
  fields: [
    {
      ...{ id: 'label', kind: 'choice', name: 'Label', required: true, multiple: false, remap, retired: [] },
      classes: CLASSES.map((id) => ({ id, name: id, color: '#000000', key: '', description: '' })),
    },
  ],
});

const item = fc.constantFrom(...ITEMS);
const values: fc.Arbitrary<Values> = fc.constantFrom(...CLASSES).map((id) => ({ label: [id] }));
const itemEvent: fc.Arbitrary<ItemEvent> = fc.oneof(
  fc.record({ item, values }).map(({ item, values }): ItemEvent => ({
    type: 'annotation.submitted',
    item,
    values,
    schema: 1,
    leadMs: 5,
    from: 'person',
  })),
  item.map((item): ItemEvent => ({ type: 'annotation.withdrawn', item })),
  item.map((item): ItemEvent => ({ type: 'item.skipped', item, leadMs: 3 })),
  fc.record({ item, reason: fc.constantFrom('', 'odd') }).map((e): ItemEvent => ({ type: 'item.flagged', ...e })),
  fc
    .record({ item, verdict: fc.constantFrom('accepted', 'rejected', 'none') })
    .map((e): ItemEvent => ({ type: 'review.decided', ...e })),
);
const workflow = (changed: Partial<WorkflowSettings>): LogEvent => ({
  type: 'settings.changed',
  settings: { workflow: { ...DEFAULT_SETTINGS.workflow, review: 0, ...changed } },
});
const founderEvent: fc.Arbitrary<LogEvent> = fc.oneof(
  { weight: 4, arbitrary: itemEvent },
  fc.constantFrom<LogEvent>(
    { type: 'items.added', chunk: 'a', count: 4 },
    { type: 'items.added', chunk: 'b', count: 4 },
    { type: 'items.added', chunk: 'c', count: 3 },
    { type: 'settings.changed', settings: { minAnnotators: 1 } },
    { type: 'settings.changed', settings: { minAnnotators: 2, agreementThreshold: 0.6 } },
    { type: 'settings.changed', settings: { reviewGate: true } },
    workflow({}),
    workflow({ overlap: 0 }),
    workflow({ review: 1, furtherAnnotators: 0 }),
    workflow({ peerReview: 1, furtherAnnotators: 2 }),
    workflow({ peerReview: 1, review: 1 }),
    { type: 'schema.changed', schema: schema(2, { z: 'x' }) },
    { type: 'schema.changed', schema: schema(3, {}) },
    { type: 'items.removed', items: [ITEMS[0]!, ITEMS[3]!] },
    { type: 'predictions.published', model: 'm', chunk: 'p' },
  ),
  fc.record({ item, values: fc.option(values) }).map((e): LogEvent => ({ type: 'item.resolved', ...e })),
  fc
    .record({
      author: fc.constantFrom(SECOND, THIRD),
      role: fc.constantFrom('annotator', 'reviewer', 'none', 'viewer'),
      seq: fc.integer({ min: -1, max: 4 }),
    })
    .map(({ author, role, seq }): LogEvent => ({
      type: 'member.changed',
      author,
      role,
      asOf: { seq, hash: new Uint8Array(32) },
    })),
);
const PREDICTIONS = [
  { item: ITEMS[1]!, values: { label: ['y'] }, confidence: 0.5 },
  { item: ITEMS[8]!, values: { label: ['z'] }, confidence: null },
];

/** Logs whose lamports grow within each; the founder's begins with what every project begins with. */
const logs = fc
  .record({
    founder: fc.array(fc.array(founderEvent, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
    second: fc.array(fc.array(itemEvent, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
    third: fc.array(fc.array(itemEvent, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
    steps: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 40, maxLength: 40 }),
  })
  .map(({ founder, second, third, steps }): Map<string, Commit[]> => {
    const founding: LogEvent[] = [
      {
        type: 'project.founded',
        version: 1,
        name: 'p',
        founder: 'F',
        recovery: new Uint8Array(32),
        nonce: new Uint8Array(16),
      },
      { type: 'schema.changed', schema: schema(1, {}) },
      workflow({}),
      { type: 'member.changed', author: SECOND, role: 'annotator', asOf: { seq: -1, hash: new Uint8Array(32) } },
    ];
    let step = 0;
    const log = (batches: LogEvent[][]): Commit[] => {
      let lamport = 0;
      return batches.map((events, seq) => {
        lamport += steps[step++ % steps.length]!;
        return { seq, prev: null, lamport, time: 1000 * seq, events, sig: new Uint8Array(64) };
      });
    };
    return new Map([
      [FOUNDER, log([founding, ...founder])],
      [SECOND, log(second)],
      [THIRD, log(third)],
    ]);
  });

/** A delivery: whose commit comes next, until all logs are through; and when each chunk's content arrives. */
const delivery = fc.record({
  picks: fc.array(fc.nat(2), { minLength: 60, maxLength: 60 }),
  chunksAt: fc.array(fc.nat(25), { minLength: 4, maxLength: 4 }),
  saveAt: fc.array(fc.nat(25), { maxLength: 4 }),
  restoreAt: fc.option(fc.nat(25)),
  readAt: fc.array(fc.nat(25), { maxLength: 6 }),
});
/** Small segments, so that checkpoints consist of many. */
const SIZES: TableLengths = { items: 2, history: 3, values: 2, chunks: 1, predictions: 1 };

/** A store of checkpoints, each of which writes only what came since the last. */
class Shelf {
  readonly #segments = new Map<string, unknown>();
  #last: { readonly head: CheckpointHead; readonly lengths: TableLengths } | null = null;

  put(projection: Projection): void {
    const checkpoint = projection.save();
    if (!checkpoint) return;
    for (const { id, rows } of segmentsSince(checkpoint, this.#last?.lengths, SIZES)) {
      this.#segments.set(id, structuredClone(rows));
    }
    this.#last = { head: structuredClone(checkpoint.head), lengths: lengthsOf(checkpoint) };
  }

  get(): SavedCheckpoint | null {
    return this.#last && joined(this.#last.head, this.#last.lengths, (id) => this.#segments.get(id), SIZES);
  }
}

type Delivery = typeof delivery extends fc.Arbitrary<infer T> ? T : never;

/** That an author told two stories, which is heard at some time of a delivery. */
interface Fork {
  readonly author: string;
  readonly seq: number;
  readonly at: number;
}

function deliver(
  all: Map<string, Commit[]>,
  { picks, chunksAt, saveAt, restoreAt, readAt }: Delivery,
  forks: readonly Fork[] = [],
): Projection {
  let projection = new Projection(SECOND);
  const shelf = new Shelf();
  const queues = AUTHORS.map((author) => ({ author, commits: [...all.get(author)!] }));
  const giveChunks = (now: number | null) => {
    for (const [n, name] of ['a', 'b', 'c'].entries()) {
      if (now === null ? chunksAt[n]! >= total : chunksAt[n] === now) projection.addChunk(name, CHUNKS[name]!);
    }
    if (now === null ? chunksAt[3]! >= total : chunksAt[3] === now) projection.addPredictions('p', PREDICTIONS);
  };
  const cut = (from: number, to: number) => {
    for (const { author, seq, at } of forks) if (at >= from && at <= to) projection.cut(author, seq);
  };
  const total = queues.reduce((sum, { commits }) => sum + commits.length, 0);
  for (let now = 0; now < total; now++) {
    giveChunks(now);
    cut(now, now);
    if (readAt.includes(now)) expect(projection.tally.items).toBeGreaterThanOrEqual(0);
    if (saveAt.includes(now)) shelf.put(projection);
    const saved = restoreAt === now ? shelf.get() : null;
    if (saved) {
      projection = new Projection(SECOND, NO_PROOFS, saved);
      for (let past = 0; past <= now; past++) giveChunks(past);
      cut(0, now);
      for (const { author, commits } of queues) {
        const delivered = all.get(author)!.slice(0, -commits.length || undefined);
        for (const commit of delivered.slice(projection.applied(author))) projection.apply(author, commit);
      }
    }
    const open = queues.filter(({ commits }) => commits.length > 0);
    const { author, commits } = open[picks[now % picks.length]! % open.length]!;
    projection.apply(author, commits.shift()!);
  }
  giveChunks(null);
  cut(total, Infinity);
  return projection;
}

/** What takes the place of a stale projection, when every log is read again. */
function renew(projection: Projection, all: Map<string, Commit[]>): Projection {
  const renewed = projection.renewed();
  for (const [author, commits] of all) for (const commit of commits) renewed.apply(author, commit);
  return renewed;
}

/** The logs one after the other, the founder's first: nothing arrives late. */
function fromScratch(all: Map<string, Commit[]>): Projection {
  return deliver(all, { picks: [0], chunksAt: [99, 99, 99, 99], saveAt: [], restoreAt: null, readAt: [] });
}

/** Everything that a reader can see, by ids. */
function digest(projection: Projection) {
  const { tally, pool } = projection;
  return {
    items: Array.from(projection.order, (row) => ({
      id: projection.id(row),
      status: projection.status(row),
      label: projection.label(row) && pool.read(projection.label(row)),
      open: projection.isOpen(row),
      stage: projection.stage(row),
      wanted: projection.wanted(row),
      flagged: projection.isFlagged(row),
      flags: AUTHORS.map((author) => projection.flag(row, author)),
      prediction: projection.prediction(row)?.confidence,
      places: projection.places(row),
      annotations: projection.annotations(row).map(({ author, values }) => [author, pool.read(values)]),
      history: projection
        .historyOf(row)
        .map(({ type, author, lamport, text }) => [type, projection.author(author), lamport, text]),
    })),
    tally: { items: tally.items, open: tally.open, statuses: tally.statuses(), classes: tally.classes() },
    schema: projection.schema.version,
    settings: projection.settings,
  };
}

/** The slow, obvious reading of DESIGN's words: sort, loop, overwrite. Knows nothing of the code under test. */
function oracle(all: Map<string, Commit[]>) {
  const facts = [...all].flatMap(([author, commits]) =>
    commits.flatMap((commit) => commit.events.map((event, index) => ({ author, ...commit, event, index }))),
  );
  facts.sort(
    (a, b) =>
      a.lamport - b.lamport ||
      (a.author < b.author ? -1 : a.author > b.author ? 1 : a.seq - b.seq || a.index - b.index),
  );
  const inFounderOrder = facts
    .filter(({ author }) => author === FOUNDER)
    .sort((a, b) => a.seq - b.seq || a.index - b.index);
  const roleOf = (author: string, seq: number): string => {
    if (author === FOUNDER) return 'owner';
    let role = 'none';
    for (const { event } of inFounderOrder) {
      if (event.type === 'member.changed' && event.author === author && event.asOf.seq < seq) role = event.role;
    }
    return role;
  };
  const mayAnnotate = (author: string, seq: number) => ['owner', 'reviewer', 'annotator'].includes(roleOf(author, seq));
  let settings: Settings = DEFAULT_SETTINGS;
  let remap: Record<string, string> = {};
  const placed = new Map<string, number>();
  const removedAt = new Map<string, number>();
  const announced = new Set<string>();
  const predicted = new Set<string>();
  const resolved = new Map<string, string>();
  const saidOf = new Map<string, typeof facts>(ITEMS.map((id) => [id, []]));
  for (const [at, fact] of facts.entries()) {
    const { author, seq, event } = fact;
    if (event.type === 'settings.changed') settings = { ...settings, ...event.settings };
    if (event.type === 'schema.changed') remap = event.schema.fields[0]!.remap;
    if (event.type === 'items.added' && !announced.has(event.chunk)) {
      announced.add(event.chunk);
      for (const id of CHUNKS[event.chunk]!) placed.set(id, at);
    }
    if (event.type === 'items.removed') for (const id of event.items) removedAt.set(id, at);
    if (event.type === 'predictions.published') for (const { item } of PREDICTIONS) predicted.add(item);
    if (event.type === 'item.resolved') {
      if (event.values) resolved.set(event.item, labelOf(event.values));
      else resolved.delete(event.item);
    }
    if ('item' in event && mayAnnotate(author, seq)) saidOf.get(event.item)!.push(fact);
  }
  const read = (id: string) => remap[id] ?? id;
  return [...placed]
    .filter(([id, at]) => (removedAt.get(id) ?? -1) < at)
    .map(([id]): [string, Status, string | null] => {
      const said = saidOf.get(id)!;
      const answers = answersAfter(said);
      const labels = answers.flatMap(({ label }) => (label === null ? [] : read(label)));
      const n = labels.length;
      const counts = CLASSES.map((name) => [labels.filter((label) => label === name).length, name] as const);
      const [most] = counts.sort(([a, x], [b, y]) => b - a || (x < y ? -1 : 1));
      const label = resolved.has(id) ? read(resolved.get(id)!) : n > 0 ? most![1] : null;
      if (resolved.has(id)) return [id, 'completed', label];
      const { minAnnotators, agreementThreshold, reviewGate } = settings;
      const { overlap, peerReview, review } = settings.workflow;
      const lasting = lastVerdicts(said, (author, seq) => roleOf(author, seq) === 'annotator');
      const holds = (given: Given) => same(answersAfter(said.slice(0, given.at)), answers);
      const expert = lasting.filter(({ isPeer }) => !isPeer).at(-1);
      if (n > 0 && expert?.verdict === 'accepted' && holds(expert)) return [id, 'completed', label];
      if (expert?.verdict === 'rejected') {
        // Whoever had annotated it, and has said nothing since.
        const had = answersAfter(said.slice(0, expert.at)).filter(({ label }) => label !== null);
        const since = said.slice(expert.at).filter(({ event }) => ANSWERS.includes(event.type));
        if (had.some(({ author }) => since.every((later) => later.author !== author)))
          return [id, 'in-progress', label];
      }
      if (n >= (overlap === 1 ? minAnnotators : 1)) {
        let alike = 0;
        for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (labels[i] === labels[j]) alike++;
        // Disputed it is called whether somebody further is asked or not.
        if (n > 1 && alike / ((n * (n - 1)) / 2) < agreementThreshold) return [id, 'disputed', label];
        if (expert?.verdict === 'rejected') return [id, 'in-review', label];
        const strangers = lasting.filter(
          ({ isPeer, author }) => isPeer && answers.every((own) => own.author !== author || own.label === null),
        );
        const peer = strangers.filter(holds).at(-1);
        if (peer?.verdict === 'rejected') return [id, 'in-review', label];
        const isByAnnotator = answers.some(
          ({ author, seq, label }) => label !== null && roleOf(author, seq) === 'annotator',
        );
        if (isByAnnotator && peerReview === 1 && !peer) return [id, 'in-review', label];
        const isLookedAt = reviewGate || (isByAnnotator && review > 0.5);
        return [id, isLookedAt ? 'in-review' : 'completed', label];
      }
      if (n > 0) return [id, 'in-progress', label];
      if (answers.length > 0) return [id, 'skipped', label];
      return [id, predicted.has(id) ? 'pre-annotated' : 'pending', label];
    })
    .sort();
}

type Facts = readonly { readonly author: string; readonly seq: number; readonly event: LogEvent }[];

const ANSWERS: readonly string[] = ['annotation.submitted', 'annotation.withdrawn', 'item.skipped'];

/** What each author says of an item after some events; null for a skip. */
function answersAfter(said: Facts): { author: string; seq: number; label: string | null }[] {
  return AUTHORS.flatMap((author) => {
    const last = said.filter((fact) => fact.author === author && ANSWERS.includes(fact.event.type)).at(-1);
    if (!last || last.event.type === 'annotation.withdrawn') return [];
    const label = last.event.type === 'annotation.submitted' ? labelOf(last.event.values) : null;
    return [{ author, seq: last.seq, label }];
  });
}

interface Given {
  readonly at: number;
  readonly author: string;
  readonly verdict: 'accepted' | 'rejected';
  readonly isPeer: boolean;
}

/** The verdict of each author that no `none` of theirs took back, in their order. */
function lastVerdicts(said: Facts, isAnnotator: (author: string, seq: number) => boolean): Given[] {
  return AUTHORS.flatMap((author) => {
    let given: Given[] = [];
    for (const [at, { author: by, seq, event }] of said.entries()) {
      if (by !== author || event.type !== 'review.decided') continue;
      if (event.verdict === 'none') given = given.slice(0, -1);
      else given = [...given, { at, author, verdict: event.verdict, isPeer: isAnnotator(author, seq) }];
    }
    return given.slice(-1);
  }).sort((a, b) => a.at - b.at);
}

/** Whether the annotations are the same ones; skips are of no account. */
function same(a: ReturnType<typeof answersAfter>, b: ReturnType<typeof answersAfter>): boolean {
  const told = (answers: typeof a) =>
    answers.filter(({ label }) => label !== null).map(({ author, label }) => `${author} ${label}`);
  return told(a).join() === told(b).join();
}

/** Hundreds of projects take seconds on a busy machine. */
describe('projection', { timeout: 60_000 }, () => {
  test('is the same under any arrival order, with chunks early or late, and through a checkpoint (seed 20)', () => {
    fc.assert(
      fc.property(logs, delivery, (all, order) => {
        const projection = deliver(all, order);
        if (projection.isStale) return;
        expect(digest(projection)).toEqual(digest(fromScratch(all)));
      }),
      { numRuns: 400, seed: 20 },
    );
  });

  test('counts forked logs as if they ended before the fork, whenever that is heard of (seed 23)', () => {
    const forks = fc.array(
      fc.record({ author: fc.constantFrom(...AUTHORS), seq: fc.nat(8), at: fc.nat(30) }).map(
        // The founding commit, whose hash names the project, cannot be told twice.
        (fork): Fork => (fork.author === FOUNDER ? { ...fork, seq: fork.seq + 1 } : fork),
      ),
      { minLength: 1, maxLength: 3 },
    );
    let stale = 0;
    fc.assert(
      fc.property(logs, delivery, forks, (all, order, told) => {
        const delivered = deliver(all, order, told);
        if (delivered.isStale) stale++;
        const projection = delivered.isStale ? renew(delivered, all) : delivered;
        expect(projection.isStale).toBe(false);
        const ends = (author: string) =>
          Math.min(...told.filter((fork) => fork.author === author).map(({ seq }) => seq));
        const before = new Map([...all].map(([author, commits]) => [author, commits.slice(0, ends(author))]));
        expect(digest(projection)).toEqual(digest(fromScratch(before)));
        for (const author of AUTHORS) {
          const end = ends(author);
          expect(projection.forkOf(author)).toBe(end === Infinity ? null : end);
          if (end <= all.get(author)!.length) expect(projection.role(author)).toBe('none');
        }
      }),
      { numRuns: 400, seed: 23 },
    );
    expect(stale).toBeGreaterThan(50);
  });

  test('rows mean the same in what takes the place of a stale one (seed 24)', () => {
    fc.assert(
      fc.property(logs, delivery, (all, order) => {
        const former = deliver(all, order);
        const rows = Array.from(former.order, (row) => [row, former.id(row)] as const);
        const renewed = renew(former, all);
        for (const [row, id] of rows) expect(renewed.id(row)).toBe(id);
        expect(digest(renewed)).toEqual(digest(fromScratch(all)));
      }),
      { numRuns: 100, seed: 24 },
    );
  });

  test('is what a slow reading of the logs gives (seed 21)', () => {
    fc.assert(
      fc.property(logs, (all) => {
        const projection = fromScratch(all);
        expect(projection.isStale).toBe(false);
        const { pool } = projection;
        const seen = Array.from(projection.order, (row) => {
          const label = projection.label(row);
          const chosen = label === 0 ? null : (pool.read(label)['label']?.[0] ?? null);
          return [projection.id(row), projection.status(row), chosen];
        });
        expect(seen.sort()).toEqual(oracle(all));
      }),
      { numRuns: 400, seed: 21 },
    );
  });

  test('open items are found from any place, past long stretches that are answered (seed 22)', () => {
    const many = Array.from({ length: 5000 }, (_, n) => itemId({ kind: 'text', text: `one of many ${n}` }));
    const stretch = fc.tuple(fc.nat(5000), fc.nat(5000)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    const founding: LogEvent = {
      ...{ type: 'project.founded', version: 1, name: 'p', founder: 'F' },
      ...{ recovery: new Uint8Array(32), nonce: new Uint8Array(16) },
    };
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 4 }),
        fc.array(stretch, { maxLength: 2 }),
        fc.nat(4999),
        (...given) => {
          const [answered, withdrawn, place] = given;
          const projection = new Projection(FOUNDER);
          let seq = 0;
          const say = (events: LogEvent[]) => {
            const sig = new Uint8Array(64);
            projection.apply(FOUNDER, { seq, prev: null, lamport: ++seq, time: 0, events, sig });
          };
          say([founding, { type: 'items.added', chunk: 'many', count: many.length }]);
          projection.addChunk('many', many);
          const isOpen = many.map(() => true);
          for (const [from, to] of answered) {
            say(many.slice(from, to).map((id) => ({ type: 'item.skipped', item: id, leadMs: 0 })));
            isOpen.fill(false, from, to);
          }
          expect(projection.tally.open).toBe(isOpen.filter(Boolean).length);
          for (const [from, to] of withdrawn) {
            say(many.slice(from, to).map((id) => ({ type: 'annotation.withdrawn', item: id })));
            isOpen.fill(true, from, to);
          }
          const places = [...isOpen.keys()].filter((at) => isOpen[at]);
          const ids = (direction: 'next' | 'previous') =>
            Array.from(projection.openFrom(place, direction), (row) => projection.position(row));
          expect(ids('next')).toEqual(places.filter((at) => at >= place));
          expect(ids('previous')).toEqual(places.filter((at) => at <= place).reverse());
        },
      ),
      { numRuns: 15, seed: 22 },
    );
  });

  test('refuses a commit that does not follow', () => {
    const commit: Commit = { seq: 1, prev: null, lamport: 1, time: 0, events: [], sig: new Uint8Array(64) };
    expect(() => {
      new Projection(null).apply(FOUNDER, commit);
    }).toThrow('does not follow');
  });
});
