import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readAnnotations, schemaIn } from '#core/agreement/read-annotations';
import { readRatings, type ReadRatings, type ReadRatingsOptions } from '#core/agreement/read-ratings';
import { fault, type ConcordError } from '#core/errors';
import { HEADER, ITEMS } from '#core/formats/jsonl/own-dataset';
import type { Schema } from '#core/model/schema';
import { EXTENSION } from '#core/project-file/extension';
import { err, ok, type Result } from '#core/result';
import { openTable } from '#core/table/open';
import { RecordReader } from '#core/table/records';
import { readLines } from '#core/text/lines';
import { peek } from '#core/text/peek';
import { readText, readWholeText } from '#io/files/text';
import type { Arguments, Option } from './command';
import { openInput } from './input-file';

/** What every command takes that reads ratings. */
export const RATINGS_OPTIONS: readonly Option[] = [
  { name: 'order', value: 'A,B,C', help: 'the categories, from the lowest to the highest' },
  { name: 'field', value: 'NAME', help: 'the question, where IN answers several' },
];

export const RATINGS_NOTES: readonly string[] = [
  'IN is a table (CSV, TSV, JSON) with the columns item, annotator and label, one row',
  'for each label, or what Concord exports as JSON Lines: items.jsonl or its folder.',
  'An empty label is a missing one. Categories that are all numbers have the order of',
  'these; write those with commas within quotes: --order \'"no, never",yes\'.',
];

/** Characters in which an item's annotations must begin to tell Concord's lines from another table's. */
const SAMPLE = 2 ** 20;

/** Reads IN, the command's operand, with the options above. */
export async function readRatingsFile(signal: AbortSignal, given: Arguments): Promise<Result<ReadRatings>> {
  const [operand] = given.operands as readonly [string];
  const order = orderIn(given.value('order'));
  if (!order.ok) return order;
  if (operand.endsWith(EXTENSION)) return err(fault('ratings.project-file', operand));
  const isFolder = (await stat(operand)).isDirectory();
  const path = isFolder ? join(operand, ITEMS) : operand;
  const file = await openInput(path);
  if (!file.ok) return file;

  const issues: ConcordError[] = [];
  const watched = { path, onIssue: (issue: ConcordError) => issues.push(issue) };
  const options = { path, order: order.value, field: given.value('field') };
  const { head, pieces } = await peek(readText(signal, file.value, watched), SAMPLE);
  const read = isOwn(path, head)
    ? await readAnnotations(readLines(pieces), await schemaBeside(signal, path), options)
    : await tableRatings(pieces, options, watched.onIssue);
  // Half of a file would give a figure, and a wrong one.
  const broken = issues.find(({ code }) => code === 'file.unreadable');
  if (broken) return err(broken);
  return read.ok ? ok({ ...read.value, warnings: [...issues, ...read.value.warnings] }) : read;
}

/** The categories in `--order`, a record of a CSV file. */
function orderIn(text: string | null): Result<readonly string[] | null> {
  if (text === null) return ok(null);
  const reader = new RecordReader({ delimiter: ',', quotes: true, lineEnd: '\n' });
  const records = [...reader.read(text), ...reader.end()];
  const order = records[0]?.cells.map((cell) => cell.trim()) ?? [];
  const isFit = records.length === 1 && order.length > 0 && order.every((name) => name !== '');
  if (!isFit || new Set(order).size < order.length) {
    return err(
      fault('usage.value', '', {
        option: '--order',
        expected: 'every category once, with commas between',
        found: text,
      }),
    );
  }
  return ok(order);
}

const isOwn = (path: string, head: string): boolean =>
  /\.(?:jsonl|ndjson)$/i.test(path) && /^\s*\{/.test(head) && /"annotations"\s*:\s*\[/.test(head);

/** The schema that was exported with the items; null where it is not beside them. */
async function schemaBeside(signal: AbortSignal, path: string): Promise<Schema | null> {
  const beside = join(dirname(path), HEADER);
  const exists = await stat(beside).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!exists) return null;
  const file = await openInput(beside);
  if (!file.ok) return null;
  return schemaIn(await readWholeText(signal, file.value, { path: beside, onIssue: () => undefined }));
}

async function tableRatings(
  text: AsyncIterable<string>,
  options: ReadRatingsOptions,
  onIssue: (issue: ConcordError) => void,
): Promise<Result<ReadRatings>> {
  const table = await openTable(text, { path: options.path, onIssue });
  return table.ok ? readRatings(table.value, options) : table;
}
