import type { Point } from '#canvas/viewport';
import type { BoxField } from '#core/model/schema';
import type { Command, KeyPress } from '#state/shortcuts';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

/** Pixels of the image that an arrow key moves by, alone and with Shift. */
const STEP = { alone: 1, shift: 10 } as const;
/** Degrees. */
const TURN = 15;

/** The keys of boxes: of the field's classes, and, with the first field of boxes, those of the tools. */
export const boxCommands = (field: BoxField, bench: Workbench): readonly Command[] => [
  ...classCommands(field, bench.labeler, (id) => {
    bench.boxes.choose(field, id);
  }),
  ...(bench.boxes.fields[0]?.id === field.id ? toolCommands(bench) : []),
];

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The keys with what is held beside them. */
const arrows = (held = ''): string[] => Object.keys(ARROWS).map((key) => held + key);

/** Where an arrow key points, so many pixels far. */
function towards(press: KeyPress | undefined, pixels: number): Point {
  const { x, y } = ARROWS[press?.key ?? ''] ?? { x: 0, y: 0 };
  return { x: x * pixels, y: y * pixels };
}

function toolCommands({ boxes, tools, stage, labeler }: Workbench): readonly Command[] {
  const group = 'Boxes';
  const selected = 'Selected boxes';
  const hasItem = () => labeler.item !== null && tools.isAtHand;
  const hasSelection = () => boxes.selected.length > 0;
  const moves = () => hasSelection() && stage.hasFocus;
  const turns = () => boxes.selected.some((place) => boxes.isRotatable(place));
  const repeats = true;
  return [
    { id: 'select', group, label: 'Select', keys: ['V'], when: hasItem, run: () => tools.choose('select') },
    { id: 'box', group, label: 'Draw boxes', keys: ['B'], when: hasItem, run: () => tools.choose('box') },
    { id: 'put-box', group, label: 'New box in the middle', keys: ['Shift+B'], when: hasItem, run: () => tools.put() },
    {
      id: 'next-box',
      group,
      label: 'Next box',
      keys: ['Tab'],
      repeats,
      // Beyond the last one, the key goes on to what comes after the image.
      when: () => stage.hasFocus && (hasSelection() || boxes.neighbour(1) !== null),
      run: () => tools.step(1),
    },
    {
      id: 'previous-box',
      group,
      label: 'Previous box',
      keys: ['Shift+Tab'],
      repeats,
      when: () => stage.hasFocus && hasSelection(),
      run: () => tools.step(-1),
    },
    {
      id: 'nudge',
      group: selected,
      label: 'Move by 1 pixel',
      keys: arrows(),
      listedAs: ['Arrows'],
      repeats,
      when: moves,
      run: (press) => boxes.nudge(towards(press, STEP.alone)),
    },
    {
      id: 'nudge-far',
      group: selected,
      label: 'Move by 10 pixels',
      keys: arrows('Shift+'),
      listedAs: ['Shift+Arrows'],
      repeats,
      when: moves,
      run: (press) => boxes.nudge(towards(press, STEP.shift)),
    },
    {
      id: 'grow',
      group: selected,
      label: 'Resize by 1 pixel',
      keys: arrows('Mod+'),
      listedAs: ['Mod+Arrows'],
      repeats,
      when: moves,
      run: (press) => boxes.grow(towards(press, STEP.alone)),
    },
    {
      id: 'grow-far',
      group: selected,
      label: 'Resize by 10 pixels',
      keys: arrows('Shift+Mod+'),
      listedAs: ['Shift+Mod+Arrows'],
      repeats,
      when: moves,
      run: (press) => boxes.grow(towards(press, STEP.shift)),
    },
    ...(boxes.fields.some(({ rotatable }) => rotatable)
      ? [
          {
            id: 'turn',
            group: selected,
            label: `Turn by ${TURN} degrees`,
            keys: ['R'],
            repeats,
            when: turns,
            run: () => boxes.turn(TURN),
          },
          {
            id: 'turn-back',
            group: selected,
            label: `Turn back by ${TURN} degrees`,
            keys: ['Shift+R'],
            repeats,
            when: turns,
            run: () => boxes.turn(-TURN),
          },
        ]
      : []),
    {
      id: 'delete',
      group: selected,
      label: 'Delete',
      keys: ['Delete', 'Backspace'],
      when: hasSelection,
      run: () => boxes.remove(),
    },
    {
      id: 'duplicate',
      group: selected,
      label: 'Duplicate',
      keys: ['Mod+D'],
      when: hasSelection,
      run: () => boxes.duplicate(),
    },
    { id: 'copy', group: selected, label: 'Copy', keys: ['Mod+C'], when: hasSelection, run: () => boxes.copy() },
    { id: 'paste', group, label: 'Paste', keys: ['Mod+V'], when: () => boxes.canPaste, run: () => boxes.paste() },
    {
      id: 'select-all',
      group,
      label: 'Select all',
      keys: ['Mod+A'],
      when: () => boxes.boxes.length > 0,
      run: () => boxes.selectAll(),
    },
    {
      id: 'copy-previous',
      group,
      label: 'Copy the boxes of the previous image',
      keys: ['P'],
      when: hasItem,
      run: () => void boxes.copyPrevious(),
    },
    { id: 'hide', group: selected, label: 'Hide', keys: ['H'], when: hasSelection, run: () => boxes.toggleHidden() },
    {
      id: 'hide-all',
      group,
      label: 'Hide or show all',
      keys: ['Shift+H'],
      when: () => boxes.boxes.length > 0,
      run: () => boxes.toggleAllHidden(),
    },
    {
      id: 'lock',
      group: selected,
      label: 'Lock or unlock',
      keys: ['L'],
      when: hasSelection,
      run: () => boxes.toggleLocked(),
    },
    {
      id: 'let-go',
      group: selected,
      label: 'Give up, or deselect',
      keys: ['Escape'],
      when: () => tools.pointers.dragging || hasSelection(),
      run: () => {
        if (!tools.abandon()) boxes.deselect();
      },
    },
  ];
}
