import 'fake-indexeddb/auto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { formats } from '#core/formats/registry';
import type { Box, Span } from '#core/model/annotation';
import { encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import { itemId, type ItemRecord } from '#core/model/item';
import { addClasses, addField } from '#core/model/schema-edits';
import { EMPTY_SCHEMA, type Schema } from '#core/model/schema';
import { ProjectStore } from '#io/storage/project-store';
import type { ExportRequest } from '#workers/project/api';
import { exportFiles } from '#workers/project/export/run';
import { Snapshots } from '#workers/project/snapshots/snapshots';
import { saveProjectFile } from '#workers/project/files/save';
import { Library } from '#workers/project/library';
import { Session } from '#workers/project/session';
import { readArguments } from '../../src/cli/arguments';
import { commands } from '../../src/cli/commands';
import { png } from '../e2e/support/png';
import { exported } from '../support/exported';
import { buildCommandLine, concord, interrupted } from '../support/command-line';

const CONFIG = `project: {name: Birds, task_type: image_classification, classes: [Gull, Tern]}
export: {format: jsonl, output_dir: ./labels, train_val_split: 0.5}
`;
const RECOVERY_CODE = /(?:[A-Z2-7]{4}-){13}[A-Z2-7]{4}/;

// Programs are started, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const task = { signal: new AbortController().signal, report: () => undefined };

let folder: string;
let session: Session;

beforeAll(async () => {
  await buildCommandLine();
  session = await labelledProject();
}, 120_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-cli-'));
  await writeFile(join(folder, 'c.yaml'), CONFIG);
});

afterEach(() => rm(folder, { recursive: true }));

afterAll(() => session.close());

/** Twelve images and eight texts with answers of all kinds, as the app makes them. */
async function labelledProject(): Promise<Session> {
  const library = new Library();
  const settings = { export: { format: 'csv', outputDir: 'from-settings', trainShare: 0.75 } };
  const created = await library.create({ name: 'Birds & more', founder: 'Ada', schema: schemaOfAllKinds(), settings });
  if (!created.ok) throw new Error(created.error.message);
  const store = new ProjectStore(created.value);
  await store.beginEpoch();
  const session = await Session.open(created.value, store, await library.signer(), () => undefined);

  const blobs = Array.from({ length: 12 }, (_, n) => png(40, 30, [n, 90, 160], [n, n, n])).map((bytes) => ({
    hash: hashOf(bytes),
    bytes,
  }));
  const records: ItemRecord[] = [
    ...blobs.map(({ hash, bytes }, n) => ({
      data: { kind: 'image' as const, blob: hash },
      sources: [{ file: `birds/${n}.png` }],
      image: { width: 40, height: 30, type: 'image/png', size: bytes.length },
    })),
    ...Array.from({ length: 8 }, (_, n) => ({
      data: { kind: 'text' as const, text: `Gulls, number ${n}, “said” 😀 in Rome.` },
      sources: [{ file: 'texts.csv', row: n + 2 }],
    })),
  ];
  const bytes = encodeChunk(records);
  const chunk = hashOf(bytes);
  const stored = blobs.map(({ hash, bytes }) => ({
    hash,
    blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    thumbnail: null,
  }));
  const ids = records.map(({ data }) => itemId(data));
  const appended = await session.append(() => [{ type: 'items.added', chunk, count: records.length }], {
    chunks: [{ hash: chunk, bytes }],
    blobs: stored,
  });
  if (!appended.ok) throw new Error(appended.error.message);
  session.projection.addChunk(chunk, ids);
  for (const [n, item] of ids.slice(0, 17).entries()) {
    const box: Box = { id: '1', class: 'gull', x: 1 + n, y: 2, width: 10, height: 5.5, rotation: 0 };
    const span: Span = { id: '1', class: 'place', start: 0, end: 5 };
    const values = { weather: [n % 3 === 0 ? 'rain' : 'sun'], ...(n < 12 ? { birds: [box] } : { words: [span] }) };
    const said = await session.submit({ item, values, note: n === 3 ? 'hm' : '', leadMs: 1_000, from: 'person' });
    if (!said.ok) throw new Error(said.error.message);
  }
  return session;
}

function schemaOfAllKinds(): Schema {
  const questions = [
    ['choice', 'Weather', ['Sun', 'Rain']],
    ['box', 'Birds', ['Gull', 'Tern']],
    ['span', 'Words', ['Place']],
  ] as const;
  return questions.reduce<Schema>((schema, [kind, name, classes]) => {
    const added = addField(schema, name, kind);
    if (!added.ok) throw new Error(added.error.message);
    return { ...addClasses(added.value, added.value.fields.at(-1)!.id, classes), version: 0 };
  }, EMPTY_SCHEMA);
}

async function saved(name = 'p.concord'): Promise<string> {
  const file = await saveProjectFile(session, task, 'all');
  if (!file.ok) throw new Error(file.error.message);
  await writeFile(join(folder, name), new Uint8Array(await file.value.blob.arrayBuffer()));
  return name;
}

/** What a command gives when it is called within this program, which takes a hundredth of the time. */
async function called(name: string, ...words: readonly string[]) {
  const command = commands.find((known) => known.name === name)!;
  const given = readArguments(command, words);
  return given.ok ? command.run(task.signal, given.value) : given;
}

/** Files by their paths within a folder. */
async function filesIn(root: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const named = paths.map(async (path) => {
    const content = new Uint8Array(await readFile(path));
    return [relative(root, path).split(sep).join('/'), content] as const;
  });
  return new Map(await Promise.all(named));
}

describe('concord', () => {
  test.each([
    ['without a word', [], 2],
    ['help', ['help'], 0],
    ['help of a command', ['help', 'init'], 0],
    ['a command’s --help', ['verify', '--help'], 0],
  ])('tells how it is used: %s', async (_name, words, status) => {
    const ran = await concord(folder, ...words);
    expect(ran.status).toBe(status);
    expect(status === 0 ? ran.stdout : ran.stderr).toContain('Usage: concord');
    expect(status === 0 ? ran.stderr : ran.stdout).toBe('');
  });

  test('tells its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await concord(folder, '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([
    [['exprt'], 'usage.command', 'export'],
    [['init', '--confg', 'c.yaml'], 'usage.option', '--config'],
    [['init', '--config', 'c.yaml'], 'usage.missing', '--out'],
  ])('ends with status 2 at %j, by %s', async (words, code, meant) => {
    const ran = await concord(folder, ...words);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(new RegExp(`^concord: ${code.replace('.', '\\.')}: .*${meant}`));
  });

  test.each([
    ['verify', ['-j', 'x'], 'usage.option', '-j'],
    ['init', ['--config'], 'usage.value', '--config'],
    ['init', ['--config', '--json'], 'usage.value', '--config'],
    ['init', ['--config='], 'usage.value', '--config'],
    ['init', ['--config', 'a', '--config', 'b'], 'usage.value', '--config'],
    ['init', ['--force=yes'], 'usage.value', '--force'],
    ['init', ['--out', 'a'], 'usage.missing', '--config'],
    ['init', ['c.yaml'], 'usage.operands', 'concord init'],
    ['verify', [], 'usage.operands', 'FILE.concord'],
    ['verify', ['a', 'b'], 'usage.operands', 'FILE.concord'],
  ])('refuses %s %j as %s', async (name, words, code, meant) => {
    const ran = await called(name, ...words);
    expect(ran).toMatchObject({ ok: false, error: { code } });
    expect(ran.ok ? '' : ran.error.message).toContain(meant);
  });

  test('gives one JSON document, of an error too', async () => {
    const ran = await concord(folder, 'verify', 'nothing.concord', '--json');
    expect(ran.status).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code: 'file.unreadable', path: 'nothing.concord' } });
    expect(ran.stderr).toMatch(/^concord: file\.unreadable: .* \(nothing\.concord\)\n/);
  });
});

describe('concord init', () => {
  test('founds what the config asks, and what it founds verifies', async () => {
    const ran = await concord(folder, 'init', '--config', 'c.yaml', '--out', 'birds.concord');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(RECOVERY_CODE);
    expect(ran.stdout).toContain('is not kept');
    expect(await readdir(folder)).toEqual(['birds.concord', 'c.yaml']);

    const verified = await concord(folder, 'verify', 'birds.concord', '--json');
    expect(verified).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(verified.stdout)).toMatchObject({
      ...{ name: 'Birds', ok: true, problems: [] },
      counts: { authors: 1, commits: 1, events: 3, items: 0, annotations: 0 },
    });
    const exported = await concord(folder, 'export', 'birds.concord');
    expect(exported.status).toBe(1);
    expect(exported.stderr).toContain('concord: export.empty: ');
  });

  test('gives the code, the questions and the warnings as JSON', async () => {
    await writeFile(join(folder, 'c.yaml'), `${CONFIG}active_learning: {model_checkpoint: m.pt}\n`);
    const ran = await concord(folder, 'init', '--config', 'c.yaml', '--out', 'a.concord', '--json');
    const told = JSON.parse(ran.stdout) as Record<string, unknown>;
    expect(told).toMatchObject({
      name: 'Birds',
      file: 'a.concord',
      fields: [{ name: 'Label', kind: 'choice', classes: 2 }],
    });
    expect(told.recoveryCode).toMatch(RECOVERY_CODE);
    expect(told.warnings).toMatchObject([{ code: 'config.checkpoint', path: 'c.yaml, line 3, column 37' }]);
    expect(ran.stderr).toMatch(/^concord: warning: config\.checkpoint: .* \(c\.yaml, line 3, column 37\)\n/);
  });

  test('founds another project each time', async () => {
    const codes = await Promise.all(
      ['a', 'b'].map((name) => concord(folder, 'init', '--config', 'c.yaml', '--out', `${name}.concord`)),
    );
    expect(new Set(codes.map(({ stdout }) => RECOVERY_CODE.exec(stdout)?.[0])).size).toBe(2);
  });

  test('names what is wrong with the config, and writes nothing', async () => {
    await writeFile(join(folder, 'c.yaml'), 'project: {name: a, task_type: boxs}');
    const ran = await concord(folder, 'init', '--config', 'c.yaml', '--out', 'a.concord');
    expect(ran).toMatchObject({ status: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^concord: config\.unknown-word: “boxs” .*“boxes”.* \(c\.yaml, line 1, column 31\)\n/);
    expect(await readdir(folder)).toEqual(['c.yaml']);
  });

  test('never writes over a file unless it is told to', async () => {
    await writeFile(join(folder, 'a.concord'), 'mine');
    const kept = await concord(folder, 'init', '--config', 'c.yaml', '--out', 'a.concord');
    expect(kept.status).toBe(1);
    expect(kept.stderr).toContain('concord: file.exists: ');
    expect(await readFile(join(folder, 'a.concord'), 'utf8')).toBe('mine');
    const written = await concord(folder, 'init', '--config', 'c.yaml', '--out', 'a.concord', '--force');
    expect(written.status).toBe(0);
    expect((await concord(folder, 'verify', 'a.concord')).status).toBe(0);
  });

  test.each([
    ['a folder that is not there', 'nowhere/a.concord'],
    ['a path through a file', 'c.yaml/a.concord'],
  ])('says that it cannot write to %s', async (_name, out) => {
    const ran = await concord(folder, 'init', '--config', 'c.yaml', '--out', out);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(new RegExp(`^concord: file\\.unwritable: .* \\(${out}\\)\n`));
    expect(await readdir(folder)).toEqual(['c.yaml']);
  });
});

describe('concord verify', () => {
  test('counts what the app saved', async () => {
    const ran = await concord(folder, 'verify', await saved(), '--json');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      ...{ name: 'Birds & more', ok: true, problemsTotal: 0 },
      counts: { authors: 1, items: 20, annotations: 17, chunks: 1, blobs: 12 },
    });
  });

  test('finds a changed, a cut and an added byte', async () => {
    const bytes = await readFile(join(folder, await saved()));
    const changes: Uint8Array[] = [
      ...Array.from({ length: 8 }, (_, n) => {
        const changed = Uint8Array.from(bytes);
        changed[Math.floor(((n + 0.5) * bytes.length) / 8)]! ^= 1;
        return changed;
      }),
      bytes.subarray(0, -1),
      Buffer.concat([bytes, Buffer.from('x')]),
    ];
    for (const [n, changed] of changes.entries()) {
      await writeFile(join(folder, `${n}.concord`), changed);
      const ran = await called('verify', join(folder, `${n}.concord`));
      const problems = ran.ok ? ran.value.problems : [ran.error];
      expect(problems.length).toBeGreaterThan(0);
      for (const { path } of problems) expect(path).toContain(`${n}.concord`);
    }
  });

  test('ends with status 1 where something is wrong, and names it', async () => {
    const bytes = await readFile(join(folder, await saved()));
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    await writeFile(join(folder, 'p.concord'), bytes);
    const ran = await concord(folder, 'verify', 'p.concord');
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/^concord: project-file\.invalid: .*seal.* \(p\.concord\)\n/);
  });

  test('says of anything else that it is no project file', async () => {
    for (const path of ['c.yaml', '.']) {
      const ran = await concord(folder, 'verify', path);
      expect(ran.status).toBe(1);
      expect(ran.stderr).toMatch(/^concord: (zip\.invalid|file\.unreadable): /);
    }
  });
});

describe('concord export', () => {
  /** What the app's export gives: the files in its zip, or its only file. */
  async function exportedByApp(request: ExportRequest): Promise<Map<string, Uint8Array>> {
    const written = await exportFiles(exported(session), task, request);
    if (!written.ok) throw new Error(written.error.message);
    const bytes = new Uint8Array(await written.value.blob.arrayBuffer());
    const { name } = written.value;
    return new Map(name.endsWith('.zip') ? Object.entries(unzipSync(bytes)) : [[name, bytes]]);
  }

  const asked = (format: string, change: Partial<ExportRequest> = {}): ExportRequest => ({
    ...{ format, options: {}, which: 'labelled', trainShare: null, seed: 1, includeImages: true },
    ...{ snapshot: null, ...change },
  });

  test.each(formats.map(({ id }) => id))('gives the app’s own files as %s', async (format) => {
    const [file, out] = [join(folder, await saved()), join(folder, 'out')];
    const ran = await called('export', file, '--format', format, '--out', out, '--split', '1');
    expect(ran).toMatchObject({ ok: true, value: { warnings: [], problems: [] } });
    expect(await filesIn(out)).toEqual(await exportedByApp(asked(format)));
  });

  test.each([
    [['--format', 'jsonl', '--split', '1', '--which', 'all'], asked('jsonl', { which: 'all' })],
    [['--format', 'jsonl', '--split', '1', '--which', 'completed'], asked('jsonl', { which: 'completed' })],
    [['--format', 'jsonl', '--split', '1', '--no-images'], asked('jsonl', { includeImages: false })],
    [['--format', 'jsonl', '--split', '0.5', '--seed', '7'], asked('jsonl', { trainShare: 0.5, seed: 7 })],
    [['--format', 'csv', '--split', '1', '--option', 'shape=long'], asked('csv', { options: { shape: 'long' } })],
    [
      ['--format', 'huggingface', '--split', '1', '--option', 'metadata=parquet'],
      asked('hf', { options: { metadata: 'parquet' } }),
    ],
  ])('gives the app’s own files with %j', async (words, request) => {
    const [file, out] = [join(folder, await saved()), join(folder, 'out')];
    expect(await called('export', file, '--out', out, ...words)).toMatchObject({ ok: true });
    expect(await filesIn(out)).toEqual(await exportedByApp(request));
  });

  test('gives the app’s own files of a snapshot, whatever came since', async () => {
    const snapshots = new Snapshots(session);
    const taken = await snapshots.take('first delivery');
    if (!taken.ok) throw new Error(taken.error.message);
    const out = join(folder, 'out');
    const words = ['--format', 'jsonl', '--split', '1', '--out', out] as const;
    const item = session.projection.id(session.projection.order[0]!);
    const said = { values: { weather: ['rain'] }, note: 'later', leadMs: 1_000, from: 'person' } as const;
    await session.submit({ item, ...said });
    const file = join(folder, await saved());
    expect(await called('export', file, '--snapshot', 'first delivery', ...words)).toMatchObject({ ok: true });
    const then = await exportedByApp(asked('jsonl', { snapshot: taken.value }));
    expect(await filesIn(out)).toEqual(then);
    expect(await exportedByApp(asked('jsonl'))).not.toEqual(then);
    await session.undo();

    const unknown = await called('export', file, '--snapshot', 'first', ...words);
    expect(unknown).toMatchObject({ ok: false, error: { code: 'usage.word' } });
    await snapshots.take('first delivery');
    const again = join(folder, await saved());
    const ambiguous = await called('export', again, '--snapshot', 'first delivery', ...words);
    expect(ambiguous).toMatchObject({ ok: false, error: { code: 'snapshot.ambiguous' } });
    const byId = await called('export', again, '--snapshot', taken.value, '--force', ...words);
    expect(byId).toMatchObject({ ok: true });
    expect(await filesIn(out)).toEqual(then);
  });

  test('begins with what the project’s settings say', async () => {
    const ran = await concord(folder, 'export', await saved(), '--json');
    expect(JSON.parse(ran.stdout)).toMatchObject({ format: 'csv', out: 'from-settings', trainShare: 0.75, items: 17 });
    const files = await filesIn(join(folder, 'from-settings'));
    expect(files).toEqual(await exportedByApp(asked('csv', { trainShare: 0.75 })));
  });

  test.each([
    [['--format', 'jsnl'], 'usage.word', 'jsonl'],
    [['--which', 'labeled'], 'usage.word', 'labelled'],
    [['--option', 'shpe=long'], 'usage.word', 'shape'],
    [['--option', 'shape=lng'], 'usage.word', 'long'],
    [['--option', 'shape'], 'usage.word', 'wide'],
    [['--split', '85'], 'usage.value', '--split'],
    [['--split', '0'], 'usage.value', '--split'],
    [['--seed', 'x'], 'usage.value', '--seed'],
  ])('refuses %j as %s', async (words, code, meant) => {
    const [file, out] = [join(folder, await saved()), join(folder, 'out')];
    const ran = await called('export', file, '--out', out, ...words);
    expect(ran).toMatchObject({ ok: false, error: { code } });
    expect(ran.ok ? '' : `${ran.error.message} ${ran.error.hint}`).toContain(meant);
    expect(await readdir(folder)).toEqual(['c.yaml', 'p.concord']);
  });

  test('never writes into a folder that has files unless it is told to, and then leaves others alone', async () => {
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'out', 'mine.txt'), 'mine');
    await writeFile(join(folder, 'out', 'items.jsonl'), 'old');
    const words = ['export', await saved(), '--out', 'out', '--format', 'jsonl', '--no-images'];
    const kept = await concord(folder, ...words);
    expect(kept.stderr).toContain('concord: file.exists: ');
    expect(await readFile(join(folder, 'out', 'items.jsonl'), 'utf8')).toBe('old');
    expect((await concord(folder, ...words, '--force')).status).toBe(0);
    expect(await readFile(join(folder, 'out', 'mine.txt'), 'utf8')).toBe('mine');
    expect(await readFile(join(folder, 'out', 'items.jsonl'), 'utf8')).toMatch(/^\{"id"/);
  });

  test('fills a folder that is empty', async () => {
    await mkdir(join(folder, 'out'));
    const ran = await concord(folder, 'export', await saved(), '--out', 'out/', '--format', 'csv');
    expect(ran.status).toBe(0);
    expect((await filesIn(join(folder, 'out'))).size).toBeGreaterThan(0);
  });

  test('refuses a file in which a signature does not hold, and writes nothing', async () => {
    const bytes = await readFile(join(folder, await saved()));
    // Behind the name of the first log, within its commits.
    bytes[bytes.indexOf('logs/') + 200]! ^= 1;
    await writeFile(join(folder, 'p.concord'), bytes);
    const ran = await concord(folder, 'export', 'p.concord', '--format', 'jsonl', '--out', 'out');
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/^concord: /);
    expect(await readdir(folder)).toEqual(['c.yaml', 'p.concord']);
  });

  test.skipIf(process.platform === 'win32')('leaves nothing behind when it is interrupted', async () => {
    const name = await saved();
    const words = ['export', name, '--format', 'jsonl', '--out', 'out', '--which', 'all'];
    const isWriting = async () => (await readdir(folder)).some((entry) => entry.endsWith('.concord-partial'));
    const ran = await interrupted(folder, words, 'SIGINT', isWriting);
    expect([0, 130]).toContain(ran.status);
    expect(await readdir(folder)).toEqual(ran.status === 0 ? ['c.yaml', 'out', 'p.concord'] : ['c.yaml', 'p.concord']);
  });

  test.skipIf(process.getuid?.() === 0)('says that a folder may not be written', async () => {
    const name = await saved();
    await chmod(folder, 0o500);
    const ran = await concord(folder, 'export', name, '--format', 'jsonl', '--out', 'out');
    await chmod(folder, 0o700);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('concord: file.unwritable: ');
  });
});
