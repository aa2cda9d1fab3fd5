import { strFromU8 } from 'fflate';
import type { Dataset, DatasetItem, FileMap, Format } from '../format';
import { imageFiles, imagePath } from '../image-files';
import { firstBytes } from '../first-bytes';
import { encodeChunks } from '../text-chunks';
import { HEADER, ITEMS, openOwn } from './own-dataset';
import { areSpanLines, openSpanLines } from './span-lines';

/** Concord's own format: everything that an export holds, readable in any language. Reads others' texts with spans too. */
export const jsonl: Format = {
  id: 'jsonl',
  name: 'JSON Lines',
  description:
    'Everything, for Concord itself and for scripts: the schema, and one line per item with every annotation.',
  fields: ['choice', 'box', 'span'],
  content: ['text', 'image', 'image-url'],
  needsImages: false,
  options: () => [],
  losses: () => [],

  detect: async (files) => (await isOwn(files)) || (await areSpanLines(files)),

  // Where one of our two files is missing, that is worth more than what else the other could be.
  parse: (files, options) => (files.has(HEADER) || files.has(ITEMS) ? openOwn : openSpanLines)(files, options),

  async *serialize(dataset) {
    const header = { format: 'concord-jsonl', version: 1, name: dataset.name, schema: dataset.schema };
    yield { path: HEADER, chunks: encodeChunks([`${JSON.stringify(header, null, 2)}\n`]) };
    yield { path: ITEMS, chunks: encodeChunks(itemLines(dataset)) };
    yield* imageFiles(dataset);
  },
};

async function isOwn(files: FileMap): Promise<boolean> {
  const header = files.get(HEADER);
  if (!header || !files.has(ITEMS)) return false;
  return strFromU8(await firstBytes(header, 256), true).includes('"concord-jsonl"');
}

async function* itemLines(dataset: Dataset): AsyncGenerator<string> {
  for await (const item of dataset.items()) yield `${JSON.stringify(toLine(item))}\n`;
}

function toLine(item: DatasetItem) {
  const { id, content, sources, status, label, annotations, predictions, split } = item;
  const data = content.kind === 'image' ? { ...content, file: imagePath(item) } : content;
  return { id, ...data, sources, status, label, annotations, predictions, split };
}
