import { isAlias, isMap, isScalar, isSeq, type Document, type Node } from 'yaml';
import { fault, type ConcordError } from '../errors';
import type { YamlText } from '../text/yaml';

/** A value in the config; null where a key stands without one. */
export type ConfigNode = Node | null;

/** Aliases that are followed: each takes the library a walk through the document. */
const MAX_ALIASES = 100;
/** Characters of a value that an error repeats. */
const MAX_SHOWN = 60;

/**
 * Gives the values of one config with their places, and collects what is wrong with them. What cannot be read counts as
 * absent, so that reading goes on; the error that comes first in the file is the one that is told.
 */
export class ConfigReader {
  readonly warnings: ConcordError[] = [];
  readonly #file: string;
  readonly #text: YamlText;
  readonly #document: Document.Parsed;
  #first: { readonly offset: number; readonly error: ConcordError } | null = null;
  #aliases = 0;

  constructor(file: string, text: YamlText, document: Document.Parsed) {
    this.#file = file;
    this.#text = text;
    this.#document = document;
  }

  /** What is wrong; null where nothing is. */
  get error(): ConcordError | null {
    return this.#first?.error ?? null;
  }

  /** Where a value stands, for errors: `concord.yaml, line 3, column 7`. */
  place(node: ConfigNode): string {
    const { line, column } = this.#text.place(startOf(node));
    return `${this.#file}, line ${line}, column ${column}`;
  }

  /**
   * Notes what is wrong with a value.
   *
   * @param offset where in the file it is wrong: where the value starts, unless something is missing at its end
   */
  fail(node: ConfigNode, error: ConcordError, offset = startOf(node)): void {
    if (this.#first === null || offset < this.#first.offset) this.#first = { offset, error };
  }

  /** The value that is meant where the node is an alias. */
  resolve(node: ConfigNode): ConfigNode {
    if (!isAlias(node)) return node;
    const invalid = (reason: string) => {
      this.fail(node, fault('config.invalid', this.place(node), { reason }));
      return null;
    };
    if (++this.#aliases > MAX_ALIASES) return invalid(`it repeats more than ${MAX_ALIASES} values by alias`);
    return node.resolve(this.#document) ?? invalid(`nothing is anchored as “${shown(node.source)}”`);
  }
}

/** What stands there, in words for an error: `“two”`, `2.5`, `a list`. */
export function described(node: ConfigNode): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null || node.value === '') return 'nothing';
  return typeof node.value === 'string' ? `“${shown(node.value)}”` : shown(node.source ?? '');
}

/** A text as an error repeats it. */
export const shown = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** UTF-16 code units from the start of the file. */
const startOf = (node: ConfigNode): number => node?.range?.[0] ?? 0;
