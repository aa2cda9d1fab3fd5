import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hashOf } from '#core/model/hash';
import type { Hash, ProjectId } from '#core/model/ids';
import { itemId, type ItemRecord } from '#core/model/item';
import type { ProjectNotice } from '#workers/project/api';
import { BlobBudget } from '#workers/project/peers/blob-budget';
import { Contents, type ContentsDevice } from '#workers/project/peers/contents';
import { exportFiles } from '#workers/project/export/run';
import { saveProjectFile } from '#workers/project/files/save';
import type { Session } from '#workers/project/session';
import { addItems, Device, idleTask, value } from '../support/devices';
import { exported } from '../support/exported';
import { directPair } from '../support/direct-channels';

/** A browser that says that it has a great deal of room. */
const roomy = (): ContentsDevice => ({
  now: () => 1_700_000_000_000,
  ticks: () => performance.now(),
  later: (ms, work) => void setTimeout(work, Math.min(ms, 20)),
  quota: () => Promise.resolve(1e12),
});

const bytesOf = (seed: number, size: number) =>
  Uint8Array.from({ length: size }, (_, at) => (seed * 31 + at * 7) % 251);

function images(count: number, size = 5_000): { records: ItemRecord[]; blobs: Blob[]; hashes: Hash[] } {
  const all = Array.from({ length: count }, (_, n) => bytesOf(n, size));
  const hashes = all.map(hashOf);
  return {
    hashes,
    blobs: all.map((bytes) => new Blob([bytes])),
    records: hashes.map((blob, n) => ({
      data: { kind: 'image', blob },
      sources: [{ file: `${n}.png` }],
      image: { width: 10, height: 10, type: 'image/png', size },
    })),
  };
}

/** The owner's session, and that of somebody who has the logs and nothing else. */
async function pair(
  fill: (session: Session) => Promise<void>,
): Promise<{ owner: Session; joiner: Session; id: ProjectId }> {
  const ada = new Device();
  const id = await ada.found(['first']);
  const owner = await ada.open(id);
  await fill(owner);
  await owner.close();
  const file = await ada.save(id, 'none');
  const ben = new Device();
  value(await ben.take(file.blob));
  const joiner = await ben.open(id);
  await joiner.store.chunks.clear();
  await joiner.store.checkpoints.clear();
  await joiner.close();
  const [again, there] = [await ada.open(id), await ben.open(id)];
  onTestFinished(async () => {
    await Promise.all([again.close(), there.close()]);
  });
  return { owner: again, joiner: there, id };
}

interface Side {
  readonly contents: Contents;
  readonly notices: ProjectNotice[];
  readonly misbehaved: string[];
}

function side(session: Session, device = roomy()): Side {
  const notices: ProjectNotice[] = [];
  const misbehaved: string[] = [];
  const on = { claims: () => [], misbehaved: (_: string, why: string) => void misbehaved.push(why) };
  const contents = new Contents(session, (notice) => notices.push(notice), on, device);
  onTestFinished(() => {
    contents.close();
  });
  return { contents, notices, misbehaved };
}

function link(one: Side, other: Side, id = 'link') {
  const [a, b] = directPair();
  one.contents.add(id, a);
  other.contents.add(id, b);
  return { a, b };
}

/** Of whoever waits for something on a busy machine. */
const PATIENCE = { timeout: 10_000 };

describe('contents of peers', { timeout: 20_000 }, () => {
  it('brings the chunks that the log announces, and their items', async () => {
    const { owner, joiner } = await pair((session) =>
      addItems(session, [{ data: { kind: 'text', text: 'second' }, sources: [{ file: 'b.txt' }] }]),
    );
    expect(joiner.counters().items).toBe(0);
    const there = side(joiner);
    link(side(owner), there);
    await vi.waitFor(() => {
      expect(joiner.counters().items).toBe(2);
    });
    expect(there.contents.missing).toBe(0);
  });

  it('brings the images of the queue, and tells which', async () => {
    const { records, blobs, hashes } = images(12);
    const { owner, joiner } = await pair((session) => addItems(session, records, blobs));
    const there = side(joiner);
    link(side(owner), there);
    await vi.waitFor(
      async () => {
        expect(await joiner.store.has('blobs', hashes)).toEqual(new Set(hashes));
      },
      { timeout: 5_000 },
    );
    await vi.waitFor(() => {
      const told = there.notices.flatMap((notice) => (notice.type === 'arrived' ? notice.blobs : []));
      expect(new Set(told)).toEqual(new Set(hashes));
    });
    expect(await there.contents.use()).toMatchObject({ fetched: 12 * 5_000 });
    expect(await joiner.store.fetched.count()).toBe(12);
    expect(there.misbehaved).toEqual([]);
  });

  it('refuses a chunk that is none, and asks for it no more', async () => {
    const garbage = bytesOf(1, 300);
    const { owner, joiner } = await pair(async (session) => {
      const event = { type: 'items.added', chunk: hashOf(garbage), count: 3 } as const;
      value(await session.append(() => [event], { chunks: [{ hash: hashOf(garbage), bytes: garbage }] }));
    });
    const there = side(joiner);
    const { b } = link(side(owner), there);
    await vi.waitFor(() => {
      expect(joiner.counters().items).toBe(1);
      expect(there.contents.missing).toBe(0);
    });
    expect(await joiner.store.chunk(hashOf(garbage))).toBeUndefined();
    const asked = b.sent.length;
    there.contents.refresh();
    await settled();
    expect(b.sent).toHaveLength(asked);
  });

  it('takes nothing that the logs do not name', async () => {
    const { owner, joiner } = await pair(() => Promise.resolve());
    const extra = images(1);
    value(await owner.store.keep({ blobs: [{ hash: extra.hashes[0]!, blob: extra.blobs[0]!, thumbnail: null }] }));
    link(side(owner), side(joiner));
    await vi.waitFor(() => {
      expect(joiner.counters().items).toBe(1);
    });
    await settled();
    expect(await joiner.store.blobs.count()).toBe(0);
  });

  it('fetches images of guidelines', async () => {
    const { blobs, hashes } = images(1);
    const { owner, joiner } = await pair(async (session) => {
      value(await session.store.keep({ blobs: [{ hash: hashes[0]!, blob: blobs[0]!, thumbnail: null }] }));
      value(await session.changeSchema({ ...session.projection.schema, guidelines: `![A](blob:${hashes[0]!})` }));
    });
    link(side(owner), side(joiner));
    await vi.waitFor(async () => {
      expect(await joiner.store.blob(hashes[0]!)).not.toBeNull();
    });
  });

  it('keeps what came from others below the budget, and goes where the person goes', async () => {
    const SIZE = 5_000;
    const { records, blobs, hashes } = images(40, SIZE);
    const { owner, joiner } = await pair((session) => addItems(session, records, blobs));
    const there = side(joiner);
    await there.contents.setBudget(8 * SIZE);
    const item = (n: number) => itemId(records[n]!.data);
    there.contents.lookAt(item(0));
    link(side(owner), there);
    const here = () => joiner.store.has('blobs', hashes);
    await vi.waitFor(async () => {
      expect([...(await here())].length).toBe(8);
      expect((await here()).has(hashes[0]!)).toBe(true);
    }, PATIENCE);
    await settled();
    for (const n of [30, 12, 39, 3]) {
      there.contents.lookAt(item(n));
      await vi.waitFor(async () => {
        expect((await here()).has(hashes[n]!)).toBe(true);
        // What lies next to it may be on its way still.
        expect(await there.contents.use()).toMatchObject({ fetched: 8 * SIZE, budget: 8 * SIZE });
      }, PATIENCE);
    }
    await there.contents.setBudget(3 * SIZE);
    await settled();
    expect((await here()).has(hashes[3]!)).toBe(true);
    expect((await there.contents.use()).fetched).toBeLessThanOrEqual(8 * SIZE);
    expect(await joiner.store.fetched.count()).toBe(await joiner.store.blobs.count());
  }, 60_000);

  it('goes on without images while the disk is full, says so once, and takes them when there is room', async () => {
    const { records, blobs, hashes } = images(6);
    const { owner, joiner } = await pair((session) => addItems(session, records, blobs));
    const full = vi.spyOn(joiner.store.blobs, 'bulkPut').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const there = side(joiner);
    link(side(owner), there);
    await vi.waitFor(() => {
      expect(there.notices.some((notice) => notice.type === 'failed')).toBe(true);
    });
    await settled();
    const failures = there.notices.flatMap((notice) => (notice.type === 'failed' ? [notice.error.code] : []));
    expect(failures).toEqual(['peers.no-room']);
    full.mockRestore();
    await vi.waitFor(async () => {
      expect(await joiner.store.has('blobs', hashes)).toEqual(new Set(hashes));
    });
  });

  it('what is imported here is never dropped, whoever gave it before', async () => {
    const { records, blobs, hashes } = images(3);
    const { owner, joiner } = await pair((session) => addItems(session, records, blobs));
    const there = side(joiner);
    link(side(owner), there);
    await vi.waitFor(async () => {
      expect(await joiner.store.fetched.count()).toBe(3);
    });
    value(await joiner.store.keep({ blobs: [{ hash: hashes[0]!, blob: blobs[0]!, thumbnail: null }] }));
    await there.contents.setBudget(0);
    await settled();
    expect(await joiner.store.blob(hashes[0]!)).not.toBeNull();
    expect(await joiner.store.fetched.get(hashes[0]!)).toBeUndefined();
  });
});

describe('what is taken along without images that are not here', () => {
  it('a project file says how many are missing', async () => {
    const { records, blobs } = images(5);
    const { owner, joiner } = await pair((session) => addItems(session, records, blobs));
    const there = side(joiner);
    await there.contents.setBudget(2 * 5_000);
    link(side(owner), there);
    await vi.waitFor(async () => {
      expect(await joiner.store.blobs.count()).toBe(2);
    });
    expect(value(await saveProjectFile(joiner, idleTask(), 'all')).absent).toBe(3);
    expect(value(await saveProjectFile(joiner, idleTask(), 'none')).absent).toBe(0);
    expect(value(await saveProjectFile(owner, idleTask(), 'all')).absent).toBe(0);
  });

  it('so does an export', async () => {
    const { records, blobs } = images(5);
    const { owner, joiner } = await pair((session) => addItems(session, records, blobs));
    const there = side(joiner);
    await there.contents.setBudget(2 * 5_000);
    link(side(owner), there);
    await vi.waitFor(async () => {
      expect(await joiner.store.blobs.count()).toBe(2);
    });
    const request = { format: 'jsonl', options: {}, which: 'all', trainShare: null, seed: 0, snapshot: null } as const;
    const absent = async (session: Session, includeImages: boolean) =>
      value(await exportFiles(exported(session), idleTask(), { ...request, includeImages })).absent;
    expect(await absent(joiner, true)).toBe(3);
    expect(await absent(joiner, false)).toBe(0);
    expect(await absent(owner, true)).toBe(0);
  });
});

describe('the budget of blobs', () => {
  async function open() {
    const device = new Device();
    const session = await device.open(await device.found(['one']));
    onTestFinished(() => session.close());
    let time = 0;
    const budget = new BlobBudget(session.store, { now: () => ++time, quota: () => Promise.resolve(1_000) });
    const keep = async (name: string, size: number) =>
      value(await budget.keep(hashOf(bytesOf(name.charCodeAt(0), 9)), new Blob([bytesOf(1, size)])));
    const here = async () => {
      const names: string[] = [];
      for (const name of 'abcdefgh') {
        if (await session.store.blob(hashOf(bytesOf(name.charCodeAt(0), 9)))) names.push(name);
      }
      return names.join('');
    };
    const hash = (name: string) => hashOf(bytesOf(name.charCodeAt(0), 9));
    return { session, budget, keep, here, hash };
  }

  it('is a fifth of what the browser gives, where nobody says otherwise', async () => {
    const { budget } = await open();
    expect(await budget.read()).toEqual({ fetched: 0, limit: 200 });
  });

  it('drops what was shown the longest ago', async () => {
    const { budget, keep, here, hash } = await open();
    for (const name of 'abcd') await keep(name, 50);
    await budget.use(hash('a'));
    await keep('e', 50);
    expect(await here()).toBe('acde');
    await keep('f', 100);
    expect(await here()).toBe('aef');
    expect(await budget.read()).toEqual({ fetched: 200, limit: 200 });
  });

  it('leaves what is on the screen or next, and what was imported', async () => {
    const { session, budget, keep, here, hash } = await open();
    for (const name of 'abcd') await keep(name, 50);
    budget.protect(new Set([hash('a')]));
    await session.store.own([hash('b')]);
    await budget.set(60);
    expect(await here()).toBe('ab');
  });

  it('counts what is there when the project is opened again', async () => {
    const { session, keep } = await open();
    await keep('a', 70);
    const again = new BlobBudget(session.store, { now: () => 9, quota: () => Promise.resolve(null) });
    expect(await again.read()).toEqual({ fetched: 70, limit: 2_000_000_000 });
  });
});

/** Time for whatever might still go on. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 200));
