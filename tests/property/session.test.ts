import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProjectId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import type { Schema } from '#core/model/schema';
import { ProjectStore } from '#io/storage/project-store';
import { Library } from '#workers/project/library';
import { Session } from '#workers/project/session';

const CLASSES = ['x', 'y', 'z'];
const schema = (multiple: boolean, remap: Record<string, string> = {}): Schema => ({
  version: 1,
  guidelines: '',
  fields: [
    {
      ...{ id: 'label', kind: 'choice', name: 'Label', required: false, multiple, remap, retired: [] },
      classes: CLASSES.map((id) => ({ id, name: id, color: '#000000', key: '', description: '' })),
    },
  ],
});
const TEXTS = Array.from({ length: 6 }, (_, n) => `text ${n}`);
const ITEMS = TEXTS.map((text) => itemId({ kind: 'text', text }));

const library = new Library();

async function newProject(): Promise<ProjectId> {
  const created = await library.create({ name: 'p', founder: 'F', schema: schema(true) });
  if (!created.ok) throw new Error(created.error.message);
  const session = await openSession(created.value);
  const bytes = encodeChunk(TEXTS.map((text) => ({ data: { kind: 'text', text }, sources: [{ file: 'a.txt' }] })));
  const chunk = hashOf(bytes);
  await session.append(() => [{ type: 'items.added', chunk, count: 6 }], { chunks: [{ hash: chunk, bytes }] });
  session.projection.addChunk(chunk, ITEMS);
  await session.close();
  return created.value;
}

async function openSession(id: ProjectId): Promise<Session> {
  const store = new ProjectStore(id);
  await store.beginEpoch();
  return Session.open(id, store, await library.signer(), () => undefined);
}

type Gesture = (session: Session) => Promise<unknown>;
const gesture: fc.Arbitrary<Gesture> = fc.oneof(
  fc.record({ item: fc.constantFrom(...ITEMS), classes: fc.subarray(CLASSES), note: fc.constantFrom('', 'hm') }).map(
    ({ item, classes, note }): Gesture =>
      (session) =>
        session.submit({ item, values: { label: classes }, note, leadMs: 7, from: 'person' }),
  ),
  fc.constantFrom(...ITEMS).map(
    (item): Gesture =>
      (session) =>
        session.skip(item, 4),
  ),
  fc.record({ item: fc.constantFrom(...ITEMS), reason: fc.constantFrom('', 'odd', 'blurred') }).map(
    ({ item, reason }): Gesture =>
      (session) =>
        session.flag(item, reason),
  ),
  fc.subarray([0, 1, 2, 3, 4, 5]).map(
    (rows): Gesture =>
      (session) =>
        session.applyValues(rows, { label: ['y'] }),
  ),
  fc.constantFrom({}, { z: 'x' }).map(
    (remap): Gesture =>
      (session) =>
        session.changeSchema(schema(true, remap)),
  ),
  fc.integer({ min: 1, max: 3 }).map(
    (minAnnotators): Gesture =>
      (session) =>
        session.changeSettings({ minAnnotators }),
  ),
);

/** All that gestures change, history and version numbers apart. */
function digest({ projection, author }: Session) {
  const { tally, pool } = projection;
  return {
    tally: [tally.items, tally.open, tally.statuses(), tally.classes()],
    settings: projection.settings,
    fields: projection.schema.fields,
    items: Array.from(projection.order, (row) => {
      const { kind, values, record } = projection.answer(row, author);
      const said = kind === 0 ? null : projection.record(record);
      return [
        projection.id(row),
        projection.status(row),
        kind,
        values && pool.raw(values),
        said?.text,
        said?.leadMs,
        said?.origin,
        projection.flag(row, author),
      ];
    }),
  };
}

describe('session', () => {
  test('undo and redo are exact, and reopening finds what was left (seed 30)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(gesture, { minLength: 1, maxLength: 10 }),
        fc.nat(10),
        fc.boolean(),
        async (gestures, steps, isKilled) => {
          const id = await newProject();
          let session = await openSession(id);
          const states = [digest(session)];
          for (const make of gestures) {
            await make(session);
            states.push(digest(session));
          }
          let at = gestures.length;
          for (let n = 0; n < steps && at > 0; n++) {
            expect((await session.undo()).ok).toBe(true);
            expect(digest(session)).toEqual(states[--at]);
          }
          for (; at < gestures.length;) {
            await session.redo();
            expect(digest(session)).toEqual(states[++at]);
          }
          const left = digest(session);
          // A killed session writes no checkpoint: the next one replays the commits.
          if (isKilled) session.store.close();
          else await session.close();
          session = await openSession(id);
          expect(digest(session)).toEqual(left);
          await session.close();
          await library.remove(id);
        },
      ),
      { numRuns: 25, seed: 30 },
    );
  }, 20_000);

  test('an undo takes back the gesture before it, also while that is being stored', async () => {
    const session = await openSession(await newProject());
    const [first, second] = [ITEMS[0]!, ITEMS[1]!];
    const label = (item: string) =>
      session.submit({ item, values: { label: ['x'] }, note: '', leadMs: 1, from: 'person' });
    const [, , undone] = await Promise.all([label(first), label(second), session.undo()]);
    expect(undone).toMatchObject({ ok: true, value: { item: second } });
    expect(
      digest(session)
        .items.filter(([, status]) => status === 'completed')
        .map(([item]) => item),
    ).toEqual([first]);
    await session.close();
  });

  test('versions of the schema only grow, however far changes are undone', async () => {
    const session = await openSession(await newProject());
    const versions = [session.projection.schema.version];
    const seen = () => versions.push(session.projection.schema.version);
    for (const remap of [{ z: 'x' }, { z: 'y' }, {}]) {
      await session.changeSchema(schema(true, remap));
      seen();
    }
    for (let steps = 0; steps < 3; steps++) {
      await session.undo();
      seen();
    }
    await session.redo();
    seen();
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await session.close();
  });

  test('a session whose project was taken over can write nothing more', async () => {
    const id = await newProject();
    const first = await openSession(id);
    const second = await openSession(id);
    const submission = { item: ITEMS[0]!, values: { label: ['x'] }, note: '', leadMs: 1, from: 'person' } as const;
    const refused = await first.submit(submission);
    expect(refused.ok ? '' : refused.error.code).toBe('project.moved');
    expect((await second.submit(submission)).ok).toBe(true);
    await second.close();
    await first.close();
  });
});
