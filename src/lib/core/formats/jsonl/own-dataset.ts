import * as v from 'valibot';
import { fault, type ConcordError } from '../../errors';
import type { FieldId } from '../../model/ids';
import { itemId } from '../../model/item';
import { err, ok, type Result } from '../../result';
import { decodeText } from '../../text/decode';
import { readLines } from '../../text/lines';
import type { Dataset, DatasetContent, DatasetItem, FileMap, ParseOptions } from '../format';
import { contentExtent, fittingValues } from '../fitting-values';
import { headerShape, itemShape, type Header, type ItemLine } from './shape';

export const HEADER = 'schema.json';
export const ITEMS = 'items.jsonl';

/** Opens what `jsonl.serialize` wrote. */
export async function openOwn(files: FileMap, options: ParseOptions): Promise<Result<Dataset>> {
  const header = await readHeader(files, options);
  return header.ok ? ok(new OwnDataset(header.value, files, options)) : header;
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

class OwnDataset implements Dataset {
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
        const path = `${ITEMS}, line ${line}`;
        const item = this.#parseLine(text, path, onIssue);
        if (item.ok) yield item.value;
        else onIssue(fault('dataset.invalid', path, { reason: item.error }));
      }
    }
  }

  #parseLine(text: string, path: string, onIssue: (issue: ConcordError) => void): Result<DatasetItem, string> {
    const json = parseObject(text);
    if (!json.ok) return json;
    const checked = v.safeParse(itemShape, json.value);
    if (!checked.success) return err(wording(checked.issues));
    const { id, sources, status, label, annotations, predictions, split } = checked.output;
    const content = this.#contentOf(checked.output);
    if (!content.ok) return content;
    if (id !== itemId(dataOf(content.value))) return err('its id does not belong to its content');
    const extent = contentExtent(content.value);
    const fitting = (values: Readonly<Record<FieldId, unknown>>, role: string) =>
      fittingValues(values, this.schema, extent, { path: `${path}, ${role}`, onIssue });
    return ok({
      id,
      content: content.value,
      sources,
      status,
      label: label && fitting(label, 'label'),
      annotations: annotations.flatMap((annotation, at) => {
        const values = fitting(annotation.values, `annotation ${at + 1}`);
        return values ? [{ ...annotation, values }] : [];
      }),
      predictions: predictions.flatMap((prediction, at) => {
        const values = fitting(prediction.values, `prediction ${at + 1}`);
        return values ? [{ ...prediction, values }] : [];
      }),
      split,
    });
  }

  #contentOf(line: ItemLine): Result<DatasetContent, string> {
    switch (line.kind) {
      case 'text': {
        const { text, context } = line;
        const texts = [text, ...(context ?? []).flatMap((turn) => [turn.speaker, turn.text])];
        if (!texts.every((one) => one.isWellFormed())) return err('its text holds half of a character');
        return ok({ kind: 'text', text, ...(context && { context }) });
      }
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
