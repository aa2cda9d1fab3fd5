import { fault } from '../../errors';
import { itemId } from '../../model/item';
import { err, ok, type Result } from '../../result';
import type { DatasetContent, DatasetItem, FileMap, ParseOptions } from '../format';
import { imagePath } from '../image-files';
import type { Survey } from '../survey';

/** Columns that hold the item itself, by kind; a table has those that it needs. */
const COLUMNS = { text: 'text', image: 'image', 'image-url': 'url' } as const;
const KINDS = ['text', 'image', 'image-url'] as const;

export const CONTENT_COLUMNS: readonly string[] = Object.values(COLUMNS);

export type ContentColumns = readonly DatasetContent['kind'][];

export const contentColumns = ({ kinds }: Survey): ContentColumns => KINDS.filter((kind) => kinds.has(kind));

export const contentHeader = (columns: ContentColumns): string[] => columns.map((kind) => COLUMNS[kind]);

/** An image is named by where its file lies in the export, or else where it came from. */
export function contentCells(item: DatasetItem, columns: ContentColumns): string[] {
  const { content } = item;
  return columns.map((kind) => {
    if (kind !== content.kind) return '';
    if (content.kind === 'text') return content.text;
    return content.kind === 'image' ? (imagePath(item) ?? item.sources[0]?.file ?? item.id) : content.url;
  });
}

/** Reads an item's content back; a row without image and URL is a text, which may be empty. */
export async function readContent(
  cell: (column: string) => string | undefined,
  files: FileMap,
  where: string,
  { readImage }: ParseOptions,
): Promise<Result<{ readonly id: string; readonly content: DatasetContent }>> {
  const path = cell(COLUMNS.image) ?? '';
  if (path !== '') {
    const file = files.get(path);
    if (!file) return err(fault('dataset.invalid', where, { reason: `the image ${path} is missing` }));
    const image = await readImage(path, file);
    if (!image.ok) return image;
    const { blob, facts } = image.value;
    return ok({ id: itemId({ kind: 'image', blob }), content: { kind: 'image', blob, file, facts } });
  }
  const url = cell(COLUMNS['image-url']) ?? '';
  if (url !== '') return ok({ id: itemId({ kind: 'image-url', url }), content: { kind: 'image-url', url } });
  const text = cell(COLUMNS.text);
  if (text !== undefined) return ok({ id: itemId({ kind: 'text', text }), content: { kind: 'text', text } });
  return err(fault('dataset.invalid', where, { reason: 'it holds neither a text nor an image' }));
}
