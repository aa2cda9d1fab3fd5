import { keysOf } from '#core/model/hotkeys';
import type { ClassId } from '#core/model/ids';
import type { SpanField } from '#core/model/schema';
import type { Step } from '#core/text/cursor';
import type { Labeler } from '#state/labeler';
import type { SpanEditor } from '#state/span-editor';
import { command, type Command } from '#state/shortcuts';
import type { KeyPress } from '../../state/key-press';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

/** Whether a key does not choose a class of another field: digits of recent classes give way to keys that classes own. */
export function isFreeKey(field: SpanField, { asked }: Labeler, key: string): boolean {
  return asked.every((other) => other.id === field.id || !keysOf(other.classes).includes(key.toLowerCase()));
}

/** Gives the selected span, or what is selected, a class. */
export function chooseSpanClass(field: SpanField, id: ClassId, { spans }: Workbench): void {
  spans.choose(field, id);
}

/** The keys of spans: of the field's classes, and, with the first field of spans, those of the text. */
export const spanCommands = (field: SpanField, bench: Workbench): readonly Command[] => [
  ...classCommands(field, bench.labeler, (id) => {
    chooseSpanClass(field, id, bench);
  }).filter(({ keys }) => keys.every((key) => isFreeKey(field, bench.labeler, key))),
  ...(bench.spans.fields[0]?.id === field.id ? textCommands(bench.spans) : []),
];

/** What a key that moves the cursor means, with or without Shift. */
function stepOf({ key, ctrlKey, metaKey, altKey }: KeyPress): Step {
  const isFar = ctrlKey || metaKey || altKey;
  switch (key) {
    case 'ArrowLeft':
      return { by: isFar ? 'word' : 'grapheme', towards: 'left' };
    case 'ArrowRight':
      return { by: isFar ? 'word' : 'grapheme', towards: 'right' };
    case 'ArrowUp':
      return { by: 'line', towards: 'up' };
    case 'ArrowDown':
      return { by: 'line', towards: 'down' };
    default:
      return { by: isFar ? 'text-edge' : 'line-edge', towards: key === 'Home' ? 'start' : 'end' };
  }
}

function textCommands(spans: SpanEditor): readonly Command[] {
  const atText = { when: () => spans.hasFocus };
  const atSpan = { when: () => spans.hasFocus && spans.selected !== null };
  const repeats = true;
  const resize = (edge: 'start' | 'end') => (press?: KeyPress) => {
    spans.resize(edge, press?.key === 'ArrowLeft' ? 'left' : 'right');
  };
  const walk = (direction: -1 | 1) => ({
    repeats,
    // Beyond the last one, the key goes on to what comes after the text.
    when: () => spans.hasFocus && spans.canStep(direction),
    run: () => {
      spans.step(direction);
    },
  });
  return [
    command('ask-class', { ...atText, run: () => spans.ask() }),
    command('same-text', { when: () => spans.canLabelSame, run: () => spans.labelSame() }),
    command('next-span', walk(1)),
    command('previous-span', walk(-1)),
    command('move-end', { ...atSpan, repeats, run: resize('end') }),
    command('move-start', { ...atSpan, repeats, run: resize('start') }),
    command('remove-span', { ...atSpan, run: () => spans.remove() }),
    command('move-cursor', {
      ...atText,
      repeats,
      run: (press) => {
        if (press) spans.move(stepOf(press));
      },
    }),
    command('select-text', {
      ...atText,
      repeats,
      run: (press) => {
        if (press) spans.extend(stepOf(press));
      },
    }),
    command('release', { ...atText, run: () => spans.release() }),
  ];
}
