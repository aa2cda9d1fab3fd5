import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { jsonl } from '#core/formats/jsonl/jsonl';
import { detectFormat } from '#core/formats/registry';
import type { Span } from '#core/model/annotation';
import { CodePoints } from '#core/text/code-points';
import { fileMap, parsed, utf8 } from '../support/datasets';

const filesOf = (lines: readonly unknown[], path = 'spans.jsonl') =>
  fileMap(
    new Map([[path, utf8(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))]]),
  );

const read = (lines: readonly unknown[]) => parsed(jsonl, filesOf(lines));

const TEXT = '😀 Ada';
const SPAN: Omit<Span, 'id'> = { class: 'per', start: 3, end: 6 };

describe('texts with spans of other programs', () => {
  // Python: '😀 Ada'[2:5] == 'Ada'; in UTF-16 that is 3 to 6.
  test.each<[string, string, unknown]>([
    ['prodigy', 'spans', { text: TEXT, spans: [{ start: 2, end: 5, label: 'PER', token_start: 1 }] }],
    ['doccano', 'entities', { text: TEXT, entities: [{ id: 9, start_offset: 2, end_offset: 5, label: 'PER' }] }],
    ['entities as objects', 'entities', { text: TEXT, entities: [{ start: 2, end: 5, label: 'PER' }] }],
    ['entities as lists', 'entities', { text: TEXT, entities: [[2, 5, 'PER']] }],
    ['doccano 1', 'label', { text: TEXT, label: [[2, 5, 'PER']] }],
    ['older doccano', 'labels', { data: TEXT, labels: [[2, 5, 'PER']] }],
  ])('of %s are read', async (_, field, record) => {
    expect((await detectFormat(filesOf([record])))?.id).toBe('jsonl');
    expect((await detectFormat(filesOf([record], 'in/a.NDJSON')))?.id).toBe('jsonl');
    const { items, issues, result } = await read([record]);
    expect(issues).toEqual([]);
    expect(result.ok && result.value).toMatchObject({
      name: 'spans',
      schema: { fields: [{ kind: 'span', name: field }] },
    });
    expect(items).toMatchObject([
      {
        content: { kind: 'text', text: TEXT },
        sources: [{ file: 'spans.jsonl', row: 1 }],
        status: 'completed',
        label: { [field]: [{ id: '1', ...SPAN }] },
      },
    ]);
  });

  it('keep what else there is: a choice, no spans at all, metadata', async () => {
    const { items, result } = await read([
      { text: 'book it', intent: 'Book', entities: [], id: 7, tokens: [{ id: 0 }], split: 'dev' },
      { text: 'a', spans: [[0, 1, 'X']], label: ['p', 'q'] },
      { text: 'plain' },
    ]);
    expect(result.ok && result.value.schema.fields.map(({ kind, name }) => [kind, name])).toEqual([
      ['choice', 'intent'],
      ['span', 'entities'],
      ['span', 'spans'],
      ['choice', 'label'],
    ]);
    expect(items.map(({ label, sources, status }) => [label, sources[0]!.meta, status])).toEqual([
      [{ intent: ['book'], entities: [] }, { id: '7', split: 'dev' }, 'completed'],
      [{ spans: [{ id: '1', class: 'x', start: 0, end: 1 }], label: ['p', 'q'] }, undefined, 'completed'],
      [null, undefined, 'pending'],
    ]);
  });

  test.each<[string, unknown, string]>([
    ['past the end', [2, 6, 'PER'], 'ends past the text, which has 5 characters (2-6)'],
    ['empty', [2, 2, 'PER'], 'a span is empty (2-2)'],
    ['reversed', [5, 2, 'PER'], 'a span ends before it starts (5-2)'],
    ['before the text', [-1, 2, 'PER'], 'a span starts before the text'],
    ['of fractions', [0.5, 2, 'PER'], 'the ends of a span are not whole numbers'],
    ['of texts', ['0', '2', 'PER'], 'the ends of a span are not whole numbers'],
    ['without an end', { start: 0, label: 'PER' }, 'the ends of a span are not whole numbers'],
    ['whose label is a number', [0, 1, 4], 'the label of a span is no text'],
    ['without a label', { start: 0, end: 1 }, 'the label of a span is no text'],
  ])('refuse a span %s, with file, line and reason, and take the rest', async (_, span, reason) => {
    const good = [2, 5, 'PER'];
    const { items, issues } = await read([
      { text: 'x', spans: [] },
      { text: TEXT, spans: Array.isArray(span) ? [span, good] : [span, { start: 2, end: 5, label: 'PER' }] },
    ]);
    expect(issues).toMatchObject([{ code: 'dataset.invalid', path: 'spans.jsonl, line 2, spans 1' }]);
    expect(issues[0]!.message).toContain(reason);
    expect(items[1]!.label).toEqual({ spans: [{ id: '1', ...SPAN }] });
  });

  it('refuse more spans than anybody draws, at once', async () => {
    const spans = Array.from({ length: 20_001 }, () => [0, 1, 'X']);
    const { items, issues } = await read([
      { text: 'a', spans },
      { text: 'b', spans: [[0, 1, 'X']] },
    ]);
    expect(issues).toMatchObject([{ path: 'spans.jsonl, line 1, spans' }]);
    expect(issues[0]!.message).toContain('more than 20,000 spans');
    expect(items.map(({ label }) => label)).toMatchObject([null, { spans: [{ class: 'x' }] }]);
  });

  it('refuse lines that are no records of texts, each once', async () => {
    const { items, issues, result } = await read([
      '{"text": "a", "spans": [[0, 1, "X"]]}',
      '',
      'no json',
      { spans: [[0, 1, 'X']] },
      { text: 3, spans: [] },
      [1],
      { text: '  ', spans: [] },
      '{"text": "\\ud83d!", "spans": [[1, 2, "X"]]}',
    ]);
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'json.invalid spans.jsonl, line 3',
      'dataset.invalid spans.jsonl, line 4',
      'dataset.invalid spans.jsonl, line 5',
      'dataset.invalid spans.jsonl, line 6',
      'import.empty spans.jsonl, line 7',
      'text.surrogate spans.jsonl, line 8',
    ]);
    expect(items.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'text', text: '\ufffd!' },
    ]);
    if (result.ok) for await (const item of result.value.items()) expect(item.label).not.toBeNull();
    expect(issues.length).toBe(6);
  });

  test.each<[string, readonly unknown[]]>([
    [
      'texts with labels',
      [
        { text: 'a', label: 'x' },
        { text: 'b', labels: ['x', 'y'] },
      ],
    ],
    ['texts without any spans', [{ text: 'a', spans: [] }]],
    ['spans without texts', [{ spans: [[0, 1, 'X']] }]],
    ['lists of something else', [{ text: 'a', entities: [{ name: 'x' }], label: [[1, 2]] }]],
    ['plain texts', ['"a"']],
    ['no JSON', ['text,label']],
  ])('are not seen in %s: that is a table', async (_, lines) => {
    expect(await detectFormat(filesOf(lines))).toBeNull();
  });
});

test('places by code points are those of the list of characters, there and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '😀', 'é', '\ud83d', '\ude00', '👩‍👩‍👧') }), (text) => {
      const characters = Array.from(text);
      const points = new CodePoints(text);
      expect(points.length).toBe(characters.length);
      for (let point = 0; point <= characters.length; point++) {
        const unit = characters.slice(0, point).join('').length;
        expect([points.toUnits(point), points.fromUnits(unit)]).toEqual([unit, point]);
      }
    }),
  );
});
