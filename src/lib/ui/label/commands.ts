import { toggledUnsure } from '#core/model/unsure';
import type { Labeler } from '#state/labeler';
import { command, type Command } from '#state/shortcuts';
import type { SidePanel } from '#state/side-panel';
import { uiOf } from '../fields/registry';
import type { Workbench } from '../fields/workbench';
import type { ImageStage } from './image-stage.svelte';

/** What the commands of the labeling screen act on. */
export interface LabelScreenParts {
  readonly labeler: Labeler;
  readonly stage: ImageStage;
  readonly panel: SidePanel;
  readonly editNote: () => void;
  /** Makes this person's answer a known one; null where they may not. */
  readonly setKnown: (() => void) | null;
  /** Puts the focus into the search among many classes; null where there is none. */
  readonly search: (() => void) | null;
}

/** What F says of an item; the reason can be changed beside the item. */
const FLAG_REASON = 'Needs another look';

/** Every command of the screen but those of the fields. */
export function labelCommands({
  labeler,
  stage,
  panel,
  editNote,
  setKnown,
  search,
}: LabelScreenParts): readonly Command[] {
  const when = () => labeler.item !== null && !labeler.isReadOnly;
  const repeats = true;
  const onImage = { when: () => stage.percent !== null };
  return [
    command('submit', { when, run: () => labeler.submit() }),
    command('skip', { when, run: () => labeler.skip() }),
    command('next', { repeats, run: () => labeler.next() }),
    command('previous', { repeats, run: () => labeler.previous() }),
    command('undo', { repeats, run: () => void labeler.undo() }),
    command('redo', { repeats, run: () => void labeler.redo() }),
    command('flag', { when, run: () => labeler.flag(labeler.item?.flag === '' ? FLAG_REASON : '') }),
    command('unsure', { when, run: () => labeler.flag(toggledUnsure(labeler.item?.flag ?? '')) }),
    command('note', { when, run: editNote }),
    ...(setKnown
      ? [command('known-answer', { when: () => labeler.item?.mine?.kind === 'annotation', run: setKnown })]
      : []),
    ...(search ? [command('search-classes', { run: search })] : []),
    command('zoom-in', { ...onImage, repeats, run: () => stage.zoomIn() }),
    command('zoom-out', { ...onImage, repeats, run: () => stage.zoomOut() }),
    command('fit', { ...onImage, run: () => stage.fit() }),
    command('actual-size', { ...onImage, run: () => stage.actualSize() }),
    command('panel', { run: () => panel.toggle() }),
  ];
}

/** The keys of the fields that the item is asked. */
export function answerCommands(bench: Workbench): readonly Command[] {
  const { asked, isReadOnly } = bench.labeler;
  return isReadOnly ? [] : asked.flatMap((field) => uiOf(field).commands(field, bench));
}
