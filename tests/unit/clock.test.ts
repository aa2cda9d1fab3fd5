import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import { itemId } from '#core/model/item';
import { ProjectStore } from '#io/storage/project-store';
import { inTimeAgo } from '#ui/figures.ts';
import { Library } from '#workers/project/library';
import { Dealing } from '#workers/project/gold/dealing';
import { history } from '#workers/project/item-views';
import { Session } from '#workers/project/session';
import { schemaOf } from '../support/labeler-project';

const NOW = Date.UTC(2026, 5, 1);
const YEAR = 365 * 24 * 3_600_000;
const text = { kind: 'text', text: 'a text' } as const;
const item = itemId(text);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

test('work goes on as it was done when the clock is set back a year', async () => {
  const library = new Library();
  const created = await library.create({ name: 'p', founder: 'F', schema: schemaOf({ multiple: false }) });
  if (!created.ok) throw new Error(created.error.message);
  const open = async () => {
    const store = new ProjectStore(created.value);
    await store.beginEpoch();
    return Session.open(created.value, store, await library.signer(), () => undefined);
  };
  const say = (session: Session, label: string) =>
    session.submit({ item, values: { label: [label] }, note: '', leadMs: 1, from: 'person' });

  let session = await open();
  const bytes = encodeChunk([{ data: text, sources: [{ file: 'a.txt' }] }]);
  const chunk = hashOf(bytes);
  await session.append(() => [{ type: 'items.added', chunk, count: 1 }], { chunks: [{ hash: chunk, bytes }] });
  session.projection.addChunk(chunk, [item]);
  expect(await say(session, 'a')).toMatchObject({ ok: true });
  vi.setSystemTime(NOW - YEAR);
  expect(await say(session, 'b')).toMatchObject({ ok: true });
  await session.close();

  session = await open();
  expect(await say(session, 'c')).toMatchObject({ ok: true });
  expect(await session.undo()).toMatchObject({ ok: true });
  const { projection, author } = session;
  expect(projection.pool.read(projection.answer(projection.find(item), author).values)).toEqual({ label: ['b'] });
  expect(history(session, item, new Dealing(session)).map(({ values }) => values)).toEqual(
    ['a', 'b', 'c', 'b'].map((label) => ({ label: [label] })),
  );
  await session.close();
});

test('what was opened when the clock was a year ahead is not the last opened for a year', async () => {
  const library = new Library();
  const found = async (name: string) => {
    const created = await library.create({ name, founder: 'F', schema: schemaOf({ multiple: false }) });
    if (!created.ok) throw new Error(created.error.message);
  };
  await found('ahead');
  vi.setSystemTime(NOW - YEAR);
  await found('first');
  vi.setSystemTime(NOW - YEAR + 1_000);
  await found('last');
  const names = (await library.projects()).map(({ name }) => name);
  expect(names.filter((name) => name !== 'p')).toEqual(['last', 'first', 'ahead']);
});

test.each([
  ['a moment', NOW - 5_000, 'just now'],
  ['two clocks that differ a little', NOW + 5_000, 'just now'],
  ['a clock that was set back', NOW + YEAR, 'Jun 1, 2027'],
])('%s ago is said as it is', (_, time, words) => {
  expect(inTimeAgo(time, NOW)).toBe(words);
});
