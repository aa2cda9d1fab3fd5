import { keysOf } from '#core/model/hotkeys';
import type { SpanField } from '#core/model/schema';
import type { Step } from '#core/text/cursor';
import type { Labeler } from '#state/labeler';
import type { SpanEditor } from '#state/span-editor';
import type { Command, KeyPress } from '#state/shortcuts';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

/** Whether a key does not choose a class of another field: digits of recent classes give way to keys that classes own. */
export function isFreeKey(field: SpanField, { asked }: Labeler, key: string): boolean {
  return asked.every((other) => other.id === field.id || !keysOf(other.classes).includes(key.toLowerCase()));
}

/** The keys of spans: of the field's classes, and, with the first field of spans, those of the text. */
export const spanCommands = (field: SpanField, { labeler, spans }: Workbench): readonly Command[] => [
  ...classCommands(field, labeler, (id) => {
    spans.choose(field, id);
  }).filter(({ keys }) => keys.every((key) => isFreeKey(field, labeler, key))),
  ...(spans.fields[0]?.id === field.id ? textCommands(spans) : []),
];

const SIDEWAYS = ['ArrowLeft', 'ArrowRight'];
const ALONE = [...SIDEWAYS, 'ArrowUp', 'ArrowDown', 'Home', 'End'];
/** By words, as Windows and Linux have it and as Macs do; and to the ends of the text. */
const FAR = [...['Mod+', 'Alt+'].flatMap((held) => SIDEWAYS.map((key) => held + key)), 'Mod+Home', 'Mod+End'];

const withShift = (keys: readonly string[]): string[] => keys.map((key) => `Shift+${key}`);

/** What a key of {@link ALONE} or {@link FAR} means, with or without Shift. */
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
  const group = 'Spans';
  const atText = () => spans.hasFocus;
  const atSpan = () => spans.hasFocus && spans.selected !== null;
  const repeats = true;
  const resize = (edge: 'start' | 'end') => (press?: KeyPress) => {
    spans.resize(edge, press?.key === 'ArrowLeft' ? 'left' : 'right');
  };
  const walk = (id: string, label: string, key: string, direction: -1 | 1): Command => ({
    ...{ id, group, label, keys: [key], repeats },
    // Beyond the last one, the key goes on to what comes after the text.
    when: () => spans.hasFocus && spans.canStep(direction),
    run: () => {
      spans.step(direction);
    },
  });
  return [
    { id: 'ask-class', group, label: 'Choose a class', keys: [' '], when: atText, run: () => spans.ask() },
    {
      id: 'same-text',
      group,
      label: 'Label all same text',
      keys: ['T'],
      when: () => spans.canLabelSame,
      run: () => spans.labelSame(),
    },
    walk('next-span', 'Next span', 'Tab', 1),
    walk('previous-span', 'Previous span', 'Shift+Tab', -1),
    {
      id: 'move-end',
      group,
      label: 'Move the end of the span',
      keys: withShift(SIDEWAYS),
      repeats,
      when: atSpan,
      run: resize('end'),
    },
    {
      id: 'move-start',
      group,
      label: 'Move its beginning',
      keys: withShift(SIDEWAYS.map((key) => `Alt+${key}`)),
      repeats,
      when: atSpan,
      run: resize('start'),
    },
    {
      id: 'remove-span',
      group,
      label: 'Remove',
      keys: ['Delete', 'Backspace'],
      when: atSpan,
      run: () => spans.remove(),
    },
    {
      id: 'move-cursor',
      group,
      label: 'Move the cursor',
      keys: [...ALONE, ...FAR],
      listedAs: ['Arrows', 'Mod+Arrows', 'Home', 'End'],
      repeats,
      when: atText,
      run: (press) => {
        if (press) spans.move(stepOf(press));
      },
    },
    {
      id: 'select-text',
      group,
      label: 'Select text',
      keys: withShift([...ALONE, ...FAR]),
      listedAs: ['Shift+Arrows', 'Shift+Mod+Arrows'],
      repeats,
      when: atText,
      run: (press) => {
        if (press) spans.extend(stepOf(press));
      },
    },
    {
      id: 'release',
      group,
      label: 'Let go; once more: Tab leaves the text',
      keys: ['Escape'],
      when: atText,
      run: () => spans.release(),
    },
  ];
}
