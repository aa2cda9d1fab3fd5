import type { Point } from '#canvas/viewport';
import type { ClassId } from '#core/model/ids';
import type { BoxField } from '#core/model/schema';
import { command, type Command } from '#state/shortcuts';
import type { KeyPress } from '../../state/key-press';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

/** Pixels of the image that an arrow key moves by, alone and with Shift. */
const STEP = { alone: 1, shift: 10 } as const;
/** Degrees, as the commands say. */
const TURN = 15;

/** Gives the selected boxes a class, or the next one. */
export function chooseBoxClass(field: BoxField, id: ClassId, { boxes }: Workbench): void {
  boxes.choose(field, id);
}

/** The keys of boxes: of the field's classes, and, with the first field of boxes, those of the tools. */
export const boxCommands = (field: BoxField, bench: Workbench): readonly Command[] => [
  ...classCommands(field, bench.labeler, (id) => {
    chooseBoxClass(field, id, bench);
  }),
  ...(bench.boxes.fields[0]?.id === field.id ? toolCommands(bench) : []),
];

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Where an arrow key points, so many pixels far. */
function towards(press: KeyPress | undefined, pixels: number): Point {
  const { x, y } = ARROWS[press?.key ?? ''] ?? { x: 0, y: 0 };
  return { x: x * pixels, y: y * pixels };
}

function toolCommands({ boxes, tools, stage, labeler }: Workbench): readonly Command[] {
  const hasItem = { when: () => labeler.item !== null && tools.isAtHand };
  const hasSelection = () => boxes.selected.length > 0;
  const selected = { when: hasSelection };
  const some = { when: () => boxes.boxes.length > 0 };
  const moves = { repeats: true, when: () => hasSelection() && stage.hasFocus };
  const turns = { repeats: true, when: () => boxes.selected.some((place) => boxes.isRotatable(place)) };
  return [
    command('select', { ...hasItem, run: () => tools.choose('select') }),
    command('box', { ...hasItem, run: () => tools.choose('box') }),
    command('put-box', { ...hasItem, run: () => tools.put() }),
    command('next-box', {
      repeats: true,
      // Beyond the last one, the key goes on to what comes after the image.
      when: () => stage.hasFocus && (hasSelection() || boxes.neighbour(1) !== null),
      run: () => tools.step(1),
    }),
    command('previous-box', {
      repeats: true,
      when: () => stage.hasFocus && hasSelection(),
      run: () => tools.step(-1),
    }),
    command('nudge', { ...moves, run: (press) => boxes.nudge(towards(press, STEP.alone)) }),
    command('nudge-far', { ...moves, run: (press) => boxes.nudge(towards(press, STEP.shift)) }),
    command('grow', { ...moves, run: (press) => boxes.grow(towards(press, STEP.alone)) }),
    command('grow-far', { ...moves, run: (press) => boxes.grow(towards(press, STEP.shift)) }),
    ...(boxes.fields.some(({ rotatable }) => rotatable)
      ? [
          command('turn', { ...turns, run: () => boxes.turn(TURN) }),
          command('turn-back', { ...turns, run: () => boxes.turn(-TURN) }),
        ]
      : []),
    command('delete', { ...selected, run: () => boxes.remove() }),
    command('duplicate', { ...selected, run: () => boxes.duplicate() }),
    command('copy', { ...selected, run: () => boxes.copy() }),
    command('paste', { when: () => boxes.canPaste, run: () => boxes.paste() }),
    command('select-all', { ...some, run: () => boxes.selectAll() }),
    command('copy-previous', { ...hasItem, run: () => void boxes.copyPrevious() }),
    command('hide', { ...selected, run: () => boxes.toggleHidden() }),
    command('hide-all', { ...some, run: () => boxes.toggleAllHidden() }),
    command('lock', { ...selected, run: () => boxes.toggleLocked() }),
    command('let-go', {
      when: () => tools.pointers.dragging || hasSelection(),
      run: () => {
        if (!tools.abandon()) boxes.deselect();
      },
    }),
  ];
}
