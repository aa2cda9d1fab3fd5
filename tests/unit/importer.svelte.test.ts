import { describe, expect, it } from 'vitest';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import { Importer } from '#state/importer';
import { EMPTY_SCHEMA } from '#core/model/schema';
import type {
  DatasetPreview,
  ImportPlan,
  ImportPreview,
  ImportReport,
  InspectOptions,
  PickedFile,
} from '#workers/project/api';

const preview = (change: Partial<ImportPreview>): ImportPreview => ({
  images: 0,
  textFiles: 0,
  tables: [],
  folders: [],
  dataset: null,
  refused: [],
  ...change,
});

const table = (path: string, label: string | null) => ({
  path,
  columns: ['text', 'kind'],
  rows: [],
  total: 3,
  distinct: [3, 2],
  mapping: { content: 'text', contentKind: 'text' as const, label, context: null, metadata: [] },
});

const dataset = (change: Partial<DatasetPreview> = {}): DatasetPreview => ({
  ...{ format: 'coco', formatName: 'COCO', schema: EMPTY_SCHEMA, items: 42, images: 42 },
  ...{ labelled: 40, regions: 364, absent: 0, isWhole: true },
  ...change,
});

/** A worker that answers when the script says so. */
class FakeWorker {
  readonly plans: ImportPlan[] = [];
  readonly cancelled: string[] = [];
  readonly #waiting: ((answer: Result<ImportPreview>) => void)[] = [];
  inspected: (readonly PickedFile[])[] = [];
  readonly options: InspectOptions[] = [];

  inspect(_task: string, files: readonly PickedFile[], options: InspectOptions): Promise<Result<ImportPreview>> {
    this.inspected.push(files);
    this.options.push(options);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
  answer(at: number, answer: Result<ImportPreview>): Promise<void> {
    this.#waiting[at]!(answer);
    return new Promise((resolve) => setTimeout(resolve));
  }
  importFiles(_task: string, _files: readonly PickedFile[], plan: ImportPlan): Promise<Result<ImportReport>> {
    this.plans.push(plan);
    const counts = { added: 3, duplicates: 1, labelled: 0, kept: 0, newClasses: 0, imageHosts: [] };
    return Promise.resolve(ok({ ...counts, refused: [], refusedTotal: 0 }));
  }
  cancel(task: string): Promise<void> {
    this.cancelled.push(task);
    return Promise.resolve();
  }
}

/** What a drop of plain files looks like to `droppedFiles`. */
function transfer(...paths: string[]): DataTransfer {
  const items = paths.map((path) => {
    const file = new File(['x'], path.split('/').at(-1)!, { lastModified: 1 });
    const entry = {
      isFile: true,
      isDirectory: false,
      fullPath: `/${path}`,
      file: (done: (file: File) => void) => done(file),
    };
    return { kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => file };
  });
  return { items } as unknown as DataTransfer;
}

async function give(importer: Importer, ...paths: string[]): Promise<void> {
  void importer.drop(transfer(...paths));
  await new Promise((resolve) => setTimeout(resolve));
}

describe('the importer', () => {
  it('inspects all files again when some are added, each once, and heeds only the last answer', async () => {
    const worker = new FakeWorker();
    const importer = new Importer(worker, () => undefined);
    await give(importer, 'a.csv');
    await give(importer, 'a.csv', 'b.csv');
    expect(worker.inspected.map((files) => files.map(({ path }) => path))).toEqual([['a.csv'], ['a.csv', 'b.csv']]);
    expect(worker.cancelled).toHaveLength(1);
    await worker.answer(1, ok(preview({ tables: [table('a.csv', null), table('b.csv', null)] })));
    await worker.answer(0, ok(preview({ tables: [table('a.csv', null)] })));
    expect(importer.phase).toBe('ready');
    expect(importer.preview?.tables).toHaveLength(2);
  });

  it('keeps what was mapped by hand, and asks for labels only where there are any', async () => {
    const worker = new FakeWorker();
    const importer = new Importer(worker, () => undefined);
    await give(importer, 'a.csv');
    await worker.answer(0, ok(preview({ tables: [table('a.csv', null)] })));
    expect(importer.hasLabels).toBe(false);
    importer.map('a.csv', { ...importer.mapping('a.csv')!, label: 'kind' });
    await give(importer, 'b.csv');
    await worker.answer(1, ok(preview({ tables: [table('a.csv', null), table('b.csv', null)] })));
    expect(importer.mapping('a.csv')?.label).toBe('kind');

    expect(await importer.run('animal')).toBe(true);
    expect(worker.plans[0]).toMatchObject({ labelField: 'animal', tables: { 'a.csv': { label: 'kind' } } });
    expect(importer.reportWords).toBe('3 items imported, 1 duplicate kept once.');
  });

  it.each([
    ['folders by class', ['set/cat/1.png', 'set/dog/1.png'], ['cat', 'dog'], true],
    ['with a file beside them', ['set/cat/1.png', 'set/dog/1.png', 'set/x.png'], ['cat', 'dog', 'set'], true],
    ['one folder and a file beside it', ['set/images/1.png', 'set/x.png'], ['images', 'set'], false],
    ['parts of a data set', ['set/train/1.png', 'set/val/1.png'], ['train', 'val'], false],
    ['one folder', ['set/1.png'], [], false],
  ])('takes folders for classes: %s', async (_, paths, folders, expected) => {
    const worker = new FakeWorker();
    const importer = new Importer(worker, () => undefined);
    await give(importer, ...paths);
    await worker.answer(0, ok(preview({ images: paths.length, folders })));
    expect(importer.foldersAsLabels).toBe(expected);
  });

  it('takes a data set as what it is, or as plain files, or as what it is after all', async () => {
    const worker = new FakeWorker();
    const importer = new Importer(worker, () => undefined);
    await give(importer, 'instances.json');
    await worker.answer(0, ok(preview({ dataset: dataset() })));
    expect([importer.hasItems, importer.hasLabels, importer.dataset?.items]).toEqual([true, true, 42]);
    await importer.run(null);
    expect(worker.plans.at(-1)).toMatchObject({ dataset: { items: 42 } });

    void importer.declineDataset();
    await worker.answer(1, ok(preview({ tables: [table('instances.json', null)] })));
    expect([importer.dataset, importer.declined?.format, importer.hasLabels]).toEqual([null, 'coco', false]);
    await importer.run(null);
    expect(worker.plans.at(-1)).toMatchObject({ dataset: null });

    void importer.acceptDataset();
    await worker.answer(2, ok(preview({ dataset: dataset({ isWhole: false }) })));
    expect([importer.dataset?.format, importer.declined]).toEqual(['coco', null]);
    await importer.run(null);
    expect(worker.plans.at(-1)).toMatchObject({ dataset: { items: 0 } });
    expect(worker.options.map(({ datasets }) => datasets)).toEqual(['find', 'ignore', 'find']);
  });

  it('shows why nothing could be inspected, and takes other files then', async () => {
    const worker = new FakeWorker();
    const importer = new Importer(worker, () => undefined);
    await give(importer, 'a.zip');
    await worker.answer(0, err(fault('worker.died', '')));
    expect([importer.phase, importer.failure?.code]).toEqual(['empty', 'worker.died']);
    importer.clear();
    await give(importer, 'b.csv');
    await worker.answer(1, ok(preview({ tables: [table('b.csv', 'kind')] })));
    expect([importer.phase, importer.failure]).toEqual(['ready', null]);
  });
});
