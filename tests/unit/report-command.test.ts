import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments';
import { reportCommand } from '../../src/cli/report';
import type { Values } from '#core/model/annotation';
import type { Schema } from '#core/model/schema';
import { value } from '../support/devices';
import { choiceField, ratedFile, ratedProject, textRecords, type Rating } from '../support/rated-project';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-report-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function report(schema: Schema, said: readonly (readonly (Values | null)[])[]) {
  const ratings = said.flatMap((answers, item) =>
    answers.flatMap((values, by): Rating[] => (values === null ? [] : [{ by, item, values }])),
  );
  const project = await ratedProject({
    people: said[0]!.map((_, by) => ({ name: `Person ${by + 1}` })),
    records: textRecords(said.map((_, item) => `A text with the number ${item}, which is long enough.`)),
    ...{ schema, ratings },
  });
  const path = join(folder, 'birds.concord');
  await writeFile(path, await ratedFile(project));
  const given = value(readArguments(reportCommand, [path]));
  return value(await reportCommand.run(new AbortController().signal, given));
}

describe('concord report', () => {
  test('gives the report as JSON, and its beginning in words', async () => {
    const schema = { version: 1, guidelines: '', fields: [choiceField('label', 'Bird', ['gull', 'tern'])] };
    const [gull, tern] = [{ label: ['gull'] }, { label: ['tern'] }];
    const { json, text } = await report(schema, [
      [gull, gull],
      [gull, gull],
      [gull, tern],
      [tern, tern],
    ]);
    // Of two people over four items: observed 3/4; N = 8 with 5 and 3, expected 2 * 5 * 3 / (8 * 7) = 15/28; alpha = 1 - (1/4) / (15/28).
    const alpha = 1 - 0.25 / (15 / 28);
    expect(json).toMatchObject({
      ...{ project: 'Birds', items: 4 },
      fields: [{ field: 'label', name: 'Bird', headline: 'krippendorff-alpha-nominal', labels: 8, annotators: 2 }],
      annotators: [{ labels: 4 }, { labels: 4 }],
    });
    const { coefficients } = (json as { fields: [{ coefficients: [{ estimate: { value: number; ci95: number[] } }] }] })
      .fields[0];
    expect(coefficients[0].estimate.value).toBeCloseTo(alpha, 12);
    expect(coefficients[0].estimate.ci95).toHaveLength(2);
    expect(text.join('\n')).toContain('8 answers to 4 items by 2 people, 4 items by two or more');
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  test('speaks of several classes, spans and what nobody can tell', async () => {
    const schema: Schema = {
      ...{ version: 1, guidelines: '' },
      fields: [
        { ...choiceField('topics', 'Topics', ['sea', 'sky']), multiple: true } as Schema['fields'][number],
        {
          ...choiceField('names', 'Names', ['ship']),
          kind: 'span',
          wholeWords: false,
        } as unknown as Schema['fields'][number],
      ],
    };
    const span = (start: number) => [{ id: '1', class: 'ship', start, end: start + 4 }];
    const { json } = await report(schema, [
      [
        { topics: ['sea'], names: span(0) },
        { topics: ['sea'], names: span(0) },
      ],
      [
        { topics: ['sea', 'sky'], names: span(2) },
        { topics: ['sky'], names: span(9) },
      ],
      [{ topics: [], names: [] }, null],
    ]);
    const told = json as unknown as { fields: { headline: string; labels: number; overlapping: number }[] };
    expect(told.fields).toMatchObject([
      { headline: 'masiAlpha', labels: 5, overlapping: 2 },
      { labels: 5, overlapping: 2 },
    ]);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});
