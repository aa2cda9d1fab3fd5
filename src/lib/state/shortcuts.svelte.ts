import type { ClassId, FieldId } from '#core/model/ids';
import type { Field } from '#core/model/schema';
import { COMMANDS, isCommandId, type CommandId, type CommandWords } from './command-list';
import { keysHere, type KeyChanges } from './key-map';
import { called, type KeyPress, type Platform } from './key-press';

/** Something that can be done on the screen. Buttons, keys, the palette and the help all come from the same list. */
export interface Command extends Omit<CommandWords, 'where'> {
  /** One of `./command-list`, or, of a class, its field's and its own. */
  readonly id: string;
  /** Set where the key is a class's: it goes before what was changed on this device. */
  readonly class?: { readonly field: FieldId; readonly class: ClassId };
  /** @param press by which it was called; absent when a button or the palette did */
  run(press?: KeyPress): void;
  /** Whether it can be done now; always, when absent. */
  when?(): boolean;
  /** Whether a key that is held down does it again and again. Default: only once. */
  readonly repeats?: boolean;
}

/** What a screen adds to a command's words. */
export type Action = Pick<Command, 'run' | 'when' | 'repeats'>;

/** A command with what it does. */
export const command = (id: CommandId, action: Action): Command & { readonly id: CommandId } => ({
  id,
  ...COMMANDS[id],
  ...action,
});

/** What a screen can do while it is open. */
export interface Offer {
  readonly commands: () => readonly Command[];
  /** Answers the item on the screen with a class; absent where there is none, false for a field that it is not asked. */
  readonly answer?: (field: Field, id: ClassId) => boolean;
}

/**
 * What can be done now, by which keys: screens offer their commands while they are open, and a key press finds and runs
 * one.
 *
 * Fields in which people type keep their keys, but for those with Ctrl or Cmd of what is offered everywhere. A field with
 * `data-commands` (the search among many classes, where the hands are while labeling) lets commands through with Alt, and
 * while it is empty those with Ctrl or Cmd, and the help.
 */
export class Shortcuts {
  readonly #platform: Platform;
  readonly #changed: { readonly keys: KeyChanges };
  #offers = $state.raw<readonly Offer[]>([]);
  /** The same: while a screen is taken down, state still reads as it was before the next screen stood. */
  #standing: readonly Offer[] = [];
  readonly #offered = $derived(this.#offers.flatMap((offer) => offer.commands()));
  /** As one text, so that another item with the same classes changes nothing. */
  readonly #classKeys = $derived(
    this.#offered.flatMap((known) => (known.class ? known.keys.map((key) => key.toLowerCase()) : [])).join(' '),
  );
  readonly #keys = $derived.by(() => keysHere(this.#changed.keys, new Set(this.#classKeys.split(' '))));
  readonly #commands = $derived(
    this.#offered.map((known) => (isCommandId(known.id) ? this.#withKeys(known, known.id) : known)),
  );

  /** @param changed what the person changed on this device */
  constructor(platform: Platform, changed: { readonly keys: KeyChanges }) {
    this.#platform = platform;
    this.#changed = changed;
  }

  get platform(): Platform {
    return this.#platform;
  }

  /** What can be called on the screens that are open, with the keys that it has here. */
  get commands(): readonly Command[] {
    return this.#commands;
  }

  /** Answers the item on the screen with a class; whether there was one that is asked the field. */
  answer(field: Field, id: ClassId): boolean {
    return this.#offers.some((offer) => offer.answer?.(field, id) ?? false);
  }

  /** The key that is shown for a command; '' for none. */
  keyOf(id: CommandId): string {
    return this.#keys.get(id)?.[0] ?? '';
  }

  /** Does what a command does on the screen that is open, if it can be done now. */
  run(id: CommandId): void {
    this.#commands.find((known) => known.id === id && (known.when?.() ?? true))?.run();
  }

  /** Adds what a screen can do; the function that is returned takes it away. */
  offer(offer: Offer): () => void {
    this.#offers = this.#standing = [...this.#standing, offer];
    return () => {
      this.#offers = this.#standing = this.#standing.filter((other) => other !== offer);
    };
  }

  /** The listener for `keydown` of the window. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
    const field = fieldOf(event.target);
    const press = field ? throughField(field, event) : event;
    const found = press && !opensWidget(event) ? this.find(press) : this.#findAnywhere(event);
    if (!found) return;
    event.preventDefault();
    if (event.repeat && found.repeats !== true) return;
    found.run(press ?? event);
  }

  find(press: KeyPress): Command | undefined {
    return called(
      this.#commands.filter((known) => known.when?.() ?? true),
      press,
      this.#platform,
    );
  }

  /** What works also while somebody types, and with a menu open: only with Ctrl or Cmd, and never over a dialog. */
  #findAnywhere(event: KeyboardEvent): Command | undefined {
    if (!(event.ctrlKey || event.metaKey) || isInDialog(event.target)) return undefined;
    const found = this.find(event);
    return found && isCommandId(found.id) && COMMANDS[found.id].where === 'everywhere' ? found : undefined;
  }

  #withKeys(known: Command, id: CommandId): Command {
    const keys = this.#keys.get(id) ?? known.keys;
    if (known.fixed || (keys.length === known.keys.length && keys.every((key, at) => key === known.keys[at])))
      return known;
    const { listedAs: _, ...rest } = known;
    return { ...rest, keys };
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

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('dialog[open]') !== null;

/** Enter and Space on a focused button or link do what that says; an open dialog keeps its keys. */
function opensWidget({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open], [popover]:popover-open') !== null) return true;
  return (
    (key === 'Enter' || key === ' ') && target.closest('button, a[href], summary, [role=tab], [role=option]') !== null
  );
}
