import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { templateOf } from '#core/model/templates';
import { ok } from '#core/result';
import { Importer } from '#state/importer';
import { NewProject } from '#state/new-project';
import type { Schema } from '#core/model/schema';
import type { DatasetPreview, ImportPreview, NewProject as Founding } from '#workers/project/api';

const NOTHING: ImportPreview = { images: 0, textFiles: 0, tables: [], folders: [], dataset: null, refused: [] };
const IMAGES: ImportPreview = { ...NOTHING, images: 3 };
const TEXTS: ImportPreview = { ...NOTHING, textFiles: 2 };

const cells: Schema = {
  version: 1,
  guidelines: '',
  fields: [
    {
      ...{ id: 'objects', kind: 'box', name: 'Objects', required: false, rotatable: false, retired: [], remap: {} },
      classes: ['RBC', 'WBC'].map((name) => ({ id: name, name, color: '#e69f00', key: '', description: '' })),
    },
  ],
};
const COCO: DatasetPreview = {
  ...{ format: 'coco', formatName: 'COCO', schema: cells, items: 3, images: 3, labelled: 3 },
  ...{ regions: 9, absent: 0, isWhole: true },
};

/** A new project over a worker that finds what the script says in whatever files are picked. */
class Script {
  readonly founded: Founding[] = [];
  found: ImportPreview = NOTHING;
  #dropped = 0;
  readonly importer: Importer;
  readonly newProject: NewProject;

  constructor() {
    const client = {
      inspect: () => Promise.resolve(ok(this.found)),
      importFiles: () => Promise.resolve(ok({})),
      cancel: () => Promise.resolve(),
      create: (project: Founding) => {
        this.founded.push(project);
        return Promise.resolve(ok('id'));
      },
    };
    const project = { holding: 'here', failure: null, open: () => Promise.resolve() };
    this.importer = new Importer(client as never, () => undefined);
    this.newProject = new NewProject(client, this.importer, project as never, { name: 'Ada' } as never);
  }

  async drop(found: ImportPreview): Promise<void> {
    this.found = found;
    const file = new File(['x'], 'a.txt', { lastModified: this.#dropped++ });
    const entry = { isFile: true, fullPath: '/a.txt', file: (done: (file: File) => void) => done(file) };
    await this.importer.drop({ items: [{ kind: 'file', webkitGetAsEntry: () => entry }] } as never);
    flushSync();
  }
}

describe('a new project', () => {
  it('begins as what its files are, until somebody chooses', async () => {
    const script = new Script();
    const { newProject } = script;
    expect(newProject.template.id).toBe('image-classes');
    await script.drop(TEXTS);
    expect(newProject.template.id).toBe('text-classes');
    newProject.template = templateOf('spans');
    expect(newProject.template.id).toBe('spans');
  });

  it('asks for intents where a column of the table is what was said before', async () => {
    const script = new Script();
    const mapping = { content: 'said', contentKind: 'text', context: 'before', label: null, metadata: [] } as const;
    const table = { path: 'a.csv', columns: ['said', 'before'], rows: [], total: 1, distinct: [1, 1], mapping };
    await script.drop({ ...NOTHING, tables: [table] });
    expect(script.newProject.template.id).toBe('intent');
  });
});

describe('what was chosen', () => {
  it('gives way where the files are of another kind, and comes back with those it fits', async () => {
    const script = new Script();
    const { newProject } = script;
    newProject.template = templateOf('boxes');
    await script.drop(TEXTS);
    expect(newProject.template.id).toBe('text-classes');
    script.importer.clear();
    await script.drop(IMAGES);
    expect(newProject.template.id).toBe('boxes');
  });

  it('is settled by typing classes', async () => {
    const script = new Script();
    await script.drop(TEXTS);
    script.newProject.setClassList(0, 'Yes');
    await script.drop({ ...TEXTS, images: 1 });
    expect(script.newProject.template.id).toBe('text-classes');
  });

  it('keeps the classes that were typed under another template', () => {
    const { newProject } = new Script();
    newProject.setClassList(0, 'Cat\nDog');
    newProject.template = templateOf('boxes');
    expect(newProject.schema.fields[0]).toMatchObject({ kind: 'box', classes: [{ name: 'Cat' }, { name: 'Dog' }] });
  });

  it('says which lists still lack a class', () => {
    const { newProject } = new Script();
    newProject.template = templateOf('intent');
    expect(newProject.lacking).toEqual([0, 1]);
    newProject.setClassList(1, 'Place');
    expect(newProject.lacking).toEqual([0]);
  });
});

describe('a data set', () => {
  it('is founded with its own fields, and the classes that were typed besides', async () => {
    const script = new Script();
    const { newProject } = script;
    await script.drop({ ...IMAGES, dataset: COCO });
    expect(newProject.lacking).toEqual([]);
    newProject.setClassList(0, 'WBC\nPlatelets');
    await newProject.create();
    expect(script.founded[0]?.schema.fields[0]?.classes.map(({ id }) => id)).toEqual(['RBC', 'WBC', 'platelets']);
  });
});

describe('too many classes', () => {
  it('are refused before anything is founded', async () => {
    const script = new Script();
    const { newProject } = script;
    newProject.setClassList(0, Array.from({ length: 10_001 }, (_, n) => `class ${n}`).join('\n'));
    expect(await newProject.create()).toBe(false);
    expect(newProject.failure).toMatchObject({
      code: 'schema.invalid',
      message: expect.stringContaining('10,000') as string,
    });
    expect(script.founded).toEqual([]);
  });
});
