import { describe, expect, test } from 'vitest';
import { StorageState, type StorageDevice } from '#state/storage';

const GB = 1e9;

function browser(usage: number, quota: number, kept = false) {
  const memory = new Map<string, string>();
  const asked: string[] = [];
  const manager = {
    persisted: () => Promise.resolve(kept),
    persist: () => {
      asked.push('persist');
      return Promise.resolve(kept);
    },
    estimate: () => Promise.resolve({ usage, quota }),
  };
  const device: StorageDevice = {
    manager,
    memory: { getItem: (key) => memory.get(key) ?? null, setItem: (key, value) => void memory.set(key, value) },
  };
  return { device, asked };
}

describe('StorageState', () => {
  test.each([
    ['a new project', 0, 10 * GB, false],
    ['85 % used', 8.5 * GB, 10 * GB, false],
    ['a little more', 8.6 * GB, 10 * GB, true],
    ['half a gigabyte left', 0.5 * GB, 1 * GB, false],
    ['less', 0.51 * GB, 1 * GB, true],
    ['a small quota that is not used', 0, 0.4 * GB, true],
    ['more used than there is', 3 * GB, 2 * GB, true],
  ])('%s', async (_, usage, quota, expected) => {
    const storage = new StorageState(browser(usage, quota).device);
    expect(storage.isNearlyFull).toBe(false);
    await storage.look();
    expect(storage.isNearlyFull).toBe(expected);
    expect(storage.left).toBe(Math.max(0, quota - usage));
  });

  test('the browser is asked once, and again only when the person wants it', async () => {
    const { device, asked } = browser(0, 10 * GB);
    await new StorageState(device).askOnce();
    await new StorageState(device).askOnce();
    expect(asked).toHaveLength(1);
    const storage = new StorageState(device);
    await storage.ask();
    expect(asked).toHaveLength(2);
    expect(storage.keeping).toBe('cleared');
  });

  test('a browser that keeps everything already is not asked', async () => {
    const { device, asked } = browser(0, 10 * GB, true);
    const storage = new StorageState(device);
    await storage.askOnce();
    expect(asked).toEqual([]);
    expect(storage.keeping).toBe('kept');
  });

  test.each([
    ['has no such thing', undefined],
    [
      'refuses to tell',
      {
        persisted: () => Promise.reject(new TypeError('private window')),
        persist: () => Promise.reject(new TypeError('private window')),
        estimate: () => Promise.reject(new TypeError('private window')),
      },
    ],
  ])('a browser that %s', async (_, manager) => {
    const storage = new StorageState({ ...browser(0, 0).device, manager });
    await storage.askOnce();
    await storage.ask();
    expect([storage.keeping, storage.room, storage.isNearlyFull]).toEqual(['silent', null, false]);
  });
});
