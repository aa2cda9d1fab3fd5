import type { ConcordError } from '#core/errors';
import type { CommandId } from './command-list';
import { assign, keysHere, reset, wishOf, type KeyChanges, type Wish } from './key-map';
import { sameKeys, type Binding, type KeyPress, type Platform } from './key-press';

/** A key that other commands have: the person decides. */
export interface Contest extends Wish {
  /** The commands that have it, with what they would have then; '' for none. */
  readonly losers: readonly { readonly id: CommandId; readonly gets: Binding }[];
}

/**
 * Changing the keys of commands, one at a time: `listen` for one, then `press`; where others have the key, `confirm` or
 * `cancel`.
 */
export class KeyChanger {
  readonly #kept: { keys: KeyChanges };
  readonly #platform: Platform;
  #id = $state<CommandId | null>(null);
  #contest = $state.raw<Contest | null>(null);
  #refused = $state.raw<ConcordError | null>(null);

  /** @param kept where the changes are kept; they are set as a whole */
  constructor(kept: { keys: KeyChanges }, platform: Platform) {
    this.#kept = kept;
    this.#platform = platform;
  }

  /** The command that is being changed. */
  get id() {
    return this.#id;
  }
  /** Whether the next key press is taken as the new key. */
  get isListening(): boolean {
    return this.#id !== null && this.#contest === null;
  }
  get contest() {
    return this.#contest;
  }
  /** Why the last key that was pressed cannot be had. */
  get refused() {
    return this.#refused;
  }
  get isChanged(): boolean {
    return Object.keys(this.#kept.keys).length > 0;
  }

  isChangedOf(id: CommandId): boolean {
    return this.#kept.keys[id] !== undefined;
  }

  keysOf(id: CommandId): readonly Binding[] {
    return keysHere(this.#kept.keys).get(id) ?? [];
  }

  listen(id: CommandId): void {
    this.#id = id;
    this.#contest = null;
    this.#refused = null;
  }

  cancel(): void {
    this.#id = null;
    this.#contest = null;
    this.#refused = null;
  }

  /** Takes a key press; Escape leaves everything as it was. */
  press(press: KeyPress): void {
    const id = this.#id;
    if (id === null || !this.isListening) return;
    if (press.key === 'Escape') {
      this.cancel();
      return;
    }
    const read = wishOf(id, press, this.#kept.keys, this.#platform);
    if (!read) return;
    this.#refused = read.ok ? null : read.error;
    if (!read.ok) return;
    const wish = read.value;
    if (wish.holders.length === 0) this.#set(id, wish);
    else this.#contest = { ...wish, losers: this.#losers(id, wish) };
  }

  /** Takes the key from those that have it. */
  confirm(): void {
    if (this.#id !== null && this.#contest) this.#set(this.#id, this.#contest);
  }

  reset(id: CommandId): void {
    this.cancel();
    this.#kept.keys = reset(this.#kept.keys, id);
  }

  resetAll(): void {
    this.cancel();
    this.#kept.keys = {};
  }

  #set(id: CommandId, wish: Wish): void {
    this.cancel();
    const [key, ...others] = this.keysOf(id);
    // The key that it has already.
    if (key !== undefined && others.length === 0 && sameKeys(key, wish.key)) return;
    this.#kept.keys = assign(this.#kept.keys, id, wish);
  }

  #losers(id: CommandId, wish: Wish): Contest['losers'] {
    const then = keysHere(assign(this.#kept.keys, id, wish));
    return wish.holders.map((holder) => ({ id: holder, gets: then.get(holder)?.[0] ?? '' }));
  }
}
