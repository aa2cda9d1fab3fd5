import { encode } from '@ipld/dag-cbor';
import { describe, expect, test } from 'vitest';
import { emptyLog } from '#core/log/chain';
import type { LogEvent } from '#core/log/events';
import { encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import { itemId } from '#core/model/item';
import { encodeManifest, logPath, MANIFEST_PATH } from '#core/project-file/layout';
import { writeZip } from '#io/files/zip-writer';
import type { Result } from '#core/result';
import { recover } from '#workers/project/files/recover';
import { saveProjectFile } from '#workers/project/files/save';
import type { Session } from '#workers/project/session';
import { extend, foundProject, testAuthor } from '../support/authors';
import { addItems, Device, idleTask, value } from '../support/devices';
import { SCHEMA } from '../support/schema';

const TEXTS = ['one', 'two', 'three'];
const ITEMS = TEXTS.map((text) => itemId({ kind: 'text', text }));
const [ONE, TWO, THREE] = ITEMS as [string, string, string];
const label = (item: string, ...classes: string[]) =>
  ({ item, values: { label: classes }, note: '', leadMs: 5, from: 'person' }) as const;

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);
const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());

/** The projects' databases on a device. */
async function stored(device: Device): Promise<readonly string[]> {
  device.use();
  const names = (await device.factory.databases()).map(({ name }) => name ?? '');
  return names.filter((name) => name.startsWith('concord-')).sort();
}

/** A project file made by hand, sealed, of the given files. */
async function fileOf(files: Readonly<Record<string, Uint8Array>>): Promise<Blob> {
  async function* all() {
    for (const [path, bytes] of Object.entries(files)) yield await Promise.resolve({ path, chunks: [bytes] });
  }
  return value(await writeZip(new AbortController().signal, all(), () => undefined, { seal: 'sealed' }));
}

const manifest = (project: string, name = 'Birds') =>
  encodeManifest({ project, name, savedAt: 1, commits: {}, blobs: 'all' });

describe('A project file that is opened', () => {
  test('is the project, on a device that did not have it', async () => {
    const [mine, theirs] = [new Device(), new Device()];
    const id = await mine.found(TEXTS);
    await mine.with(id, async (session) => value(await session.submit(label(ONE, 'x'))));
    const { blob } = await mine.save(id);
    const opened = value(await theirs.take(blob));
    expect(opened).toMatchObject({ id, name: 'Birds', isNew: true, commits: 3, contents: 1, forked: [] });
    expect(await theirs.use().projects()).toMatchObject([{ id, name: 'Birds', content: 'texts', items: 3, done: 1 }]);
    await theirs.with(id, ({ projection, role }) => {
      expect(role).toBe('none');
      expect(projection.tally.items).toBe(3);
      expect(projection.status(projection.find(ONE))).toBe('completed');
      return Promise.resolve();
    });
  });

  test('changes nothing when it is opened again, and adds what is new when it is newer', async () => {
    const [mine, theirs] = [new Device(), new Device()];
    const id = await mine.found(TEXTS);
    const first = await mine.save(id);
    await mine.with(id, async (session) => value(await session.submit(label(ONE, 'x'))));
    const second = await mine.save(id);
    value(await theirs.take(second.blob));
    expect(value(await theirs.take(second.blob))).toMatchObject({ isNew: false, commits: 0, contents: 0 });
    expect(value(await theirs.take(first.blob))).toMatchObject({ isNew: false, commits: 0, contents: 0 });
    await mine.with(id, async (session) => value(await session.submit(label(TWO, 'y'))));
    const third = await mine.save(id);
    expect(value(await theirs.take(third.blob))).toMatchObject({ isNew: false, commits: 1, contents: 0 });
  });

  test('brings images, each with the type of its content; without them it says so', async () => {
    const [mine, theirs] = [new Device(), new Device()];
    const id = await mine.found([]);
    const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"></svg>'], {
      type: 'text/html',
    });
    const hash = hashOf(await bytesOf(svg));
    await mine.with(id, (session) =>
      addItems(
        session,
        [
          {
            data: { kind: 'image', blob: hash },
            image: { width: 2, height: 2, type: 'image/svg+xml', size: svg.size },
            sources: [{ file: 'a.svg' }],
          },
        ],
        [svg],
      ),
    );
    value(await theirs.take((await mine.save(id, 'none')).blob));
    await theirs.with(id, async ({ store }) => expect(await store.blob(hash)).toBeNull());
    expect(value(await theirs.take((await mine.save(id)).blob))).toMatchObject({ commits: 0, contents: 1 });
    await theirs.with(id, async ({ store }) => expect((await store.blob(hash))?.type).toBe('image/svg+xml'));
    expect(await theirs.use().projects()).toMatchObject([{ content: 'images', bytes: svg.size }]);
  });

  test('gives a device back what it lost, its own log too; it goes on from there and forks nothing', async () => {
    const mine = new Device();
    const id = await mine.found(TEXTS);
    const old = await mine.save(id);
    await mine.with(id, async (session) => value(await session.submit(label(ONE, 'x'))));
    const late = await mine.save(id);
    await mine.use().remove(id);
    value(await mine.take(old.blob));
    await mine.with(id, async (session) => {
      expect(session.role).toBe('owner');
      // The old file lacks a label that the newer one has, which is merged into the session as it runs.
      expect(value(await mine.take(late.blob, session))).toMatchObject({ isNew: false, commits: 1, forked: [] });
      expect(session.projection.status(session.projection.find(ONE))).toBe('completed');
      value(await session.submit(label(TWO, 'y')));
    });
    await mine.with(id, ({ projection }) => {
      expect(projection.tally.statuses().completed).toBe(2);
      return Promise.resolve();
    });
  });

  test('tells another story of an author: what was said before counts, the rest is kept, and nothing can be added to it', async () => {
    const mine = new Device();
    const id = await mine.found(TEXTS);
    await mine.with(id, async (session) => value(await session.submit(label(THREE, 'z'))));
    const old = await mine.save(id);
    await mine.with(id, async (session) => value(await session.submit(label(ONE, 'x'))));
    const one = await mine.save(id);
    // The same key goes on from an old state, as on a device restored from a backup.
    await mine.use().remove(id);
    value(await mine.take(old.blob));
    const statuses = ({ projection }: Session) =>
      [ONE, TWO, THREE].map((item) => projection.status(projection.find(item)));
    await mine.with(id, async (session) => {
      value(await session.submit(label(ONE, 'y')));
      value(await session.submit(label(TWO, 'y')));
      const opened = value(await mine.take(one.blob, session));
      expect(opened).toMatchObject({ commits: 0, forked: [session.author] });
      const [fork] = await session.store.forks.toArray();
      expect(fork).toMatchObject({ author: session.author, seq: 3 });
      expect(session.projection.forkOf(session.author)).toBe(3);
      expect(statuses(session)).toEqual(['pending', 'pending', 'completed']);
      expect(await session.submit(label(TWO, 'z'))).toMatchObject({ ok: false, error: { code: 'log.forked' } });
    });
    await mine.with(id, async (session) => {
      expect(statuses(session)).toEqual(['pending', 'pending', 'completed']);
      expect((await session.store.heads.get(session.author))?.length).toBe(5);
    });
  });

  test('is judged against what was labelled while it was read', async () => {
    const mine = new Device();
    const id = await mine.found(TEXTS);
    const old = await mine.save(id);
    await mine.with(id, async (session) => value(await session.submit(label(ONE, 'x'))));
    const late = await mine.save(id);
    await mine.use().remove(id);
    value(await mine.take(old.blob));
    await mine.with(id, async (session) => {
      const merging = mine.take(late.blob, session);
      const labelled = await session.submit(label(TWO, 'y'));
      const opened = value(await merging);
      // Whichever came first: either the label followed the file's commit, or the file contradicts it.
      expect(labelled.ok).toBe(true);
      expect(opened.commits + opened.forked.length).toBe(1);
      expect(session.projection.status(session.projection.find(TWO))).toBe(
        opened.commits === 1 ? 'completed' : 'pending',
      );
    });
  });
});

describe('A file that is not as it was saved', () => {
  test('is refused, whichever byte was changed, cut off or added, and leaves nothing behind', async () => {
    const [mine, theirs] = [new Device(), new Device()];
    const id = await mine.found(['one']);
    const bytes = await bytesOf((await mine.save(id)).blob);
    const before = await stored(theirs);
    const refused = async (changed: Uint8Array<ArrayBuffer>, what: string) => {
      const taken = await theirs.take(new Blob([changed]));
      expect(taken.ok, what).toBe(false);
    };
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      await refused(changed, `byte ${at} of ${bytes.length}`);
    }
    for (let length = 0; length < bytes.length; length++) {
      await refused(bytes.slice(0, length), `cut to ${length}`);
      await refused(bytes.slice(bytes.length - length), `its last ${length}`);
    }
    await refused(Uint8Array.of(...bytes, 0), 'a byte behind');
    await refused(Uint8Array.of(0, ...bytes), 'a byte before');
    expect(await stored(theirs)).toEqual(before);
    value(await theirs.take(new Blob([bytes])));
  }, 60_000);

  const founder = testAuthor(1);
  const stranger = testAuthor(2);
  const ITEM_CHUNK = encodeChunk([{ data: { kind: 'text', text: 'one' }, sources: [{ file: 'a' }] }]);
  const CHUNK = hashOf(ITEM_CHUNK);
  const added: LogEvent = { type: 'items.added', chunk: CHUNK, count: 1 };
  const opening = [{ type: 'schema.changed', schema: SCHEMA } as const, added];
  const said: LogEvent = { type: 'item.skipped', item: ONE, leadMs: 1 };

  interface Forged {
    readonly what: string;
    readonly code: string;
    readonly files: () => Promise<Readonly<Record<string, Uint8Array>>>;
  }
  const forgeries: readonly Forged[] = [
    {
      what: 'of a newer version',
      code: 'project-file.newer',
      files: async () => {
        const { project } = await foundProject(founder);
        const text = new TextDecoder().decode(manifest(project)).replace('"version": 1', '"version": 2');
        return { [MANIFEST_PATH]: new TextEncoder().encode(text) };
      },
    },
    {
      what: 'without a manifest',
      code: 'project-file.invalid',
      files: () => Promise.resolve({ a: new Uint8Array(3) }),
    },
    {
      what: 'with a file that has no place',
      code: 'project-file.invalid',
      files: async () => {
        const { project, commits } = await foundProject(founder);
        const log = { [logPath(founder.author, 0)]: encode(commits) };
        return { [MANIFEST_PATH]: manifest(project), ...log, 'evil.exe': new Uint8Array(3) };
      },
    },
    {
      what: 'whose manifest names another project',
      code: 'commit.chain',
      files: async () => {
        const { commits } = await foundProject(founder);
        const other = await foundProject(stranger);
        return { [MANIFEST_PATH]: manifest(other.project), [logPath(founder.author, 0)]: encode(commits) };
      },
    },
    {
      what: 'without the founding commit',
      code: 'project-file.invalid',
      files: async () => {
        const { project } = await foundProject(founder);
        const { commits } = await extend(emptyLog(project, stranger.author), stranger, [[said]]);
        return { [MANIFEST_PATH]: manifest(project), [logPath(stranger.author, 0)]: encode(commits) };
      },
    },
    {
      what: 'with a commit that somebody else signed',
      code: 'commit.signature',
      files: async () => {
        const { project, head, commits } = await foundProject(founder);
        const forged = await extend(head, { ...stranger, author: founder.author }, [[said]]);
        const log = encode([...commits, ...forged.commits]);
        return { [MANIFEST_PATH]: manifest(project), [logPath(founder.author, 0)]: log };
      },
    },
    {
      what: 'with a gap between two segments',
      code: 'project-file.invalid',
      files: async () => {
        const { project, commits } = await foundProject(founder, [opening, [said]]);
        return {
          [MANIFEST_PATH]: manifest(project),
          [logPath(founder.author, 0)]: encode(commits.slice(0, 1)),
          [logPath(founder.author, 2)]: encode(commits.slice(2)),
        };
      },
    },
    {
      what: 'with a segment of nine million nothings',
      code: 'project-file.invalid',
      files: async () => {
        const { project } = await foundProject(founder);
        const bomb = new Uint8Array(8_900_005).fill(0x40);
        bomb.set([0x9a, 0x00, 0x87, 0xcd, 0xa0]);
        return { [MANIFEST_PATH]: manifest(project), [logPath(founder.author, 0)]: bomb };
      },
    },
    {
      what: 'with a segment beyond all bounds',
      code: 'project-file.invalid',
      files: async () => {
        const { project } = await foundProject(founder);
        return { [MANIFEST_PATH]: manifest(project), [logPath(founder.author, 0)]: new Uint8Array(10 << 20) };
      },
    },
    {
      what: 'with a chunk that is not what its name says',
      code: 'project-file.invalid',
      files: async () => {
        const { project, commits } = await foundProject(founder, [opening]);
        const log = { [logPath(founder.author, 0)]: encode(commits) };
        return { [MANIFEST_PATH]: manifest(project), ...log, [`chunks/${CHUNK}`]: new Uint8Array(9) };
      },
    },
    {
      what: 'with an image that is not what its name says',
      code: 'project-file.invalid',
      files: async () => {
        const { project, commits } = await foundProject(founder, [opening]);
        const log = { [logPath(founder.author, 0)]: encode(commits) };
        const contents = { [`chunks/${CHUNK}`]: ITEM_CHUNK, [`blobs/${CHUNK}`]: new Uint8Array(9) };
        return { [MANIFEST_PATH]: manifest(project), ...log, ...contents };
      },
    },
    {
      what: 'that unfolds to a hundred times what it is',
      code: 'zip.bomb',
      files: async () => {
        const { project } = await foundProject(founder);
        return { [MANIFEST_PATH]: manifest(project), [`chunks/${CHUNK}`]: new Uint8Array(51 << 20) };
      },
    },
  ];

  test.each(forgeries)(
    '$what: $code',
    async ({ code, files }) => {
      const device = new Device();
      const before = await stored(device);
      expect(codeOf(await device.take(await fileOf(await files())))).toBe(code);
      expect(await stored(device)).toEqual(before);
    },
    30_000,
  );

  test('in a known project takes back the contents that it brought', async () => {
    const device = new Device();
    const { project, commits } = await foundProject(founder, [opening]);
    const log = { [MANIFEST_PATH]: manifest(project), [logPath(founder.author, 0)]: encode(commits) };
    value(await device.take(await fileOf({ ...log, [`chunks/${CHUNK}`]: ITEM_CHUNK })));
    const good = new TextEncoder().encode('good');
    const blobs = { [`blobs/${hashOf(good)}`]: good, [`blobs/${CHUNK}`]: good };
    expect(codeOf(await device.take(await fileOf({ ...log, ...blobs })))).toBe('project-file.invalid');
    await device.with(project, async ({ store, projection }) => {
      expect(await store.blobs.count()).toBe(0);
      expect(projection.tally.items).toBe(1);
    });
  });

  test('whose manifest lies about what it holds is what its logs say', async () => {
    const device = new Device();
    const { project, commits } = await foundProject(founder, [opening]);
    const lies = encodeManifest({
      ...{ project, name: 'Fish', savedAt: 2 ** 52, blobs: 'none' },
      commits: { [stranger.author]: 5_000_000 },
    });
    const files = { [MANIFEST_PATH]: lies, [logPath(founder.author, 0)]: encode(commits) };
    const opened = value(await device.take(await fileOf({ ...files, [`chunks/${CHUNK}`]: ITEM_CHUNK })));
    expect(opened).toMatchObject({ name: 'Birds', commits: 2 });
  });

  test('of another project is not merged into this one', async () => {
    const device = new Device();
    const [one, other] = [await device.found(['a']), await device.found(['b'], 'Fish')];
    const { blob } = await device.save(other);
    await device.with(one, async (session) => {
      const taken = await device.take(blob, session);
      expect(taken).toMatchObject({ ok: false, error: { code: 'project-file.other' } });
    });
  });
});

describe('A second device', () => {
  async function opened() {
    const [mine, theirs] = [new Device(), new Device()];
    const id = await mine.found(TEXTS);
    const code = await mine.with(id, async ({ store }) => (await store.read('recoveryCode'))!);
    value(await theirs.take((await mine.save(id)).blob));
    return { mine, theirs, id, code };
  }

  test('may look, and is refused what would not count', async () => {
    const { theirs, id } = await opened();
    await theirs.with(id, async (session) => {
      const refusals = [
        await session.submit(label(ONE, 'x')),
        await session.skip(ONE, 1),
        await session.flag(ONE, 'odd'),
        await session.changeSettings({ name: 'Mine' }),
        await session.applyValues([0], { label: ['x'] }),
      ];
      expect(refusals.map(codeOf)).toEqual(Array.from(refusals, () => 'role.lacking'));
      expect(await session.store.heads.count()).toBe(1);
    });
  });

  test('becomes an owner by the code, and stays one; its work counts where its file is merged', async () => {
    const { mine, theirs, id, code } = await opened();
    await theirs.with(id, async (session) => {
      value(await recover(session, code, 'Ada again'));
      expect(session.role).toBe('owner');
      expect(session.projection.name(session.author)).toBe('Ada again');
      value(await session.submit(label(ONE, 'x')));
      await session.checkpoint();
      expect(theirs.notices).toContainEqual(expect.objectContaining({ type: 'project', role: 'owner' }));
    });
    await theirs.with(id, async (session) => {
      expect(session.role).toBe('owner');
      value(await session.submit(label(TWO, 'y')));
      // Said a second time, it changes nothing.
      value(await recover(session, code, 'Ada'));
      expect((await session.store.heads.get(session.author))?.length).toBe(3);
    });
    const { blob } = await theirs.save(id);
    await mine.with(id, async (session) => {
      expect(value(await mine.take(blob, session))).toMatchObject({ commits: 3, isNew: false });
      expect(session.projection.tally.statuses().completed).toBe(2);
    });
    // A checkpoint was written since; the proof is checked when it is read.
    await mine.with(id, ({ projection }) => {
      expect(projection.tally.statuses().completed).toBe(2);
      return Promise.resolve();
    });
  });

  test('is told whether the code is mistyped or another project’s', async () => {
    const { mine, theirs, id, code } = await opened();
    const other = await mine.found(['z'], 'Fish');
    const wrong = await mine.with(other, async ({ store }) => (await store.read('recoveryCode'))!);
    await theirs.with(id, async (session) => {
      expect(codeOf(await recover(session, `A${code.slice(1)}`.replace(/^(.)(.)/, '$1B'), 'A'))).toBe(
        'recovery.invalid',
      );
      expect(codeOf(await recover(session, wrong, 'A'))).toBe('recovery.other');
      expect(session.role).toBe('none');
    });
  });
});

describe('What is in a file', () => {
  test('counts only once it was handed over, and then what came since', async () => {
    const mine = new Device();
    const id = await mine.found(TEXTS);
    await mine.with(id, async (session) => {
      const saved = value(await saveProjectFile(session, idleTask(), 'none'));
      expect(session.inFile.state).toBeNull();
      await session.inFile.handedOver(saved.content);
      expect(session.inFile.state).toMatchObject({ since: 0, blobs: 'none' });
      value(await session.submit(label(ONE, 'x')));
      expect(session.inFile.state?.since).toBe(1);
      expect(mine.notices.at(-1)?.type).not.toBe('failed');
      expect(mine.notices).toContainEqual({ type: 'in-file', inFile: session.inFile.state });
    });
    await mine.with(id, ({ inFile }) => {
      expect(inFile.state?.since).toBe(1);
      return Promise.resolve();
    });
  });
});
