import { fault, type ConcordError } from '../../errors';
import { err, ok, type Result } from '../../result';
import { decodeText } from '../../text/decode';
import type { FileMap, ParseOptions } from '../format';
import { shapeOf, type JsonObject } from './annotation';
import { BoxColumns } from './box-columns';
import { readConcordImage, readConcordInfo, type ConcordImage, type ConcordInfo } from './extras';
import { Ids } from './ids';
import { JsonRecordReader, type JsonRecord } from './json-records';

export interface ImageRecord {
  readonly line: number;
  readonly fileName: string;
  /** Pixels as the file says; null where it does not. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly concord: ConcordImage | null;
}

export interface CategoryRecord {
  readonly line: number;
  readonly id: number | string;
  readonly name: string;
}

/**
 * A COCO file (`instances_*.json`), read record by record, or a list of results. Records that cannot be used are
 * reported as they are met; those that belong to nothing, at the end.
 */
export class CocoDocument {
  readonly path: string;
  /** Images and categories by the order in which their ids were first met, whether in their list or in an annotation. */
  readonly images = new Ids<ImageRecord>();
  readonly categories = new Ids<CategoryRecord>();
  readonly boxes = new BoxColumns();
  #name: string | null = null;
  #concord: ConcordInfo | null = null;
  #hasAnnotations = false;
  /** Images of which some annotation was left out, by place. */
  readonly #incomplete = new Set<number>();
  readonly #annotationRows = new Map<number | string, number>();
  #outlines = 0;
  readonly #onIssue: (issue: ConcordError) => void;

  private constructor(path: string, onIssue: (issue: ConcordError) => void) {
    this.path = path;
    this.#onIssue = onIssue;
  }

  static async read(path: string, files: FileMap, { decode, onIssue }: ParseOptions): Promise<CocoDocument> {
    const document = new CocoDocument(path, onIssue);
    const reader = new JsonRecordReader();
    for await (const piece of decodeText(files.get(path)!.chunks(), decode, { path, onIssue }))
      for (const record of reader.read(piece)) document.#add(record);
    reader.end();
    if (reader.flaw) onIssue(fault('json.invalid', place(path, reader.flaw.line), { reason: reader.flaw.reason }));
    document.#hasAnnotations = reader.lists.has('annotations');
    document.#summarise();
    return document;
  }

  /** What the data set is called; null where the file does not say. */
  get name(): string | null {
    return this.#name;
  }

  /** The fields as Concord exported them; null in files of others. */
  get concord(): ConcordInfo | null {
    return this.#concord;
  }

  /** Whether it has a list of annotations; otherwise it lists images only. */
  get hasAnnotations(): boolean {
    return this.#hasAnnotations;
  }

  /** Whether an annotation of the image was left out, so that no boxes do not mean that there are none. */
  isIncomplete(image: number): boolean {
    return this.#incomplete.has(image);
  }

  /** Takes note of an annotation that was left out. */
  leaveOut(image: number): void {
    this.#incomplete.add(image);
  }

  /** Reports a record of this file by its line, or the whole file. */
  report(code: 'dataset.record' | 'dataset.adjusted', line: number | null, reason: string): void {
    this.#onIssue(fault(code, line === null ? this.path : place(this.path, line), { reason }));
  }

  #add({ key, role, line, text }: JsonRecord): void {
    if (role === 'value' && key !== 'info') {
      if (LISTS.has(key)) this.report('dataset.record', line, `“${key}” is not a list`);
      return;
    }
    if (role === 'member' && key !== '' && !LISTS.has(key)) return;
    const parsed: Result<JsonObject, string> = text === null ? err('it is too long for one record') : parseRecord(text);
    if (!parsed.ok) {
      this.report('dataset.record', line, parsed.error);
      return;
    }
    const record = { json: parsed.value, text: text!, line };
    const added = this.#adders[key]?.(record);
    if (added?.ok === false) this.report('dataset.record', line, added.error);
  }

  readonly #adders: Readonly<Record<string, (record: ParsedRecord) => Result<void, string>>> = {
    info: ({ json }) => {
      this.#name = typeof json['description'] === 'string' ? json['description'] : null;
      this.#concord = readConcordInfo(json['concord']);
      return ok(undefined);
    },
    images: (record) => this.#addImage(record),
    categories: (record) => this.#addCategory(record),
    annotations: (record) => this.#addAnnotation(record),
    '': (record) => this.#addAnnotation(record),
  };

  #addImage(record: ParsedRecord): Result<void, string> {
    const { json, line } = record;
    const id = idOf(record, 'id');
    if (id === null) return err('the image has no id');
    const { file_name: fileName, width, height } = json;
    if (typeof fileName !== 'string' || fileName === '') return err(`image ${id} has no file_name`);
    const isSized = typeof width === 'number' && typeof height === 'number';
    const concord = readConcordImage(json['concord']);
    const image = { line, fileName, size: isSized ? { width, height } : null, concord };
    const first = this.images.define(id, image);
    return first === null ? ok(undefined) : err(`the image id ${id} is that of line ${first.line} too`);
  }

  #addCategory(record: ParsedRecord): Result<void, string> {
    const { json, line } = record;
    const id = idOf(record, 'id');
    if (id === null) return err('the category has no id');
    const name = typeof json['name'] === 'string' ? json['name'] : '';
    const first = this.categories.define(id, { line, id, name: name.trim() === '' ? `category ${id}` : name });
    return first === null ? ok(undefined) : err(`the category id ${id} is that of line ${first.line} too`);
  }

  #addAnnotation(record: ParsedRecord): Result<void, string> {
    const { json, line } = record;
    const imageId = idOf(record, 'image_id');
    if (imageId === null) return err('it has no image_id');
    const image = this.images.placeOf(imageId);
    const categoryId = idOf(record, 'category_id');
    const shape = categoryId === null ? err('it has no category_id') : shapeOf(json);
    const id = idOf(record, 'id');
    if (!shape.ok) {
      this.leaveOut(image);
      // A file may well be a single line.
      return err(`${shape.error} (annotation ${id ?? 'without an id'} of image ${imageId})`);
    }
    const { rect, score, adjusted, hasOutline } = shape.value;
    const row = { image, category: this.categories.placeOf(categoryId!), ...rect, score: score ?? NaN, line };
    const before = id === null ? undefined : this.#annotationRows.get(id);
    if (before !== undefined) {
      const { line: first, ...other } = this.boxes.at(before);
      const isCopy = Object.entries(other).every(([key, value]) => Object.is(row[key as keyof typeof other], value));
      if (isCopy) return err(`the annotation id ${id} is that of line ${first} too, with the same box`);
      this.report(
        'dataset.adjusted',
        line,
        `the annotation id ${id} is that of line ${first} too; both boxes were kept`,
      );
    } else if (id !== null) {
      this.#annotationRows.set(id, this.boxes.length);
    }
    if (adjusted !== null) this.report('dataset.adjusted', line, adjusted);
    if (hasOutline) this.#outlines++;
    this.boxes.push(row);
    return ok(undefined);
  }

  #summarise(): void {
    this.#annotationRows.clear();
    if (this.#outlines === 0) return;
    const what = this.#outlines === 1 ? 'an annotation has an outline' : `${this.#outlines} annotations have outlines`;
    this.report('dataset.adjusted', null, `${what}; only their boxes were read`);
  }
}

/** The lists of a COCO file that are read; licences, for example, are not. */
const LISTS: ReadonlySet<string> = new Set(['images', 'annotations', 'categories']);

interface ParsedRecord {
  readonly json: JsonObject;
  /** The JSON from which it was parsed. */
  readonly text: string;
  readonly line: number;
}

const place = (path: string, line: number): string => `${path}, line ${line}`;

/** Strings (passed over), and what Python writes for numbers that JSON does not have. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gs;

/** A record that must be an object; `NaN` and `Infinity` in it are texts, so that they can be named where they matter. */
function parseRecord(text: string): Result<JsonObject, string> {
  const isStrict = !text.includes('NaN') && !text.includes('Infinity');
  const json = isStrict ? text : text.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"${token}"`));
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value as JsonObject);
    return err('it is not an object');
  } catch (error) {
    return err(`it is not valid JSON (${(error as Error).message})`);
  }
}

/** An id as a number where it is one, written as a text or not; beyond what floats hold exactly, its digits. */
function idOf({ json, text }: ParsedRecord, key: string): number | string | null {
  const id = json[key];
  if (typeof id === 'number') {
    if (Number.isSafeInteger(id) || !Number.isInteger(id)) return id;
    return new RegExp(`"${key}"\\s*:\\s*(-?\\d+)`).exec(text)?.[1] ?? id;
  }
  if (typeof id !== 'string' || id === '') return null;
  return /^\d{1,15}$/.test(id) ? Number(id) : id;
}
