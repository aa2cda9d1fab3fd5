/**
 * Where a command can be called. Places lie within each other: what can be called everywhere can be called on the labeling
 * screen, and what belongs to it, over images and over texts.
 */
export type Place = 'everywhere' | 'project' | 'label' | 'image' | 'text' | 'items' | 'review' | 'settings';

const WITHIN: Readonly<Record<Place, Place | null>> = {
  everywhere: null,
  project: 'everywhere',
  label: 'project',
  image: 'label',
  text: 'label',
  items: 'project',
  review: 'project',
  settings: 'project',
};

/** Whether both can be where one key press is heard. */
export const overlap = (a: Place, b: Place): boolean => isWithin(a, b) || isWithin(b, a);

function isWithin(place: Place, around: Place): boolean {
  for (let at: Place | null = place; at !== null; at = WITHIN[at]) if (at === around) return true;
  return false;
}

/** What a command is, apart from what it does. */
export interface CommandWords {
  readonly label: string;
  /** The heading that it is listed under. */
  readonly group: string;
  readonly where: Place;
  /** The keys that it has until a person changes them; the first is the one that is shown. */
  readonly keys: readonly string[];
  /** The same keys as they are listed, where that is shorter: `Shift+Arrows`. Default: `keys`. */
  readonly listedAs?: readonly string[];
  /** Its keys stay: what it does depends on which of them was pressed, or people know them from everywhere. */
  readonly fixed?: true;
}

const SIDEWAYS = ['ArrowLeft', 'ArrowRight'];
const ARROWS = [...SIDEWAYS, 'ArrowUp', 'ArrowDown'];
const TO_EDGES = [...ARROWS, 'Home', 'End'];
/** By words, as Windows and Linux have it and as Macs do; and to the ends of the text. */
const FAR = [...['Mod+', 'Alt+'].flatMap((held) => SIDEWAYS.map((key) => held + key)), 'Mod+Home', 'Mod+End'];
const held = (mods: string, keys: readonly string[]): string[] => keys.map((key) => mods + key);

const fixed = true;
const work = { group: 'Work', where: 'label' } as const;
const image = { group: 'Image', where: 'image' } as const;
const boxes = { group: 'Boxes', where: 'image' } as const;
const selected = { group: 'Selected boxes', where: 'image' } as const;
const spans = { group: 'Spans', where: 'text' } as const;
const items = { group: 'Items', where: 'items' } as const;
const list = { group: 'In the list', where: 'items', fixed } as const;
const review = { group: 'Review', where: 'review' } as const;
const pages = { group: 'Pages', where: 'project' } as const;

/**
 * Every command of the app, in the order in which they are listed. A screen says what each does while it is open
 * (`./shortcuts`). Letters without Shift that stand here are in `RESERVED_KEYS`: no class may have them.
 */
const commands = {
  submit: { ...work, label: 'Save and go on', keys: ['Enter'] },
  skip: { ...work, label: 'Skip', keys: ['S'] },
  next: { ...work, label: 'Next item', keys: ['J'] },
  previous: { ...work, label: 'Previous item', keys: ['K'] },
  flag: { ...work, label: 'Flag', keys: ['F'] },
  unsure: { ...work, label: 'Unsure', keys: ['U'] },
  note: { ...work, label: 'Note', keys: ['N'] },
  'known-answer': { ...work, where: 'project', label: 'This answer is known', keys: [] },
  'search-classes': { ...work, label: 'Search classes', keys: ['/'] },
  panel: { ...work, label: 'Guidelines and details', keys: ['G'] },

  'zoom-in': { ...image, label: 'Zoom in', keys: ['+', '='] },
  'zoom-out': { ...image, label: 'Zoom out', keys: ['-'] },
  fit: { ...image, label: 'Whole image', keys: ['Shift+1'] },
  'actual-size': { ...image, label: 'Actual size', keys: ['Shift+0'] },
  pan: { ...image, label: 'Move the image', keys: [' '], listedAs: ['Space'], fixed },

  select: { ...boxes, label: 'Select', keys: ['V'] },
  box: { ...boxes, label: 'Draw boxes', keys: ['B'] },
  'put-box': { ...boxes, label: 'New box in the middle', keys: ['Shift+B'] },
  'next-box': { ...boxes, label: 'Next box', keys: ['Tab'], fixed },
  'previous-box': { ...boxes, label: 'Previous box', keys: ['Shift+Tab'], fixed },
  paste: { ...boxes, label: 'Paste', keys: ['Mod+V'] },
  'select-all': { ...boxes, label: 'Select all', keys: ['Mod+A'] },
  'copy-previous': { ...boxes, label: 'Copy the boxes of the previous image', keys: ['P'] },
  'hide-all': { ...boxes, label: 'Hide or show all', keys: ['Shift+H'] },

  nudge: { ...selected, label: 'Move by 1 pixel', keys: ARROWS, listedAs: ['Arrows'], fixed },
  'nudge-far': {
    ...selected,
    label: 'Move by 10 pixels',
    keys: held('Shift+', ARROWS),
    listedAs: ['Shift+Arrows'],
    fixed,
  },
  grow: { ...selected, label: 'Resize by 1 pixel', keys: held('Mod+', ARROWS), listedAs: ['Mod+Arrows'], fixed },
  'grow-far': {
    ...selected,
    label: 'Resize by 10 pixels',
    keys: held('Shift+Mod+', ARROWS),
    listedAs: ['Shift+Mod+Arrows'],
    fixed,
  },
  turn: { ...selected, label: 'Turn by 15 degrees', keys: ['R'] },
  'turn-back': { ...selected, label: 'Turn back by 15 degrees', keys: ['Shift+R'] },
  delete: { ...selected, label: 'Delete', keys: ['Delete', 'Backspace'] },
  duplicate: { ...selected, label: 'Duplicate', keys: ['Mod+D'] },
  copy: { ...selected, label: 'Copy', keys: ['Mod+C'] },
  hide: { ...selected, label: 'Hide', keys: ['H'] },
  lock: { ...selected, label: 'Lock or unlock', keys: ['L'] },
  'let-go': { ...selected, label: 'Give up, or deselect', keys: ['Escape'], fixed },

  'ask-class': { ...spans, label: 'Choose a class', keys: [' '] },
  'same-text': { ...spans, label: 'Label all same text', keys: ['T'] },
  'next-span': { ...spans, label: 'Next span', keys: ['Tab'], fixed },
  'previous-span': { ...spans, label: 'Previous span', keys: ['Shift+Tab'], fixed },
  'move-end': { ...spans, label: 'Move the end of the span', keys: held('Shift+', SIDEWAYS), fixed },
  'move-start': { ...spans, label: 'Move its beginning', keys: held('Shift+Alt+', SIDEWAYS), fixed },
  'remove-span': { ...spans, label: 'Remove', keys: ['Delete', 'Backspace'] },
  'move-cursor': {
    ...spans,
    label: 'Move the cursor',
    keys: [...TO_EDGES, ...FAR],
    listedAs: ['Arrows', 'Mod+Arrows', 'Home', 'End'],
    fixed,
  },
  'select-text': {
    ...spans,
    label: 'Select text',
    keys: held('Shift+', [...TO_EDGES, ...FAR]),
    listedAs: ['Shift+Arrows', 'Shift+Mod+Arrows'],
    fixed,
  },
  release: { ...spans, label: 'Let go; once more: Tab leaves the text', keys: ['Escape'], fixed },

  'label-selected': { ...items, label: 'Label what is selected', keys: ['L'] },
  'search-items': { ...items, label: 'Search', keys: ['/'] },
  'move-in-list': {
    ...list,
    label: 'Move',
    keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'],
    listedAs: ['↑', '↓'],
  },
  'extend-in-list': { ...list, label: 'Extend the selection', keys: ['Shift+ArrowUp', 'Shift+ArrowDown'] },
  'toggle-in-list': { ...list, label: 'Select or not', keys: [' '] },
  'select-listed': { ...list, label: 'Select all listed', keys: ['Mod+A'] },
  'select-none': { ...list, label: 'Select nothing', keys: ['Escape'] },
  'open-item': { ...list, label: 'Open', keys: ['Enter'] },

  'take-answer': { ...review, label: 'Take this answer', keys: Array.from('123456789'), listedAs: ['1', '9'], fixed },
  'take-consensus': { ...review, label: 'Take the consensus', keys: ['C'] },
  'take-none': { ...review, label: 'See all answers', keys: ['Escape'], fixed },
  resolve: { ...review, label: 'Decide and go on', keys: ['Enter'] },
  accept: { ...review, label: 'Accept', keys: ['A'] },
  'send-back': { ...review, label: 'Send back', keys: ['R'] },
  'edit-answer': { ...review, label: 'Change the answer', keys: ['E'] },
  comment: { ...review, label: 'Comment', keys: ['N'] },
  'next-review': { ...review, label: 'Next in the queue', keys: ['J'] },
  'previous-review': { ...review, label: 'Previous in the queue', keys: ['K'] },

  'go-label': { ...pages, label: 'Label', keys: ['Shift+L'] },
  'go-items': { ...pages, label: 'Items', keys: ['Shift+I'] },
  'go-people': { ...pages, label: 'People', keys: ['Shift+P'] },
  'go-review': { ...pages, label: 'Review', keys: ['Shift+V'] },
  'go-quality': { ...pages, label: 'Quality', keys: ['Shift+Q'] },
  'go-gold': { ...pages, label: 'Gold', keys: [] },
  'go-snapshots': { ...pages, label: 'Snapshots', keys: [] },
  'go-activity': { ...pages, label: 'Activity', keys: ['Shift+A'] },
  'go-import': { ...pages, label: 'Import', keys: ['Shift+M'] },
  'go-export': { ...pages, label: 'Export', keys: ['Shift+E'] },
  'go-settings': { ...pages, label: 'Settings', keys: ['Shift+S'] },

  undo: { group: 'Everywhere', where: 'project', label: 'Undo', keys: ['Mod+Z'] },
  redo: { group: 'Everywhere', where: 'project', label: 'Redo', keys: ['Shift+Mod+Z', 'Mod+Y'] },
  tour: { group: 'Everywhere', where: 'project', label: 'Take the tour', keys: [] },
  'save-file': { group: 'Everywhere', where: 'project', label: 'Save project file', keys: [] },
  palette: { group: 'Everywhere', where: 'everywhere', label: 'Find anything', keys: ['Mod+K'] },
  help: { group: 'Everywhere', where: 'everywhere', label: 'All keys', keys: ['?'] },
} as const satisfies Record<string, CommandWords>;

export type CommandId = keyof typeof commands;

/** By id, in the order in which they are listed. */
export const COMMANDS: Readonly<Record<CommandId, CommandWords>> = commands;
export const COMMAND_IDS = Object.keys(commands) as readonly CommandId[];

export const isCommandId = (id: string): id is CommandId => Object.hasOwn(commands, id);
