import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hashOf } from '#core/model/hash';
import type { Hash, ProjectId } from '#core/model/ids';
import type { ItemRecord } from '#core/model/item';
import type { ProjectNotice } from '#workers/project/api';
import { Contents, type ContentsDevice } from '#workers/project/peers/contents';
import type { Session } from '#workers/project/session';
import { addItems, Device, value } from '../support/devices';
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
});
