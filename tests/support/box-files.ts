import { fault, type ConcordError } from '#core/errors';
import type { DatasetItem, FileEntry, Format, ParseOptions } from '#core/formats/format';
import { hashOf } from '#core/model/hash';
import { itemId } from '#core/model/item';
import type { Box, BoxValue, Values } from '#core/model/annotation';
import type { BoxField, Schema } from '#core/model/schema';
import { err, ok } from '#core/result';
import { decodeBytes } from '#io/files/text';
import { entryOf, utf8 } from './datasets';

/** What stands for an image of that size: its readers here look at its text only. */
export const picture = (width: number, height: number, mark = ''): Uint8Array => utf8(`${width}x${height} ${mark}`);

const readPicture: ParseOptions['readImage'] = async (path, file) => {
  const bytes = await file.bytes();
  const size = /^(\d+)x(\d+) /.exec(new TextDecoder().decode(bytes));
  if (!size) return err(fault('image.unreadable', path, { reason: 'no picture' }));
  const facts = { width: Number(size[1]), height: Number(size[2]), type: 'image/png', size: bytes.length };
  return ok({ blob: hashOf(bytes), facts });
};

export interface ReadFiles {
  readonly name: string;
  readonly schema: Schema;
  readonly items: readonly DatasetItem[];
  readonly issues: readonly ConcordError[];
  /** Issues as `path: message`. */
  readonly said: readonly string[];
}

/** Reads files as a format; texts stand for their bytes. Throws where they are no data set at all. */
export async function readFiles(
  format: Format,
  files: Readonly<Record<string, string | Uint8Array | FileEntry>>,
  options: Partial<ParseOptions> = {},
): Promise<ReadFiles> {
  const issues: ConcordError[] = [];
  const map = new Map(
    Object.entries(files).map(([path, content]) => {
      if (typeof content === 'string') return [path, entryOf(utf8(content))];
      return [path, content instanceof Uint8Array ? entryOf(content) : content];
    }),
  );
  const onIssue = (issue: ConcordError) => issues.push(issue);
  const result = await format.parse(map, { decode: decodeBytes, readImage: readPicture, onIssue, ...options });
  if (!result.ok) throw new Error(result.error.message);
  const items: DatasetItem[] = [];
  for await (const item of result.value.items()) items.push(item);
  const said = issues.map(({ path, message }) => `${path}: ${message}`);
  return { name: result.value.name, schema: result.value.schema, items, issues, said };
}

/** A box with the name of its class, as tests write it down. */
export type PlainBox = readonly [
  className: string,
  x: number,
  y: number,
  width: number,
  height: number,
  rotation?: number,
];

/** The boxes of all fields by the names of their classes; null where there are no values. */
export function plainBoxes(values: Values | null, { fields }: Schema): PlainBox[] | null {
  if (values === null) return null;
  return fields
    .filter((field) => field.kind === 'box')
    .flatMap((field) =>
      ((values[field.id] ?? []) as BoxValue).map((box): PlainBox => {
        const name = field.classes.find(({ id }) => id === box.class)!.name;
        const { x, y, width, height, rotation } = box;
        return rotation === 0 ? [name, x, y, width, height] : [name, x, y, width, height, rotation];
      }),
    );
}

export const boxField = (id: string, name: string, rotatable: boolean, ...classes: string[]): BoxField => ({
  ...{ id, kind: 'box', name, required: false, rotatable, retired: [], remap: {} },
  classes: classes.map((label) => ({ id: label, name: label, color: '#0072b2', key: '', description: '' })),
});

export const box = (id: string, classId: string, ...[x, y, width, height, rotation = 0]: number[]): Box =>
  ({ id, class: classId, x, y, width, height, rotation }) as Box;

/** An item that is an image with boxes. */
export function pictureItem(
  file: string,
  bytes: Uint8Array,
  size: { readonly width: number; readonly height: number },
  rest: Partial<DatasetItem> = {},
): DatasetItem {
  const blob = hashOf(bytes);
  return {
    id: itemId({ kind: 'image', blob }),
    content: {
      kind: 'image',
      ...{ blob, file: entryOf(bytes), facts: { ...size, type: 'image/png', size: bytes.length } },
    },
    sources: [{ file }],
    status: 'pending',
    label: null,
    annotations: [],
    predictions: [],
    split: null,
    ...rest,
  };
}
