import 'fake-indexeddb/auto';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ConcordError } from '#core/errors';
import type { DatasetItem } from '#core/formats/format';
import { jsonl } from '#core/formats/jsonl/jsonl';
import type { Span, Values } from '#core/model/annotation';
import { itemId } from '#core/model/item';
import type { ChoiceField, ClassDefinition, Schema, SpanField } from '#core/model/schema';
import { ProjectStore } from '#io/storage/project-store';
import type { ImportPlan, ImportReport } from '#workers/project/api';
import { DatasetAnswers, saidOf } from '#workers/project/import/dataset-answers';
import { inspect } from '#workers/project/import/inspect';
import { importFiles } from '#workers/project/import/run';
import { Library } from '#workers/project/library';
import { Session } from '#workers/project/session';
import type { Task } from '#workers/project/tasks';

const library = new Library();

const classes = (...names: string[]): ClassDefinition[] =>
  names.map((name, at) => ({ id: name, name, color: `#00000${at}`, key: '', description: '' }));
const choice = (id: string, change: Partial<ChoiceField> = {}): ChoiceField => ({
  ...{ id, kind: 'choice', name: id, required: false, multiple: false },
  ...{ classes: classes('yes', 'no'), retired: [], remap: {} },
  ...change,
});
const spans = (id: string): SpanField => ({
  ...{ id, kind: 'span', name: id, required: false, wholeWords: false },
  ...{ classes: classes('PER', 'LOC'), retired: [], remap: {} },
});
const schemaOf = (...fields: Schema['fields']): Schema => ({ version: 1, fields, guidelines: '' });

async function openProject(schema: Schema): Promise<Session> {
  const created = await library.create({ name: 'p', founder: 'F', schema });
  if (!created.ok) throw new Error(created.error.message);
  const store = new ProjectStore(created.value);
  await store.beginEpoch();
  return Session.open(created.value, store, await library.signer(), () => undefined);
}

const item = (text: string, change: Partial<DatasetItem> = {}): DatasetItem => ({
  ...{ id: itemId({ kind: 'text', text }), content: { kind: 'text', text }, sources: [{ file: 'a.csv', row: 1 }] },
  ...{ status: 'pending', label: null, annotations: [], predictions: [], split: null },
  ...change,
});
const by = (author: string, values: Values, note = '') => ({
  ...{ author, authorName: author, values, note, time: 1, leadMs: 5, origin: 'person' },
});

/** A data set as Concord exports it, in a zip within a folder. */
async function zipOf(schema: Schema, items: readonly DatasetItem[]): Promise<File> {
  const files: Record<string, Uint8Array> = {};
  const dataset = {
    ...{ name: 'set', schema },
    async *items() {
      yield* await Promise.resolve(items);
    },
  };
  for await (const { path, chunks } of jsonl.serialize(dataset, {})) {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    files[`set/${path}`] = Buffer.concat(parts);
  }
  return new File([zipSync(files)], 'set.zip');
}

const task = (signal = new AbortController().signal): Task => ({ signal, report: () => undefined });
const plan = (labelsAs: ImportPlan['labelsAs']): ImportPlan => ({
  ...{ dataset: { items: 0 }, tables: {}, labelField: null, labelsAs, textFiles: 'file', foldersAsLabels: false },
});

async function run(session: Session, file: File, labelsAs: ImportPlan['labelsAs']): Promise<ImportReport> {
  const given = [{ path: file.name, file }];
  const done = await importFiles(session, task(), given, plan(labelsAs), () => Promise.resolve());
  if (!done.ok) throw new Error(done.error.message);
  return done.value;
}

/** What this author says of a text, and what is proposed for it. */
function said(session: Session, text: string) {
  const { projection, author } = session;
  const row = projection.find(itemId({ kind: 'text', text }));
  const answer = projection.answer(row, author);
  const prediction = projection.prediction(row);
  return {
    mine: answer.values === 0 ? null : projection.pool.read(answer.values),
    note: answer.values === 0 ? '' : projection.record(answer.record).text,
    proposed: prediction && { ...prediction, values: projection.pool.read(prediction.values) },
  };
}

const codes = (refused: readonly ConcordError[]) => refused.map(({ code }) => code);

describe('a data set', () => {
  it('is found in a zip and a folder, and counted', async () => {
    const file = await zipOf(schemaOf(choice('kind')), [item('a', { label: { kind: ['yes'] } }), item('b')]);
    const found = await inspect(task(), [{ path: file.name, file }], { datasets: 'find' });
    expect(found.ok && found.value).toMatchObject({
      dataset: { format: 'jsonl', items: 2, images: 0, labelled: 1, regions: 0, absent: 0, isWhole: true },
      tables: [],
      refused: [],
    });
    const plain = await inspect(task(), [{ path: file.name, file }], { datasets: 'ignore' });
    expect(plain.ok && [plain.value.dataset, plain.value.tables.length]).toEqual([null, 1]);
  });

  it('becomes this author’s annotations, with their notes', async () => {
    const session = await openProject(schemaOf(choice('kind')));
    const own = by(session.author, { kind: ['no'] }, 'really');
    const file = await zipOf(schemaOf(choice('kind'), spans('names')), [
      item('Ada was here', { label: { kind: ['no'] }, annotations: [own] }),
      item('nothing here', { label: { names: [] } }),
    ]);
    const report = await run(session, file, 'annotations');
    expect(report).toMatchObject({ added: 2, labelled: 2, newClasses: 2, refused: [] });
    expect(said(session, 'Ada was here')).toMatchObject({ mine: { kind: ['no'] }, note: 'really' });
    const names = session.projection.schema.fields.find(({ kind }) => kind === 'span');
    expect(said(session, 'nothing here').mine).toEqual({ [names!.id]: [] });
    await session.close();
  });

  it('of several authors counts as what it counted as there, and says so', async () => {
    const session = await openProject(schemaOf(choice('kind')));
    const file = await zipOf(schemaOf(choice('kind')), [
      item('agreed', {
        label: { kind: ['yes'] },
        annotations: [by('x', { kind: ['no'] }), by('y', { kind: ['yes'] })],
      }),
      item('no label', { annotations: [by('x', { kind: ['no'] })] }),
    ]);
    const report = await run(session, file, 'annotations');
    expect(codes(report.refused)).toEqual(['import.authors']);
    expect(report.refused[0]?.message).toContain('2 items');
    expect([said(session, 'agreed').mine, said(session, 'no label').mine]).toEqual([
      { kind: ['yes'] },
      { kind: ['no'] },
    ]);
    await session.close();
  });

  it('never overwrites what this author has answered', async () => {
    const session = await openProject(schemaOf(choice('kind')));
    const schema = schemaOf(choice('kind'));
    await run(session, await zipOf(schema, [item('a'), item('b')]), 'annotations');
    const a = itemId({ kind: 'text', text: 'a' });
    await session.submit({ item: a, values: { kind: ['no'] }, note: '', leadMs: 1, from: 'person' });
    const labelled = [item('a', { label: { kind: ['yes'] } }), item('b', { label: { kind: ['yes'] } })];
    const report = await run(session, await zipOf(schema, labelled), 'annotations');
    expect(report).toMatchObject({ added: 0, duplicates: 2, labelled: 1, kept: 1 });
    expect([said(session, 'a').mine, said(session, 'b').mine]).toEqual([{ kind: ['no'] }, { kind: ['yes'] }]);
    await session.close();
  });

  it('keeps predictions with their model and confidence; its labels come before them', async () => {
    const session = await openProject(schemaOf(choice('kind')));
    const predictions = [{ model: 'tiny', values: { kind: ['no'] }, confidence: 0.25 }];
    const items = [item('scored', { predictions }), item('both', { label: { kind: ['yes'] }, predictions })];
    const report = await run(session, await zipOf(schemaOf(choice('kind')), items), 'predictions');
    expect(report.labelled).toBe(2);
    expect(said(session, 'scored')).toMatchObject({
      mine: null,
      proposed: { model: 'tiny', values: { kind: ['no'] }, confidence: 0.25 },
    });
    expect(said(session, 'both').proposed).toMatchObject({ model: 'import', values: { kind: ['yes'] } });
    await session.close();
  });

  it('that leaves open what the project requires becomes suggestions', async () => {
    const session = await openProject(schemaOf(choice('mood', { required: true }), spans('names')));
    const file = await zipOf(schemaOf(spans('names')), [item('Ada', { label: { names: [] } })]);
    const report = await run(session, file, 'annotations');
    expect(codes(report.refused)).toEqual(['import.incomplete']);
    expect(report.refused[0]?.message).toContain('“mood”');
    expect(said(session, 'Ada')).toMatchObject({ mine: null, proposed: { values: { names: [] } } });
    await session.close();
  });

  it('ends between two batches when it is cancelled', async () => {
    const session = await openProject(schemaOf(choice('kind')));
    const items = Array.from({ length: 2_500 }, (_, n) => item(`text ${n}`, { label: { kind: ['yes'] } }));
    const file = await zipOf(schemaOf(choice('kind')), items);
    const controller = new AbortController();
    const watching: Task = {
      signal: controller.signal,
      report: (done) => {
        if (done > 1_500) controller.abort();
      },
    };
    const given = [{ path: file.name, file }];
    const done = await importFiles(session, watching, given, plan('annotations'), () => Promise.resolve());
    expect(!done.ok && done.error.code).toBe('cancelled');
    expect(session.projection.order).toHaveLength(1_000);
    expect(session.projection.tally.statuses().completed).toBe(1_000);
    await session.close();
  });
});

describe('answers of a data set', () => {
  const extent = { kind: 'text', text: 'Ada was in London.' } as const;
  const span = (id: string, start: number, end: number, change: Partial<Span> = {}): Span => ({
    ...{ id, end, class: 'PER', start },
    ...change,
  });
  const read = (
    values: Values,
    labelsAs: ImportPlan['labelsAs'] = 'annotations',
    fields: Schema['fields'] = [spans('names')],
  ) => {
    const issues: ConcordError[] = [];
    const target = { schema: schemaOf(...fields), labelsAs, path: 'set' };
    const answers = new DatasetAnswers(
      () => schemaOf(...fields),
      target,
      (issue) => {
        issues.push(issue);
      },
    );
    const one = saidOf(item('x', { label: values }), 'me');
    answers.prepare([one]);
    return { answer: answers.read(one, { extent, path: 'set, row 1' }), issues };
  };

  it('keep the spans that fit, tell of the others, and give a repeated id a new one', () => {
    const { answer, issues } = read({
      names: [span('1', 0, 3), span('1', 11, 17, { class: 'LOC' }), span('2', 5, 90), span('3', 4, 4)],
    });
    expect(answer.annotation?.values['names']).toEqual([span('1', 0, 3), span('4', 11, 17, { class: 'LOC' })]);
    expect(issues.map(({ path }) => path)).toEqual(['set, row 1', 'set, row 1']);
    expect(issues.map(({ message }) => message).join()).toMatch(/ends past the text.*is empty/);
  });

  it('say nothing where nothing fits, but keep a deliberate nothing', () => {
    expect(read({ names: [span('2', 5, 90)] }).answer).toEqual({ annotation: null, proposals: [] });
    expect(read({ names: [] }).answer.annotation?.values).toEqual({ names: [] });
  });

  it('carry confidences as proposals only', () => {
    const scored = { names: [span('1', 0, 3, { confidence: 0.5 })] };
    expect(read(scored, 'predictions').answer.proposals[0]?.values).toEqual(scored);
    expect(read(scored).answer.annotation?.values).toEqual({ names: [span('1', 0, 3)] });
  });

  it('refuse a class that the schema of the file does not have', () => {
    const { answer, issues } = read({ kind: ['maybe'] }, 'annotations', [choice('kind')]);
    expect([answer.annotation, codes(issues)]).toEqual([null, ['value.invalid']]);
  });
});
