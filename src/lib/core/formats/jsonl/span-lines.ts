import { strFromU8 } from 'fflate';
import { fault, type ConcordError } from '../../errors';
import { itemId } from '../../model/item';
import type { Schema } from '../../model/schema';
import { err, ok, type Result } from '../../result';
import { parseJson } from '../../table/json-value';
import { decodeText } from '../../text/decode';
import { readLines } from '../../text/lines';
import { firstBytes } from '../first-bytes';
import { contentExtent, fittingValues } from '../fitting-values';
import type { Dataset, DatasetItem, FileMap, ParseOptions } from '../format';
import { InferredSchema, type Inferred } from '../inferred-schema';
import { holdsSpans, readSpanRecord, textOf, type RawRecord, type SpanRecord } from './span-record';

/**
 * Texts with spans as other programs write them, a record per line:
 *
 * - `{"text": …, "spans": [{"start": 0, "end": 5, "label": "PER"}]}` (prodigy)
 * - `{"text": …, "entities": [{"start_offset": 0, "end_offset": 5, "label": "PER"}]}` (doccano), `[0, 5, "PER"]` too
 * - `{"data": …, "label": [[0, 5, "PER"]]}` (older doccano)
 *
 * `label` may be the class of the whole text instead. Lines without any of these are texts without an answer.
 */
const isLines = (path: string): boolean => /\.(?:jsonl|ndjson)$/i.test(path);

/** Bytes of each file in which a record with spans must be, and whole. */
const HEAD_BYTES = 2 ** 20;
const HEAD_LINES = 100;

/** Whether the first records hold spans: texts and labels without any are a table, whose columns a person maps. */
export async function areSpanLines(files: FileMap): Promise<boolean> {
  if (files.size === 0 || ![...files.keys()].every(isLines)) return false;
  for (const file of files.values()) {
    const head = strFromU8(await firstBytes(file, HEAD_BYTES));
    const lines = head.split('\n').slice(0, HEAD_LINES);
    const records = lines.map(recordIn).filter((record) => record !== null);
    if (records.some((record) => textOf(record) !== null && holdsSpans(record))) return true;
  }
  return false;
}

/** Goes through the files once for the classes; the items are read when they are asked for. */
export async function openSpanLines(files: FileMap, options: ParseOptions): Promise<Result<Dataset>> {
  const paths = [...files.keys()].filter(isLines);
  const [first] = paths;
  if (first === undefined) return err(fault('dataset.invalid', '', { reason: 'it needs a file of JSON Lines' }));
  const schema = new InferredSchema();
  for await (const { record } of records(files, paths, { ...options, onIssue: () => undefined }))
    schema.add(record.named);
  const name =
    paths.length === 1
      ? first
          .split('/')
          .at(-1)!
          .replace(/\.[^.]+$/, '')
      : 'texts';
  return ok(new SpanLines(name, schema.finish(), files, paths, options));
}

class SpanLines implements Dataset {
  readonly name: string;
  readonly schema: Schema;
  readonly #inferred: Inferred;
  readonly #files: FileMap;
  readonly #paths: readonly string[];
  readonly #options: ParseOptions;
  #isReported = false;

  constructor(name: string, inferred: Inferred, files: FileMap, paths: readonly string[], options: ParseOptions) {
    this.name = name;
    this.schema = inferred.schema;
    this.#inferred = inferred;
    this.#files = files;
    this.#paths = paths;
    this.#options = options;
  }

  async *items(): AsyncGenerator<DatasetItem> {
    const onIssue = this.#isReported ? () => undefined : this.#options.onIssue;
    this.#isReported = true;
    const options = { ...this.#options, onIssue };
    for await (const { record, path, line } of records(this.#files, this.#paths, options)) {
      const { text, named, meta } = record;
      const content = { kind: 'text' as const, text };
      const where = `${path}, line ${line}`;
      const stated = this.#inferred.valuesOf(named);
      const values = fittingValues(stated, this.schema, contentExtent(content), { path: where, onIssue });
      const label = named.size > 0 ? values : null;
      yield {
        id: itemId(content),
        content,
        sources: [{ file: path, row: line, ...(Object.keys(meta).length > 0 && { meta }) }],
        status: label ? 'completed' : 'pending',
        label,
        annotations: [],
        predictions: [],
        split: null,
      };
    }
  }
}

interface Located {
  readonly record: SpanRecord;
  readonly path: string;
  /** One-based. */
  readonly line: number;
}

/** The records of all files; what is none, and what is wrong within one, is reported. */
async function* records(
  files: FileMap,
  paths: readonly string[],
  { decode, onIssue }: ParseOptions,
): AsyncGenerator<Located> {
  for (const path of paths) {
    for await (const lines of readLines(decodeText(files.get(path)!.chunks(), decode, { path, onIssue }))) {
      for (const { line, text } of lines) {
        if (text.trim() === '') continue;
        const record = readLine(text, `${path}, line ${line}`, onIssue);
        if (record) yield { record, path, line };
      }
    }
  }
}

function readLine(line: string, where: string, onIssue: (issue: ConcordError) => void): SpanRecord | null {
  const parsed = parseJson(line);
  if (!parsed.ok) {
    onIssue(fault('json.invalid', where, { reason: parsed.error }));
    return null;
  }
  const record = asRecord(parsed.value);
  const found = record && textOf(record);
  if (found === null) {
    onIssue(fault('dataset.invalid', where, { reason: 'it has no text' }));
    return null;
  }
  if (found.text.trim() === '') {
    onIssue(fault('import.empty', where));
    return null;
  }
  // Half of a character is replaced by one of the same length, so that places stay what they are.
  const text = found.text.toWellFormed();
  if (text !== found.text) onIssue(fault('text.surrogate', where, { column: found.key }));
  return readSpanRecord(record!, { key: found.key, text }, (place, reason) => {
    onIssue(fault('dataset.invalid', `${where}, ${place}`, { reason }));
  });
}

function recordIn(line: string): RawRecord | null {
  const parsed = parseJson(line);
  return parsed.ok ? asRecord(parsed.value) : null;
}

const asRecord = (value: unknown): RawRecord | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawRecord) : null;
