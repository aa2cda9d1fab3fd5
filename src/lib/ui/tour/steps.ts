import type { CommandId } from '../../state/command-list';
import type { TourStep } from '#state/tour';

/** Words, or a key: a command's as it is on this device, or one that never changes. */
export type Part = string | { readonly command: CommandId } | { readonly key: string };

export interface StepWords {
  /** What it points at: the value of `data-tour` there. */
  readonly anchor: string;
  readonly title: string;
  /** Where there is no keyboard, if that is something else. */
  readonly titleByTouch?: string;
  readonly byKeyboard: readonly Part[];
  readonly byTouch: string;
}

export const STEP_WORDS: Readonly<Record<TourStep, StepWords>> = {
  begin: {
    anchor: 'work',
    title: 'One item at a time',
    byKeyboard: [
      'What is asked of it stands beneath. What is dashed was proposed by a model, here on purpose not a perfect one. ',
      'Nothing counts before you submit it.',
    ],
    byTouch:
      'What is asked of it stands beneath. What is dashed was proposed by a model, here on purpose not a perfect one. ' +
      'Nothing counts before you submit it.',
  },
  answer: {
    anchor: 'answer',
    title: 'Answer by key',
    titleByTouch: 'Answer with a tap',
    byKeyboard: [
      'Each class has its key on it. ',
      { command: 'submit' },
      ' submits, or accepts the whole proposal as it stands. This one is right: accept it.',
    ],
    byTouch: 'Tap a class to choose it. The button below accepts the whole proposal. This one is right: accept it.',
  },
  correct: {
    anchor: 'work',
    title: 'Correct what is wrong',
    byKeyboard: [
      'Does every mark say what it is? Click a wrong one, or go there with ',
      { key: 'Tab' },
      ', and press the key of its class; ',
      { command: 'delete' },
      ' removes it. Drag to mark what was missed.',
    ],
    byTouch: 'Does every mark say what it is? Tap a wrong one, then its class below. Drag to mark what was missed.',
  },
  guidelines: {
    anchor: 'panel',
    title: 'When in doubt',
    byKeyboard: [
      { command: 'panel' },
      ' folds away what the owner of the project wrote about the classes, with the details and the history of the ' +
        'item, and brings it back.',
    ],
    byTouch: 'Here is what the owner of the project wrote about the classes, with the details and history of the item.',
  },
  undo: {
    anchor: 'undo',
    title: 'Nothing is final',
    byKeyboard: [
      { command: 'undo' },
      ' takes back what you did last, submitted or not. ',
      { command: 'previous' },
      ' and ',
      { command: 'next' },
      ' walk through the items: an answer can be changed at any time.',
    ],
    byTouch:
      'Undo takes back what you did last, submitted or not. The arrows walk through the items: an answer can be ' +
      'changed at any time.',
  },
  pages: {
    anchor: 'pages',
    title: 'Saved, as you go',
    byKeyboard: [
      'Every answer is on this device at once. Items lists, filters and labels many; Export writes COCO, YOLO, CSV ' +
        'and more. ',
      { command: 'help' },
      ' shows all keys.',
    ],
    byTouch:
      'Every answer is on this device at once. Items lists, filters and labels many; Export writes COCO, YOLO, CSV ' +
      'and more.',
  },
};
