import type { SpanField } from '#core/model/schema';
import type { Step } from '#core/text/cursor';
import type { SpanEditor } from '#state/span-editor';
import type { Command } from '#state/shortcuts';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

/** The keys of spans: the classes of every field, and once, with the first, those of the text. */
export function spanCommands(field: SpanField, { labeler, spans }: Workbench): readonly Command[] {
  const classes = classCommands(field, labeler, (id) => {
    spans.choose(field, id);
  });
  return spans.fields[0]?.id === field.id ? [...classes, ...textCommands(spans)] : classes;
}

/** How the cursor moves; with Shift, text is selected on the way. */
const STEPS: readonly { readonly label: string; readonly keys: readonly string[]; readonly step: Step }[] = [
  { label: 'Left', keys: ['ArrowLeft'], step: { by: 'grapheme', towards: 'left' } },
  { label: 'Right', keys: ['ArrowRight'], step: { by: 'grapheme', towards: 'right' } },
  { label: 'Left by a word', keys: ['Mod+ArrowLeft', 'Alt+ArrowLeft'], step: { by: 'word', towards: 'left' } },
  { label: 'Right by a word', keys: ['Mod+ArrowRight', 'Alt+ArrowRight'], step: { by: 'word', towards: 'right' } },
  { label: 'Up a line', keys: ['ArrowUp'], step: { by: 'line', towards: 'up' } },
  { label: 'Down a line', keys: ['ArrowDown'], step: { by: 'line', towards: 'down' } },
  { label: 'Beginning of the line', keys: ['Home'], step: { by: 'line-edge', towards: 'start' } },
  { label: 'End of the line', keys: ['End'], step: { by: 'line-edge', towards: 'end' } },
  { label: 'Beginning of the text', keys: ['Mod+Home'], step: { by: 'text-edge', towards: 'start' } },
  { label: 'End of the text', keys: ['Mod+End'], step: { by: 'text-edge', towards: 'end' } },
];

function textCommands(spans: SpanEditor): Command[] {
  const atText = () => spans.hasFocus;
  const atSpan = () => spans.hasFocus && spans.selected !== null;
  const resize = (edge: 'start' | 'end', towards: 'left' | 'right', keys: string): Command => ({
    id: `span:${edge}-${towards}`,
    group: 'Selected span',
    label: `${edge === 'start' ? 'Beginning' : 'End'} to the ${towards}`,
    keys: [keys],
    repeats: true,
    when: atSpan,
    run: () => {
      spans.resize(edge, towards);
    },
  });
  return [
    resize('end', 'left', 'Shift+ArrowLeft'),
    resize('end', 'right', 'Shift+ArrowRight'),
    resize('start', 'left', 'Shift+Alt+ArrowLeft'),
    resize('start', 'right', 'Shift+Alt+ArrowRight'),
    {
      id: 'span:remove',
      group: 'Selected span',
      label: 'Remove',
      keys: ['Delete', 'Backspace'],
      when: atSpan,
      run: () => {
        spans.remove();
      },
    },
    {
      id: 'span:same',
      group: 'Spans',
      label: 'Label all same text',
      keys: ['T'],
      when: () => spans.canLabelSame,
      run: () => {
        spans.labelSame();
      },
    },
    {
      id: 'span:next',
      group: 'Spans',
      label: 'Next span',
      keys: ['Tab'],
      repeats: true,
      when: () => spans.hasFocus && spans.canStep(1),
      run: () => {
        spans.step(1);
      },
    },
    {
      id: 'span:previous',
      group: 'Spans',
      label: 'Previous span',
      keys: ['Shift+Tab'],
      repeats: true,
      when: () => spans.hasFocus && spans.canStep(-1),
      run: () => {
        spans.step(-1);
      },
    },
    {
      id: 'span:ask',
      group: 'Spans',
      label: 'Choose a class',
      keys: [' '],
      when: atText,
      run: () => {
        spans.ask();
      },
    },
    {
      id: 'span:release',
      group: 'Spans',
      label: 'Let go; then Tab leaves the text',
      keys: ['Escape'],
      when: atText,
      run: () => {
        spans.release();
      },
    },
    ...STEPS.map(({ label, keys, step }): Command => ({
      id: `text:${keys[0]!}`,
      group: 'Text; with Shift, select',
      label,
      keys,
      repeats: true,
      when: atText,
      run: () => {
        spans.move(step);
      },
    })),
    ...STEPS.map(({ label, keys, step }): Command => ({
      id: `text:Shift+${keys[0]!}`,
      group: 'Text; with Shift, select',
      label: `Select: ${label.toLowerCase()}`,
      keys: keys.map((key) => `Shift+${key}`),
      repeats: true,
      when: atText,
      run: () => {
        spans.extend(step);
      },
    })),
  ];
}
