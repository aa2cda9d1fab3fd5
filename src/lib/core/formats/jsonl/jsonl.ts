import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { fault } from '../../errors';
import { itemId } from '../../model/item';
import { err, ok, type Result } from '../../result';
import { decodeText } from '../../text/decode';
import { readLines } from '../../text/lines';
import type { Dataset, DatasetContent, DatasetItem, FileMap, Format, ParseOptions } from '../format';
import { imageFiles, imagePath } from '../image-files';
import { firstBytes } from '../first-bytes';
import { encodeChunks } from '../text-chunks';
import { headerShape, itemShape, type Header, type ItemLine } from './shape';

const HEADER = 'schema.json';
const ITEMS = 'items.jsonl';

/** Concord's own format: everything that an export holds, readable in any language. */
export const jsonl: Format = {
  id: 'jsonl',
  name: 'JSON Lines',
  description:
    'Everything, for Concord itself and for scripts: the schema, and one line per item with every annotation.',
  fields: ['choice'],
  content: ['text', 'image', 'image-url'],
  needsImages: false,
  options: () => [],
  losses: () => [],

  async detect(files) {
    const header = files.get(HEADER);
    if (!header || !files.has(ITEMS)) return false;
    return strFromU8(await firstBytes(header, 256), true).includes('"concord-jsonl"');
  },

  async parse(files, options) {
    const header = await readHeader(files, options);
    return header.ok ? ok(new JsonlDataset(header.value, files, options)) : header;
  },

  async *serialize(dataset) {
    const header = { format: 'concord-jsonl', version: 1, name: dataset.name, schema: dataset.schema };
    yield { path: HEADER, chunks: encodeChunks([`${JSON.stringify(header, null, 2)}\n`]) };
    yield { path: ITEMS, chunks: encodeChunks(itemLines(dataset)) };
    yield* imageFiles(dataset);
  },
};

async function* itemLines(dataset: Dataset): AsyncGenerator<string> {
  for await (const item of dataset.items()) yield `${JSON.stringify(toLine(item))}\n`;
}

function toLine(item: DatasetItem) {
  const { id, content, sources, status, label, annotations, predictions, split } = item;
  const data = content.kind === 'image' ? { ...content, file: imagePath(item) } : content;
  return { id, ...data, sources, status, label, annotations, predictions, split };
}

async function readHeader(files: FileMap, { decode, onIssue }: ParseOptions): Promise<Result<Header>> {
  const invalid = (reason: string) => err(fault('dataset.invalid', HEADER, { reason }));
  const file = files.get(HEADER);
  if (!file || !files.has(ITEMS)) return invalid(`${HEADER} or ${ITEMS} is missing`);
  let text = '';
  for await (const piece of decodeText(file.chunks(), decode, { path: HEADER, onIssue })) text += piece;
  const json = parseObject(text);
  if (!json.ok) return invalid(json.error);
  const checked = v.safeParse(headerShape, json.value);
  return checked.success ? ok(checked.output) : invalid(wording(checked.issues));
}

class JsonlDataset implements Dataset {
  readonly name: string;
  readonly schema: Dataset['schema'];
  readonly #files: FileMap;
  readonly #options: ParseOptions;
  #isReported = false;

  constructor(header: Header, files: FileMap, options: ParseOptions) {
    this.name = header.name;
    this.schema = header.schema;
    this.#files = files;
    this.#options = options;
  }

  async *items(): AsyncGenerator<DatasetItem> {
    const onIssue = this.#isReported ? () => undefined : this.#options.onIssue;
    this.#isReported = true;
    const file = this.#files.get(ITEMS)!;
    for await (const lines of readLines(decodeText(file.chunks(), this.#options.decode, { path: ITEMS, onIssue }))) {
      for (const { line, text } of lines) {
        if (text.trim() === '') continue;
        const item = this.#parseLine(text);
        if (item.ok) yield item.value;
        else onIssue(fault('dataset.invalid', `${ITEMS}, line ${line}`, { reason: item.error }));
      }
    }
  }

  #parseLine(text: string): Result<DatasetItem, string> {
    const json = parseObject(text);
    if (!json.ok) return json;
    const checked = v.safeParse(itemShape, json.value);
    if (!checked.success) return err(wording(checked.issues));
    const { id, sources, status, label, annotations, predictions, split } = checked.output;
    const content = this.#contentOf(checked.output);
    if (!content.ok) return content;
    if (id !== itemId(dataOf(content.value))) return err('its id does not belong to its content');
    return ok({ id, content: content.value, sources, status, label, annotations, predictions, split });
  }

  #contentOf(line: ItemLine): Result<DatasetContent, string> {
    switch (line.kind) {
      case 'text':
        return line.text.isWellFormed()
          ? ok({ kind: 'text', text: line.text })
          : err('its text holds half of a character');
      case 'image-url':
        return ok({ kind: 'image-url', url: line.url });
      case 'image': {
        const file = line.file === null ? null : this.#files.get(line.file);
        if (file === undefined) return err(`its image ${line.file ?? ''} is missing`);
        return ok({ kind: 'image', blob: line.blob, file, facts: line.facts });
      }
    }
  }
}

const dataOf = (content: DatasetContent) =>
  content.kind === 'image' ? { kind: content.kind, blob: content.blob } : content;

function parseObject(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return err((error as Error).message);
  }
}

/** The first of what is wrong, with where it is: `annotations.0.time: …`. */
function wording([issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}
