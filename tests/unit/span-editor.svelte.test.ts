import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { Span } from '#core/model/annotation';
import type { SpanField } from '#core/model/schema';
import { Labeler } from '#state/labeler';
import { SpanEditor, type TextView } from '#state/span-editor';
import { FakeProject, schemaOf } from '../support/labeler-project';

const classes = schemaOf({ multiple: false }).fields[0]!.classes;
const field: SpanField = {
  ...{ kind: 'span', id: 'entities', name: 'Entities', required: false, wholeWords: true },
  ...{ classes, retired: [], remap: {} },
};
const TEXT = 'Acme met Acme in Paris';

/** A text in one long line from left to right. */
const view: TextView = {
  hasFocus: () => true,
  isRightToLeft: () => false,
  acrossLines: (at) => at,
  lineEdge: (_at, direction) => (direction > 0 ? TEXT.length : 0),
};

async function editorOf(text = TEXT, proposal: readonly Span[] | null = null, change: Partial<SpanField> = {}) {
  const changed = { ...field, ...change };
  const project = new FakeProject(2, { version: 1, guidelines: '', fields: [changed] });
  for (const [at, item] of project.items.entries()) {
    const prediction = proposal && { model: 'm', values: { entities: proposal }, confidence: null };
    project.items[at] = { ...item, content: { kind: 'text', text }, prediction };
  }
  const storage = { getItem: () => null, setItem: () => undefined };
  const labeler = new Labeler(project, { now: () => 0, afterPaint: (work) => work(), storage });
  const started = labeler.start(null, null);
  await project.settle();
  await started;
  const spans = new SpanEditor(labeler);
  spans.attach(view);
  const script = {
    ...{ project, labeler, spans, field: changed },
    /** The spans as `class text`, proposed ones with a `?`. */
    get shown() {
      flushSync();
      return spans.spans.map(
        ({ class: id, start, end, proposed }) => `${id} ${text.slice(start, end)}${proposed ? '?' : ''}`,
      );
    },
    /** Selects text, as a mouse does, and is done with it. */
    drag(from: number, to: number, snapping: 'usual' | 'other' = 'usual') {
      spans.point({ anchor: from, focus: to });
      spans.finish(snapping);
    },
    key(id: string) {
      spans.choose(changed, id);
    },
  };
  return script;
}

describe('the class after the text', () => {
  test('selected text asks for its class, snapped to words', async () => {
    const script = await editorOf();
    script.drag(2, 6);
    expect(script.spans.asking).toBe(true);
    script.key('a');
    expect(script.shown).toEqual(['a Acme met']);
    expect(script.spans.asking).toBe(false);
    expect(script.spans.active).toBeNull();
  });

  test('with Alt it is taken by characters', async () => {
    const script = await editorOf();
    script.drag(2, 6, 'other');
    script.key('a');
    expect(script.shown).toEqual(['a me m']);
  });

  test('escape leaves nothing', async () => {
    const script = await editorOf();
    script.drag(0, 4);
    script.spans.release();
    expect(script.shown).toEqual([]);
    expect(script.spans.asking).toBe(false);
    script.key('a');
    expect(script.shown).toEqual([]);
  });

  test('what the same text was labelled before is known, until it was taken back', async () => {
    const script = await editorOf();
    script.drag(0, 4);
    script.key('b');
    script.drag(9, 13);
    expect(script.spans.precedents).toEqual([{ field: 'entities', class: 'b', count: 1 }]);
    script.spans.release();
    await script.labeler.undo();
    script.drag(9, 13);
    expect(script.spans.precedents).toEqual([]);
  });

  test('items that were answered before are asked as well', async () => {
    const script = await editorOf();
    const values = { entities: [{ id: '1', class: 'c', start: 0, end: 4 }] };
    script.spans.recall([{ ...script.project.items[1]!, mine: { kind: 'annotation', values, note: '' } }]);
    script.drag(9, 13);
    expect(script.spans.precedents).toEqual([{ field: 'entities', class: 'c', count: 1 }]);
  });
});

describe('the class before the text', () => {
  test('selected text gets it at once; its key again and nothing is active', async () => {
    const script = await editorOf();
    script.key('a');
    script.drag(0, 3);
    script.drag(17, 20);
    expect(script.shown).toEqual(['a Acme', 'a Paris']);
    script.key('a');
    expect(script.spans.active).toBeNull();
  });

  test('another class goes on with the next text, and leaves what was made before', async () => {
    const script = await editorOf();
    script.key('a');
    script.drag(0, 3);
    script.key('b');
    script.drag(17, 20);
    expect(script.shown).toEqual(['a Acme', 'b Paris']);
  });

  test('the same span is not made twice', async () => {
    const script = await editorOf();
    script.key('a');
    script.drag(0, 3);
    script.drag(0, 4);
    expect(script.shown).toEqual(['a Acme']);
    expect(script.spans.spoken).toBe('A, Acme was labelled already');
  });

  test('escape lets go of the selected span first and of the class then', async () => {
    const script = await editorOf();
    script.key('a');
    script.drag(0, 3);
    script.spans.pick(1);
    script.spans.release();
    expect(script.spans.selected).toBeNull();
    expect(script.spans.active).not.toBeNull();
    script.spans.release();
    expect(script.spans.active).toBeNull();
  });
});

describe('a selected span', () => {
  const made = async () => {
    const script = await editorOf();
    script.drag(0, 3);
    script.key('a');
    script.spans.pick(1);
    return script;
  };

  test('takes another class', async () => {
    const script = await made();
    script.key('c');
    expect(script.shown).toEqual(['c Acme']);
  });

  test('moves its ends by words, as one step of undo, and never empties', async () => {
    const script = await made();
    script.spans.resize('end', 'right');
    script.spans.resize('end', 'right');
    expect(script.shown).toEqual(['a Acme met Acme']);
    await script.labeler.undo();
    expect(script.shown).toEqual(['a Acme']);
    script.spans.resize('end', 'left');
    script.spans.resize('start', 'right');
    expect(script.shown).toEqual(['a Acme']);
  });

  test('moves its ends by characters, where characters are labelled', async () => {
    const script = await editorOf('x 👩‍👩‍👧 y', null, { wholeWords: false });
    script.drag(0, 1);
    script.key('a');
    script.spans.pick(0);
    script.spans.resize('end', 'right');
    script.spans.resize('end', 'right');
    expect(script.shown).toEqual(['a x 👩‍👩‍👧']);
  });

  test('is removed', async () => {
    const script = await made();
    script.spans.remove();
    expect(script.shown).toEqual([]);
    expect(script.spans.selected).toBeNull();
  });

  test('walking goes from one to the next, and past the ends to nothing', async () => {
    const script = await made();
    script.drag(17, 20);
    script.key('b');
    script.spans.select(null);
    script.spans.point({ anchor: 0, focus: 0 });
    script.spans.step(1);
    script.spans.step(1);
    expect(script.spans.selected?.class).toBe('b');
    expect(script.spans.canStep(1)).toBe(false);
    script.spans.step(-1);
    expect(script.spans.selected?.class).toBe('a');
    expect(script.spans.canStep(-1)).toBe(false);
  });
});

describe('label all same text', () => {
  test('is one step of undo, and passes over what has a class', async () => {
    const script = await editorOf('Acme, Acme, Acme and acme');
    script.key('b');
    script.drag(6, 10);
    script.key('a');
    script.drag(0, 3);
    script.spans.labelSame();
    expect(script.shown).toEqual(['a Acme', 'b Acme', 'a Acme']);
    await script.labeler.undo();
    expect(script.shown).toEqual(['a Acme', 'b Acme']);
  });

  test('ids stay unique', async () => {
    const script = await editorOf('a a a a');
    script.key('a');
    script.drag(0, 1);
    script.spans.labelSame();
    expect(new Set(script.spans.spans.map(({ id }) => id)).size).toBe(4);
  });
});

describe('proposals', () => {
  const proposal: readonly Span[] = [
    { id: '1', class: 'a', start: 0, end: 4, confidence: 0.4 },
    { id: '2', class: 'b', start: 9, end: 13, confidence: 0.9 },
  ];

  test('stay proposals until they are changed or confirmed by their own class', async () => {
    const script = await editorOf(TEXT, proposal);
    expect(script.shown).toEqual(['a Acme?', 'b Acme?']);
    script.spans.pick(1);
    script.key('a');
    expect(script.shown).toEqual(['a Acme', 'b Acme?']);
    script.spans.pick(10);
    script.spans.remove();
    expect(script.shown).toEqual(['a Acme']);
  });

  test('submitted ones are nobody else’s any more', async () => {
    const script = await editorOf(TEXT, proposal);
    script.labeler.submit();
    await script.project.settle();
    script.labeler.previous();
    await script.project.settle();
    expect(script.shown).toEqual(['a Acme', 'b Acme']);
  });

  test('one that ends past the text does no harm', async () => {
    const script = await editorOf(TEXT, [{ id: '1', class: 'gone', start: 17, end: 900 }]);
    expect(script.shown).toEqual(['gone Paris?']);
    script.spans.pick(18);
    expect(script.spans.same).toEqual([]);
    script.spans.labelSame();
    script.spans.resize('end', 'left');
    script.spans.remove();
    expect(script.shown).toEqual([]);
  });
});

test('another item begins without a selection', async () => {
  const script = await editorOf();
  script.drag(0, 4);
  script.labeler.next();
  await script.project.settle();
  flushSync();
  expect([script.spans.selection, script.spans.selected, script.spans.asking]).toEqual([null, null, false]);
});
