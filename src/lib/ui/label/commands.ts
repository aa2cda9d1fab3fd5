import type { Labeler } from '#state/labeler';
import type { Command } from '#state/shortcuts';
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
  /** Puts the focus into the search among many classes; null where there is none. */
  readonly search: (() => void) | null;
  readonly showHelp: () => void;
}

export type LabelCommandId =
  | 'submit'
  | 'skip'
  | 'next'
  | 'previous'
  | 'undo'
  | 'redo'
  | 'flag'
  | 'note'
  | 'panel'
  | 'search'
  | 'help'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit'
  | 'actual-size';

export type LabelCommand = Command & { readonly id: LabelCommandId };

/** What F says of an item; the reason can be changed beside the item. */
const FLAG_REASON = 'Needs another look';

/** Every command of the screen but the classes. */
export function labelCommands({
  labeler,
  stage,
  panel,
  editNote,
  search,
  showHelp,
}: LabelScreenParts): readonly LabelCommand[] {
  const hasItem = () => labeler.item !== null;
  const hasImage = () => stage.percent !== null;
  const work = 'Work';
  const view = 'Image';
  const page = 'Page';
  return [
    { id: 'submit', group: work, label: 'Save and go on', keys: ['Enter'], when: hasItem, run: () => labeler.submit() },
    { id: 'skip', group: work, label: 'Skip', keys: ['S'], when: hasItem, run: () => labeler.skip() },
    { id: 'next', group: work, label: 'Next item', keys: ['J'], repeats: true, run: () => labeler.next() },
    { id: 'previous', group: work, label: 'Previous item', keys: ['K'], repeats: true, run: () => labeler.previous() },
    { id: 'undo', group: work, label: 'Undo', keys: ['Mod+Z'], repeats: true, run: () => void labeler.undo() },
    {
      id: 'redo',
      group: work,
      label: 'Redo',
      keys: ['Shift+Mod+Z', 'Mod+Y'],
      repeats: true,
      run: () => void labeler.redo(),
    },
    {
      id: 'flag',
      group: work,
      label: 'Flag',
      keys: ['F'],
      when: hasItem,
      run: () => labeler.flag(labeler.item?.flag === '' ? FLAG_REASON : ''),
    },
    { id: 'note', group: work, label: 'Note', keys: ['N'], when: hasItem, run: editNote },
    ...(search ? [{ id: 'search', group: work, label: 'Search classes', keys: ['/'], run: search } as const] : []),
    {
      id: 'zoom-in',
      group: view,
      label: 'Zoom in',
      keys: ['+', '='],
      repeats: true,
      when: hasImage,
      run: () => stage.zoomIn(),
    },
    {
      id: 'zoom-out',
      group: view,
      label: 'Zoom out',
      keys: ['-'],
      repeats: true,
      when: hasImage,
      run: () => stage.zoomOut(),
    },
    { id: 'fit', group: view, label: 'Whole image', keys: ['Shift+1'], when: hasImage, run: () => stage.fit() },
    {
      id: 'actual-size',
      group: view,
      label: 'Actual size',
      keys: ['Shift+0'],
      when: hasImage,
      run: () => stage.actualSize(),
    },
    { id: 'panel', group: page, label: 'Guidelines and details', keys: ['G'], run: () => panel.toggle() },
    { id: 'help', group: page, label: 'All keys', keys: ['?'], run: showHelp },
  ];
}

/** The keys of the fields that the item is asked. */
export function answerCommands(bench: Workbench): readonly Command[] {
  return bench.labeler.asked.flatMap((field) => uiOf(field).commands(field, bench));
}
