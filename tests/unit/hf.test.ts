import { describe, expect, it } from 'vitest';
import { hf } from '#core/formats/hf/hf';
import { detectFormat } from '#core/formats/registry';
import { fileMap, parsed, text, utf8, written } from '../support/datasets';
import { expectGolden, goldenInput } from '../support/golden';
import { goldenBoxes } from '../support/golden-boxes';
import { goldenTexts } from '../support/golden-texts';

describe('golden files, which datasets reads', () => {
  it('hf/images', async () => {
    await expectGolden('hf/images', await written(hf, await goldenBoxes({ isSplit: false }), {}));
  });

  // One part has no value of a field, so that JSON would not tell the types.
  it('hf/images-split', async () => {
    await expectGolden('hf/images-split', await written(hf, await goldenBoxes({ isSplit: true }), {}));
  });

  it('hf/texts', async () => {
    await expectGolden('hf/texts', await written(hf, goldenTexts(), {}));
  });
});

describe('a card', () => {
  it('names tasks, parts, classes and counts', async () => {
    const files = await written(hf, goldenTexts(), {});
    const card = text(files.get('README.md'));
    expect(card).toContain('task_categories:\n  - "text-classification"\n  - "token-classification"\n');
    expect(card).toContain('| PER | 2 |\n| no | 1 |\n| time | 1 |');
    expect(card).toContain('3 texts in train, 1 in validation');
  });
});

describe('reading', () => {
  it('counts characters as Python does', async () => {
    const { items, issues, result } = await parsed(hf, fileMap(await written(hf, goldenTexts(), {})));
    expect(issues).toEqual([]);
    expect(result.ok && result.value.schema.fields.map(({ kind, name }) => [kind, name])).toEqual([
      ['choice', 'Intent'],
      ['choice', 'Topics'],
      ['span', 'entities'],
    ]);
    const { content, label } = items[0]!;
    const spans = label!['entities'] as readonly { start: number; end: number }[];
    const covered = spans.map(({ start, end }) => content.kind === 'text' && content.text.slice(start, end));
    expect(covered).toEqual(['Ada 𝒳', 'Ada', '7']);
  });

  it('takes what datasets writes, by the features in the file', async () => {
    const path = 'data/train-00000-of-00001.parquet';
    const files = fileMap(new Map([[path, await goldenInput(`hf/foreign/${path}`)]]));
    expect((await detectFormat(files))?.id).toBe('hf');
    const { items, issues, result } = await parsed(hf, files);
    expect(result.ok && result.value.schema.fields).toMatchObject([
      { kind: 'choice', name: 'label', classes: [{ name: 'neg' }, { name: 'pos' }] },
      { kind: 'span', name: 'entities', classes: [{ name: 'E' }, { name: 'T' }] },
    ]);
    // Every seventh of 2,500 rows, from the first, has no text: 358. One span ends past its text of 10 characters.
    expect(items.length).toBe(2500 - 358);
    expect(issues.filter(({ message }) => message.includes('it has no text')).length).toBe(358);
    expect(issues.filter(({ message }) => !message.includes('it has no text'))).toMatchObject([
      { code: 'dataset.invalid', path: `${path}, row 2, entities 2` },
    ]);
    expect(items[0]).toMatchObject({
      content: { text: 'text 1 😀 x' },
      sources: [{ file: path, row: 2, meta: { stars: '1' } }],
      label: { label: ['pos'], entities: [{ start: 7, end: 9, class: 'e' }] },
    });
  });

  const image = (n: number) => Uint8Array.of(1, 90, n);
  const folder = (lines: readonly string[]) =>
    fileMap(
      new Map([
        ['train/a.png', image(1)],
        ['train/b.png', image(2)],
        ['train/metadata.jsonl', utf8(lines.join('\n'))],
      ]),
    );

  it('takes image folders of others, and says which boxes are none', async () => {
    // The picture has 13 x 100 pixels.
    const files = folder([
      '{"file_name": "a.png", "caption": "a", "objects": {"bbox": [[1, 2, 3, 4], [0, 0, 0, 5], [50, 0, 5, 5]], "categories": [3, 0, 0]}}',
      '{"file_name": "b.png", "objects": {"bbox": [[1, 2, 3]], "categories": [0]}}',
      '{"file_name": "../b.png", "objects": null}',
      '{"file_name": "absent.png"}',
      '["a.png"]',
      '{"file_name"',
    ]);
    expect((await detectFormat(files))?.id).toBe('hf');
    const { items, issues } = await parsed(hf, files);
    expect(items.map(({ sources, label }) => [sources, label])).toEqual([
      [
        [{ file: 'train/a.png', meta: { caption: 'a' } }],
        { objects: [{ id: '1', class: '3', x: 1, y: 2, width: 3, height: 4, rotation: 0 }] },
      ],
      [[{ file: 'train/b.png' }], { objects: [] }],
    ]);
    expect(issues.map(({ path }) => path)).toEqual([
      'train/metadata.jsonl, line 1, objects 2',
      'train/metadata.jsonl, line 1, objects 3',
      'train/metadata.jsonl, line 2, objects 1',
      'train/metadata.jsonl, line 3',
      'train/metadata.jsonl, line 4',
      'train/metadata.jsonl, line 5',
      'train/metadata.jsonl, line 6',
    ]);
  });
});
