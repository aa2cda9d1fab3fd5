import { Dexie } from 'dexie';
import { IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, test, vi } from 'vitest';
import { itemId } from '#core/model/item';
import { hashOf } from '#core/model/hash';
import { addItems, Device, idleTask, value } from '../support/devices';

const TEXTS = ['one', 'two', 'three'];
const ITEMS = TEXTS.map((text) => itemId({ kind: 'text', text }));
const label = (item: string, name: string) =>
  ({ item, values: { label: [name] }, note: '', leadMs: 5, from: 'person' }) as const;

/**
 * Lets the n-th write to a project's database fail as on a full disk, and all after it; `writes` tells how many were tried.
 * The list of projects has room: a line is nothing.
 */
function fullDisk(failing: number) {
  const state = { writes: 0 };
  const spies = (['put', 'add'] as const).map((name) => {
    const write = Reflect.get(IDBObjectStore.prototype, name) as (...given: unknown[]) => unknown;
    return vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (this: IDBObjectStore, ...given) {
      if (this.transaction.db.name.startsWith('concord-') && ++state.writes >= failing) {
        throw new DOMException('No room', 'QuotaExceededError');
      }
      return Reflect.apply(write, this, given) as never;
    });
  });
  return { state, mend: () => spies.forEach((spy) => spy.mockRestore()) };
}

async function project(): Promise<{ mine: Device; id: string; first: Blob; second: Blob }> {
  const mine = new Device();
  const id = await mine.found(TEXTS);
  const first = (await mine.save(id)).blob;
  const image = new Blob([new Uint8Array(1_000).fill(7)]);
  await mine.with(id, async (session) => {
    for (const item of ITEMS) value(await session.submit(label(item, 'x')));
    const blob = hashOf(new Uint8Array(await image.arrayBuffer()));
    const facts = { width: 1, height: 1, type: 'image/png', size: 1_000 };
    await addItems(session, [{ data: { kind: 'image', blob }, image: facts, sources: [{ file: 'a.png' }] }], [image]);
  });
  return { mine, id, first, second: (await mine.save(id)).blob };
}

describe('A disk that is full at the n-th write', () => {
  test('of opening a new project: it says so, leaves nothing, and the next try works', async () => {
    const { id, second } = await project();
    for (let failing = 1; ; failing++) {
      const theirs = new Device();
      const disk = fullDisk(failing);
      const taken = await theirs.take(second);
      disk.mend();
      if (taken.ok && disk.state.writes < failing) break;
      if (!taken.ok) {
        expect(taken.error.code).toBe('storage.full');
        expect(await theirs.use().projects()).toEqual([]);
        expect(await Dexie.exists(`concord-${id}`)).toBe(false);
      }
      value(await theirs.take(second));
      await theirs.with(id, ({ projection }) => {
        expect(projection.tally.items).toBe(4);
        expect(projection.tally.statuses().completed).toBe(3);
        return Promise.resolve();
      });
    }
  }, 60_000);

  test('of a merge: it says so, keeps what was there, and the next try works', async () => {
    const { id, first, second } = await project();
    for (let failing = 1; ; failing++) {
      const theirs = new Device();
      value(await theirs.take(first));
      const session = await theirs.open(id);
      const disk = fullDisk(failing);
      const taken = await theirs.take(second, session, idleTask());
      disk.mend();
      expect(session.projection.tally.items).toBeGreaterThanOrEqual(3);
      if (!taken.ok) expect(taken.error.code).toBe('storage.full');
      value(await theirs.take(second, session));
      expect(session.projection.tally.items).toBe(4);
      await session.close();
      await theirs.with(id, ({ projection }) => {
        expect(projection.tally.statuses().completed).toBe(3);
        return Promise.resolve();
      });
      if (disk.state.writes < failing) break;
    }
  }, 60_000);
});
