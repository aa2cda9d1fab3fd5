import { describe, expect, test } from 'vitest';
import { itemId } from '#core/model/item';
import { Device, value } from '../support/devices';

const TEXTS = ['one', 'two', 'three'];
const ITEMS = TEXTS.map((text) => itemId({ kind: 'text', text }));
const submission = (item: string, label: string) =>
  ({ item, values: { label: [label] }, note: '', leadMs: 5, from: 'person' }) as const;

describe('A project file', () => {
  test('opened on another device is the project', async () => {
    const [mine, theirs] = [new Device(), new Device()];
    const id = await mine.found(TEXTS);
    await mine.with(id, async (session) => value(await session.submit(submission(ITEMS[0]!, 'x'))));
    const { blob } = await mine.save(id);
    const opened = value(await theirs.take(blob));
    expect(opened).toMatchObject({ id, name: 'Birds', isNew: true, commits: 3, contents: 1, forked: [] });
    expect(await theirs.use().projects()).toMatchObject([{ id, name: 'Birds', content: 'texts', items: 3, done: 1 }]);
    await theirs.with(id, async ({ projection, role }) => {
      await Promise.resolve();
      expect(role).toBe('none');
      expect(projection.tally.items).toBe(3);
      expect(projection.status(projection.find(ITEMS[0]!))).toBe('completed');
    });
  });
});
