import { pageFault } from '#core/page-errors';
import { err, ok, type Result } from '#core/result';
import { COMMAND_IDS, COMMANDS, isCommandId, overlap, type CommandId } from './command-list';
import {
  bindingOf,
  called,
  isBinding,
  matches,
  sameKeys,
  type Binding,
  type KeyPress,
  type Platform,
} from './key-press';

/**
 * The keys that a person changed on this device: all keys of a command, in place of its own; none (`[]`) where another
 * command took them. What is not here has the keys of `./command-list`.
 */
export type KeyChanges = Readonly<Partial<Record<CommandId, readonly Binding[]>>>;

export type KeyMap = ReadonlyMap<CommandId, readonly Binding[]>;

/**
 * The keys of every command as they work here.
 *
 * A key that a class of the project has is the class's, whatever was changed: classes have the same keys on the devices of
 * all who work on the project, and are pressed a thousand times as often as any command. A command whose changed key gives
 * way has the one that it came with, which no class can have (`RESERVED_KEYS`). So these stay reserved also where
 * they were changed: on the other devices they still are commands.
 *
 * @param classKeys lower-case characters
 */
export function keysHere(changes: KeyChanges, classKeys: ReadonlySet<string> = new Set()): KeyMap {
  const changed = COMMAND_IDS.filter((id) => changes[id] !== undefined);
  if (changed.length === 0) return ORIGINAL;
  const taken = new Map<CommandId, readonly Binding[]>();
  // What nobody changed is no conflict among itself, so only the changed ones are compared.
  const free = (id: CommandId, keys: readonly Binding[]) =>
    keys.filter((key) => ![...taken].some(([other, held]) => contend(id, other) && has(held, key)));
  const isOfClass = (id: CommandId, key: Binding) =>
    overlap(COMMANDS[id].where, 'label') && classKeys.has(key.toLowerCase());

  for (const id of changed) {
    const wanted = changes[id]!;
    const keys = wanted.filter((key) => !isOfClass(id, key));
    if (keys.length > 0 || wanted.length === 0) taken.set(id, free(id, keys));
  }
  return new Map(COMMAND_IDS.map((id) => [id, taken.get(id) ?? free(id, COMMANDS[id].keys)]));
}

const ORIGINAL: KeyMap = new Map(COMMAND_IDS.map((id) => [id, COMMANDS[id].keys]));

const has = (keys: readonly Binding[], key: Binding): boolean => keys.some((one) => sameKeys(one, key));

/** Whether two commands cannot have the same key. Some that stay share theirs already, and tell them apart by the focus. */
const contend = (a: CommandId, b: CommandId): boolean =>
  a !== b && !(COMMANDS[a].fixed && COMMANDS[b].fixed) && overlap(COMMANDS[a].where, COMMANDS[b].where);

/** What a key press would be for a command. */
export interface Wish {
  readonly key: Binding;
  /** The commands that have the key now, where this one can be called. */
  readonly holders: readonly CommandId[];
}

/**
 * Reads a key press as the new key of a command; null while only Shift and the like are held.
 *
 * @returns `keys.reserved` for what it cannot have, with the reason
 */
export function wishOf(id: CommandId, press: KeyPress, changes: KeyChanges, platform: Platform): Result<Wish> | null {
  // What it came with it can always have back.
  const own = called([COMMANDS[id]], press, platform)?.keys.find((key) => answers(key, press, platform));
  const read = own === undefined ? bindingOf(press, platform) : ok(own);
  if (!read?.ok) return read;
  const key = read.value;
  const map = keysHere(changes);
  const holders = COMMAND_IDS.filter(
    (other) =>
      contend(id, other) && map.get(other)!.some((held) => sameKeys(held, key) || answers(held, press, platform)),
  );
  const fixed = holders.find((holder) => COMMANDS[holder].fixed);
  return fixed === undefined
    ? ok({ key, holders })
    : err(pageFault('keys.reserved', '', { reason: `it is needed for “${COMMANDS[fixed].label}”` }));
}

/** The layout decides whether `Shift+7` is a digit or a sign, so what is held is compared by the press itself. */
const answers = (key: Binding, press: KeyPress, platform: Platform): boolean =>
  matches(key, press, platform, 'printed') || (!/^[a-z]$/i.test(press.key) && matches(key, press, platform, 'place'));

/**
 * Gives a key to a command, in place of those that it has. Who had the key gets the command's former one in exchange, if
 * nobody else has that where it can be called, and else goes without.
 */
export function assign(changes: KeyChanges, id: CommandId, { key, holders }: Wish): KeyChanges {
  const before = keysHere(changes);
  const [former] = before.get(id)!;
  let next: KeyChanges = { ...changes, [id]: [key] };
  for (const holder of holders) {
    const rest = before.get(holder)!.filter((held) => !sameKeys(held, key));
    const isFree =
      former !== undefined &&
      mayHave(holder, former) &&
      ![...keysHere({ ...next, [holder]: rest })].some(([other, keys]) => contend(holder, other) && has(keys, former));
    next = { ...next, [holder]: isFree && rest.length === 0 ? [former] : rest };
  }
  return tidy(next);
}

/** Gives a command the keys that it came with, and so does it for those that have taken them. */
export function reset(changes: KeyChanges, id: CommandId): KeyChanges {
  const { [id]: _, ...others } = changes;
  const rest: KeyChanges = others;
  const takers = COMMAND_IDS.filter(
    (other) => contend(id, other) && (rest[other] ?? []).some((key) => has(COMMANDS[id].keys, key)),
  );
  return takers.reduce<KeyChanges>(reset, rest);
}

/** Without those that changed nothing. */
function tidy(changes: KeyChanges): KeyChanges {
  return Object.fromEntries(
    Object.entries(changes).filter(([id, keys]) => {
      const own = isCommandId(id) ? COMMANDS[id].keys : [];
      return keys.length !== own.length || keys.some((key, at) => !sameKeys(key, own[at]!));
    }),
  );
}

const VERSION = 1;
const MOST_KEYS = 4;

export const writeChanges = (changes: KeyChanges): string => JSON.stringify({ version: VERSION, keys: changes });

/** What was stored, as far as it can be read: a command that is no more, or a key that is none, is left out. */
export function readChanges(stored: string | null): KeyChanges {
  try {
    const { version, keys } = JSON.parse(stored ?? '{}') as { version?: unknown; keys?: unknown };
    if (version !== VERSION || typeof keys !== 'object' || keys === null) return {};
    return Object.fromEntries(Object.entries(keys).filter(([id, list]) => isChangeable(id) && areKeysOf(id, list)));
  } catch {
    return {};
  }
}

/** What it came with, and what no browser and no writer needs. */
const mayHave = (id: CommandId, key: Binding): boolean => has(COMMANDS[id].keys, key) || isBinding(key);

const isChangeable = (id: string): id is CommandId => isCommandId(id) && COMMANDS[id].fixed !== true;

const areKeysOf = (id: CommandId, list: unknown): boolean =>
  Array.isArray(list) &&
  list.length <= MOST_KEYS &&
  list.every((key: unknown) => typeof key === 'string' && mayHave(id, key));
