import { isMap, isScalar, type Node } from 'yaml';
import { fault } from '../errors';
import { nearest } from '../text/nearest';
import { described, shown, type ConfigNode, type ConfigReader } from './config-reader';

interface Entry {
  readonly key: ConfigNode;
  readonly value: ConfigNode;
}

interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly step: 'whole' | 'any';
}

/**
 * A map in the config, with the keys that it may have. What a key says is undefined where it is absent, and where it is wrong,
 * which the reader has noted then.
 */
export class Section<Key extends string> {
  readonly #reader: ConfigReader;
  readonly #name: string;
  readonly #node: ConfigNode;
  readonly #entries: ReadonlyMap<string, Entry>;

  /**
   * Reads a map, and notes the keys that it should not have.
   *
   * @param name how a sentence about it begins: `“quality”`, `A class`
   * @returns undefined where the node is no map
   */
  static read<Key extends string>(
    reader: ConfigReader,
    node: ConfigNode,
    name: string,
    keys: readonly Key[],
  ): Section<Key> | undefined {
    const map = reader.resolve(node);
    if (!isMap(map)) {
      const detail = { what: name, expected: `a map (with ${keys.join(', ')})`, found: described(map) };
      reader.fail(node, fault('config.value', reader.place(node), detail));
      return undefined;
    }
    const entries = new Map<string, Entry>();
    for (const { key, value } of map.items as { key: Node; value: ConfigNode }[]) {
      const word = textOf(reader.resolve(key)) ?? described(key);
      if (!(keys as readonly string[]).includes(word)) {
        const detail = { key: shown(word), where: name, nearest: nearest(word, keys), known: keys };
        reader.fail(key, fault('config.unknown-key', reader.place(key), detail));
      } else if (entries.has(word)) {
        reader.fail(key, fault('config.duplicate', reader.place(key), { what: `“${word}”` }));
      } else entries.set(word, { key, value });
    }
    return new Section<Key>(reader, map, name, entries);
  }

  private constructor(reader: ConfigReader, node: ConfigNode, name: string, entries: ReadonlyMap<string, Entry>) {
    this.#reader = reader;
    this.#node = node;
    this.#name = name;
    this.#entries = entries;
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  /** What stands behind a key; null where nothing does. */
  node(key: Key): ConfigNode {
    return this.#entries.get(key)?.value ?? null;
  }

  /** Where errors about a key point: its value, or the key itself where there is none. */
  place(key: Key): string {
    return this.#reader.place(this.#at(key));
  }

  /** Notes that something has to be said here and is not. */
  lacks(what: string): void {
    const error = fault('config.missing', this.#reader.place(this.#node), { what, where: this.#name });
    this.#reader.fail(this.#node, error, this.#node?.range?.[1]);
  }

  /** Notes that two keys exclude each other. */
  conflict(one: Key, other: string): void {
    this.#reader.fail(this.#at(one), fault('config.conflict', this.place(one), { one, other }));
  }

  /** A text of 1 to `max` UTF-16 code units; what YAML takes for a number or a truth value is read as it is written. */
  text(key: Key, max: number): string | undefined {
    return this.#read(key, `a text of at most ${max.toLocaleString('en')} characters`, (node) => {
      const text = textOf(node);
      return text !== undefined && text.length <= max ? text : undefined;
    });
  }

  flag(key: Key): boolean | undefined {
    return this.#read(key, 'true or false', (node) =>
      isScalar(node) && typeof node.value === 'boolean' ? node.value : undefined,
    );
  }

  number(key: Key, { min, max, step }: NumberRange): number | undefined {
    const bounds = max === Infinity ? `of at least ${min}` : `from ${min} to ${max.toLocaleString('en')}`;
    return this.#read(key, `a ${step === 'whole' ? 'whole number' : 'number'} ${bounds}`, (node) => {
      if (!isScalar(node) || typeof node.value !== 'number') return undefined;
      const { value } = node;
      return value >= min && value <= max && (step === 'any' || Number.isSafeInteger(value)) ? value : undefined;
    });
  }

  /** One of the known words, and what is meant by it. */
  word<T>(
    key: Key,
    words: ReadonlyMap<string, T>,
    what: string,
  ): { readonly word: string; readonly means: T } | undefined {
    const known = [...words.keys()];
    const word = this.#read(key, `a ${what}`, textOf);
    if (word === undefined) return undefined;
    if (words.has(word)) return { word, means: words.get(word)! };
    const detail = { word: shown(word), what, nearest: nearest(word, known), known };
    this.#reader.fail(this.#at(key), fault('config.unknown-word', this.place(key), detail));
    return undefined;
  }

  #read<T>(key: Key, expected: string, read: (node: ConfigNode) => T | undefined): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const node = this.#reader.resolve(entry.value);
    const value = read(node);
    if (value === undefined) {
      const path = this.place(key);
      this.#reader.fail(
        this.#at(key),
        fault('config.value', path, { what: `“${key}”`, expected, found: described(node) }),
      );
    }
    return value;
  }

  #at(key: Key): ConfigNode {
    const entry = this.#entries.get(key);
    return entry?.value?.range ? entry.value : (entry?.key ?? this.#node);
  }
}

/** A text, or a number or truth value as it is written; undefined for nothing, and for what is not one value. */
export function textOf(node: ConfigNode): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  return text.trim() === '' ? undefined : text;
}
