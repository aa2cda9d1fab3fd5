import { pageFault } from '#core/page-errors';
import { err, ok, type Result } from '#core/result';

/** The part of a KeyboardEvent that is read. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** `mac`: Cmd does what Ctrl does elsewhere. */
export interface Platform {
  readonly mac: boolean;
}

/**
 * Keys as people read them: `J`, `Enter`, `?`, `Mod+Z`, `Shift+Mod+Z`. `Mod` is Cmd on a Mac and Ctrl elsewhere; what is
 * held stands in the order Shift, Mod, Alt.
 */
export type Binding = string;

const isSymbol = (key: string): boolean => [...key].length === 1 && !/[\p{L}\p{N}]/u.test(key);
const isLatin = (key: string): boolean => /^[a-z]$/i.test(key);

/** The key of a binding, without what is held. */
const keyOf = (binding: Binding): string => (binding.endsWith('+') ? '+' : binding.split('+').at(-1)!);

/** Whether two bindings are the same keys, however they are written. */
export const sameKeys = (a: Binding, b: Binding): boolean => normal(a) === normal(b);

function normal(binding: Binding): string {
  const key = keyOf(binding);
  const held = binding.slice(0, binding.length - key.length).split('+');
  const mods = ['Shift', 'Mod', 'Alt'].filter((mod) => held.includes(mod) && !(mod === 'Shift' && isSymbol(key)));
  return [...mods, key.toLowerCase()].join('+');
}

/**
 * Whether a key press is what the binding names. A letter or digit that the layout does not give (`J` on a Greek
 * keyboard, `1` on a French one) is also found by its place on the keyboard, if `how` says so.
 */
export function matches(binding: Binding, press: KeyPress, platform: Platform, how: 'printed' | 'place'): boolean {
  const key = keyOf(binding);
  const held = new Set(binding.slice(0, binding.length - key.length).split('+'));
  const mod = platform.mac ? press.metaKey : press.ctrlKey;
  const other = platform.mac ? press.ctrlKey : press.metaKey;
  if (mod !== held.has('Mod') || other || press.altKey !== held.has('Alt')) return false;
  // Which symbols need Shift depends on the layout.
  if (press.shiftKey !== held.has('Shift') && !isSymbol(key)) return false;
  if (how === 'place') return press.code === (/^\d$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`);
  return press.key.toLowerCase() === key.toLowerCase();
}

/**
 * The first of the candidates that a press calls: by what is printed on the key, and by its place only where the layout
 * gives no Latin letter. On a Dvorak keyboard, what is printed counts.
 */
export function called<T extends { readonly keys: readonly Binding[] }>(
  candidates: readonly T[],
  press: KeyPress,
  platform: Platform,
): T | undefined {
  const search = (how: 'printed' | 'place'): T | undefined =>
    candidates.find(({ keys }) => keys.some((binding) => matches(binding, press, platform, how)));
  return search('printed') ?? (isLatin(press.key) ? undefined : search('place'));
}

const ALONE = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Fn', 'NumLock']);

/** Keys without a character that a command may have; of the F keys, those that no browser uses. */
const NAMED = new Set([
  ...['Enter', 'Delete', 'Backspace', 'Insert', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  ...['F2', 'F4', 'F8', 'F9'],
]);

/** With Ctrl or Cmd, the browser's own: most never reach a page, and the others nobody should lose. */
const BROWSERS = new Set([
  ...Array.from('tnwqrlfpjuhmo0123456789', (key) => `Mod+${key}`),
  ...Array.from('tnwqrijcbpm', (key) => `Shift+Mod+${key}`),
  ...['Mod++', 'Mod+-', 'Mod+=', 'Mod+,', 'Mod+PageUp', 'Mod+PageDown', 'Shift+Mod+Delete'],
]);
const EDITING = new Set(['Mod+a', 'Mod+c', 'Mod+v', 'Mod+x', 'Mod+Backspace', 'Mod+Delete']);

/**
 * The binding that a key press would be for a command; null while only Shift and the like are held.
 *
 * @returns `keys.reserved` for what no command may have, with the reason
 */
export function bindingOf(press: KeyPress, platform: Platform): Result<Binding> | null {
  if (ALONE.has(press.key)) return null;
  const key = nameOf(press);
  const shift = press.shiftKey && !(key !== null && isSymbol(key) && key !== ' ');
  const mod = platform.mac ? press.metaKey : press.ctrlKey;
  const binding = `${shift ? 'Shift+' : ''}${mod ? 'Mod+' : ''}${key ?? press.key}`;
  const refused = (reason: string) => err(pageFault('keys.reserved', '', { reason }));

  if (press.key === 'Escape') return refused('it leaves what is open, everywhere');
  if (press.key === 'Tab') return refused('it moves the focus, which people without a mouse need');
  if (key === null) return refused(/^F\d+$/.test(press.key) ? BROWSER_KEEPS : 'it gives no sign by itself');
  if (press.altKey) return refused('with Alt, letters are commands while classes are searched');
  if (platform.mac ? press.ctrlKey : press.metaKey) return refused('the system keeps it for itself');
  const plain = `${shift ? 'Shift+' : ''}${mod ? 'Mod+' : ''}${[...key].length === 1 ? key.toLowerCase() : key}`;
  if (BROWSERS.has(plain)) return refused(BROWSER_KEEPS);
  if (EDITING.has(plain)) return refused('it edits what is written');
  return ok(binding);
}

/** Whether the keys are such as {@link bindingOf} gives, for what was stored. */
export function isBinding(binding: string): boolean {
  const key = keyOf(binding);
  const held = binding.slice(0, binding.length - key.length).split('+');
  const [ctrlKey, altKey, shiftKey] = [held.includes('Mod'), held.includes('Alt'), held.includes('Shift')];
  const read = bindingOf({ key, code: '', ctrlKey, altKey, shiftKey, metaKey: false }, { mac: false });
  return read?.ok === true && sameKeys(read.value, binding);
}

const BROWSER_KEEPS = 'the browser keeps it for itself';

/** As a binding names the key; null: it has no name. Letters of other scripts go by the Latin one in their place. */
function nameOf({ key, code }: KeyPress): string | null {
  if (NAMED.has(key)) return key;
  if ([...key].length !== 1) return null;
  const placed = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  // A shifted digit is the digit, whatever it prints: `Shift+1` holds on every layout, `!` does not.
  if (placed !== undefined && /\d/.test(placed) && !/[\p{L}\p{N}/?]/u.test(key)) return placed;
  if (/[\p{L}\p{N}]/u.test(key))
    return isLatin(key) || /^\d$/.test(key) ? key.toUpperCase() : (placed ?? key.toUpperCase());
  return key;
}
