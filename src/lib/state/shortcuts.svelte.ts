/** Something that a key does. A screen lists its commands once; buttons, keys and the help all come from that list. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** The heading that the help lists it under. */
  readonly group: string;
  /**
   * Keys as people read them: `J`, `Enter`, `?`, `Mod+Z`, `Shift+Mod+Z`. `Mod` is Cmd on a Mac and Ctrl elsewhere. The
   * first is the one that is shown.
   */
  readonly keys: readonly string[];
  /** The same keys as the help lists them, where that is shorter: `Shift+Arrows`. Default: `keys`. */
  readonly listedAs?: readonly string[];
  /** @param press by which it was called; absent when a button did */
  run(press?: KeyPress): void;
  /** Whether it can be done now; always, when absent. */
  when?(): boolean;
  /** Whether a key that is held down does it again and again. Default: only once. */
  readonly repeats?: boolean;
}

/** The part of a KeyboardEvent that is read. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const isSymbol = (key: string): boolean => [...key].length === 1 && !/[\p{L}\p{N}]/u.test(key);

/**
 * Whether a key press is what the binding names. A letter or digit that the layout does not give (`J` on a Greek
 * keyboard, `1` on a French one) is also found by its place on the keyboard, if `byPlace`.
 */
function matches(binding: string, press: KeyPress, platform: { mac: boolean }, byPlace: boolean): boolean {
  const parts = binding === '+' ? ['+'] : binding.split('+');
  const key = parts.at(-1)!;
  const held = new Set(parts.slice(0, -1));
  const mod = platform.mac ? press.metaKey : press.ctrlKey;
  const other = platform.mac ? press.ctrlKey : press.metaKey;
  if (mod !== held.has('Mod') || other || press.altKey !== held.has('Alt')) return false;
  // Which symbols need Shift depends on the layout.
  if (press.shiftKey !== held.has('Shift') && !isSymbol(key)) return false;
  if (byPlace) return press.code === (/^\d$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`);
  return press.key.toLowerCase() === key.toLowerCase();
}

/** Only letters that the layout has not given are looked for by place: on a Dvorak keyboard, what is printed counts. */
const hasLatinLetter = ({ key }: KeyPress): boolean => /^[a-z]$/i.test(key);

/**
 * Finds and runs the command of a key press.
 *
 * Fields in which people type keep their keys. A field with `data-commands` (the search among many classes, where the
 * hands are while labeling) lets commands through with Alt, and while it is empty those with Ctrl or Cmd, and the help.
 */
export class Shortcuts {
  readonly #commands: () => readonly Command[];
  readonly #platform: { mac: boolean };

  constructor(commands: () => readonly Command[], platform: { mac: boolean }) {
    this.#commands = commands;
    this.#platform = platform;
  }

  get commands(): readonly Command[] {
    return this.#commands();
  }

  /** The listener for `keydown` of the window. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
    const field = fieldOf(event.target);
    const press = field ? throughField(field, event) : event;
    if (!press || opensWidget(event)) return;
    const command = this.find(press);
    if (!command || (event.repeat && command.repeats !== true)) {
      if (command) event.preventDefault();
      return;
    }
    event.preventDefault();
    command.run(press);
  }

  find(press: KeyPress): Command | undefined {
    const able = this.#commands().filter((command) => command.when?.() ?? true);
    const search = (byPlace: boolean): Command | undefined =>
      able.find(({ keys }) => keys.some((binding) => matches(binding, press, this.#platform, byPlace)));
    return search(false) ?? (hasLatinLetter(press) ? undefined : search(true));
  }
}

function fieldOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement
    ? target.closest<HTMLElement>('input, textarea, select, [contenteditable]')
    : null;
}

/** What a key press in a field means to the commands; null: it belongs to the field. */
function throughField(field: HTMLElement, event: KeyboardEvent): KeyPress | null {
  const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (!(field instanceof HTMLInputElement) || field.dataset.commands === undefined) return null;
  if (altKey && !ctrlKey && !metaKey) return { key, code, ctrlKey, metaKey, shiftKey, altKey: false };
  return (ctrlKey || metaKey || key === '?') && field.value === '' ? event : null;
}

/** Enter and Space on a focused button or link do what that says; an open dialog keeps its keys. */
function opensWidget({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open], [popover]:popover-open') !== null) return true;
  return (
    (key === 'Enter' || key === ' ') && target.closest('button, a[href], summary, [role=tab], [role=option]') !== null
  );
}
