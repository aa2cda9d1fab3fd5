import * as v from 'valibot';
import { fault } from '../../errors';
import { itemId } from '../../model/item';
import type { Turn } from '../../model/item';
import { err, ok, type Result } from '../../result';
import type { DatasetContent, DatasetItem, FileMap, ParseOptions } from '../format';
import { imagePath } from '../image-files';
import { contextShape } from '../jsonl/shape';
import type { Survey } from '../survey';

/**
 * Columns that hold the item itself: the text, the turns of a dialogue before it (JSON), the path of an image within the
 * export, the address of one elsewhere. A table has those that it needs.
 */
export const CONTENT_COLUMNS = ['text', 'context', 'image', 'url'] as const;

export type ContentColumn = (typeof CONTENT_COLUMNS)[number];

/** Whether a column's name is one of {@link CONTENT_COLUMNS}. */
export const isContentColumn = (name: string): boolean => CONTENT_COLUMNS.some((column) => column === name);

export function contentColumns({ kinds, hasContext }: Survey): ContentColumn[] {
  const needed: Readonly<Record<ContentColumn, boolean>> = {
    text: kinds.has('text'),
    context: hasContext,
    image: kinds.has('image'),
    url: kinds.has('image-url'),
  };
  return CONTENT_COLUMNS.filter((column) => needed[column]);
}

/** The item as cells of these columns. */
export function contentCells(item: DatasetItem, columns: readonly ContentColumn[]): string[] {
  const cells = cellsOf(item);
  return columns.map((column) => cells[column] ?? '');
}

function cellsOf(item: DatasetItem): Partial<Record<ContentColumn, string>> {
  const { content } = item;
  switch (content.kind) {
    case 'text':
      return { text: content.text, ...(content.context && { context: JSON.stringify(content.context) }) };
    case 'image':
      // By where its file lies in the export, or else by where it came from.
      return { image: imagePath(item) ?? item.sources[0]?.file ?? item.id };
    case 'image-url':
      return { url: content.url };
  }
}

/** Reads an item's content back; a row without image and URL is a text, which may be empty. */
export async function readContent(
  cell: (column: ContentColumn) => string | undefined,
  files: FileMap,
  where: string,
  { readImage }: ParseOptions,
): Promise<Result<{ readonly id: string; readonly content: DatasetContent }>> {
  const invalid = (reason: string) => err(fault('dataset.invalid', where, { reason }));
  const path = cell('image') ?? '';
  if (path !== '') {
    const file = files.get(path);
    if (!file) return invalid(`the image ${path} is missing`);
    const image = await readImage(path, file);
    if (!image.ok) return image;
    const { blob, facts } = image.value;
    return ok({ id: itemId({ kind: 'image', blob }), content: { kind: 'image', blob, file, facts } });
  }
  const url = cell('url') ?? '';
  if (url !== '') return ok({ id: itemId({ kind: 'image-url', url }), content: { kind: 'image-url', url } });
  const text = cell('text');
  if (text === undefined) return invalid('it holds neither a text nor an image');
  const turns = cell('context') ?? '';
  const context = turns === '' ? [] : readContext(turns);
  if (context === null) return invalid('its context is no list of turns');
  const content = { kind: 'text' as const, text, ...(context.length > 0 && { context }) };
  return ok({ id: itemId(content), content });
}

/** The turns in a cell; null where it holds something else. */
function readContext(cell: string): readonly Turn[] | null {
  try {
    const read = v.safeParse(contextShape, JSON.parse(cell));
    return read.success && read.output.every(({ speaker, text }) => speaker.isWellFormed() && text.isWellFormed())
      ? read.output
      : null;
  } catch {
    return null;
  }
}
