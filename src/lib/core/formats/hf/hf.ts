import type { Schema } from '../../model/schema';
import type { Dataset, DatasetItem, Format, FormatOption, FormatOptions, Loss, OutputFile } from '../format';
import { imageFile } from '../image-files';
import { chosen } from '../options';
import { encodeChunks } from '../text-chunks';
import { card } from './card';
import { fileName, type Column } from './columns';
import { contentsOf, kindOfItem, partOfItem, type Contents, type Part } from './contents';
import { areHubFiles } from './hub-files';
import { jsonObject } from './features';
import { parquetChunks } from './parquet-writer';
import { openHub } from './parse';

/** Rows of one file of texts. */
const SHARD_ROWS = 100_000;

const METADATA: FormatOption = {
  id: 'metadata',
  label: 'Labels of images',
  help: 'JSON Lines can be read by eye. Parquet brings the numbers and names of classes along by itself.',
  choices: [
    { value: 'jsonl', label: 'metadata.jsonl' },
    { value: 'parquet', label: 'metadata.parquet' },
  ],
  default: 'jsonl',
};

/**
 * Data sets as the Hugging Face Hub and `datasets` have them: images in folders by part, each with a file of metadata
 * (imagefolder); texts in Parquet; and a card. A set of both is two data sets in folders of their own, because `datasets`
 * takes one loader for all configurations of a set.
 */
export const hf: Format = {
  id: 'hf',
  name: 'Hugging Face',
  description:
    'For datasets.load_dataset and the Hub: an image folder with metadata, or Parquet of texts, with a card.',
  fields: ['choice', 'box', 'span'],
  content: ['text', 'image'],
  needsImages: true,
  options: (schema) => (schema.fields.every(({ kind }) => kind === 'span') ? [] : [METADATA]),
  losses,
  detect: areHubFiles,
  parse: openHub,

  async *serialize(dataset, options) {
    const all = await contentsOf(dataset);
    if (all.length > 1) yield { path: 'README.md', chunks: encodeChunks([overview(dataset)]) };
    for (const contents of all) {
      const folder = all.length > 1 ? `${contents.kind}/` : '';
      yield* contents.kind === 'texts'
        ? textFiles(dataset, contents, folder)
        : imageFiles(dataset, contents, folder, chosen(METADATA, options) === 'parquet' || !contents.isPlainInJson);
    }
  },
};

const overview = ({ name }: Dataset): string =>
  `# ${name.replace(/\s+/g, ' ').trim()}\n\nTwo data sets: \`images\` and \`texts\`. Load each from its folder.\n`;

/** The items of one part, in order. */
async function* part(dataset: Dataset, { kind }: Contents, name: Part): AsyncGenerator<DatasetItem> {
  for await (const item of dataset.items()) if (kindOfItem(item) === kind && partOfItem(item) === name) yield item;
}

function* textFiles(dataset: Dataset, contents: Contents, folder: string): Generator<OutputFile> {
  const readme = card(dataset, contents, (name) => `data/${name}-*.parquet`);
  yield { path: `${folder}README.md`, chunks: encodeChunks([readme]) };
  for (const [name, size] of contents.sizes) {
    const shards = Math.max(1, Math.ceil(size / SHARD_ROWS));
    const items = part(dataset, contents, name);
    for (let shard = 0; shard < shards; shard++) {
      const path = `${folder}data/${name}-${numbered(shard)}-of-${numbered(shards)}.parquet`;
      yield { path, chunks: parquetChunks(contents.columns, take(items, SHARD_ROWS)), stored: true };
    }
  }
}

const numbered = (n: number): string => String(n).padStart(5, '0');

/** The next items of an iterator, which stays open for those after them. */
async function* take(items: AsyncGenerator<DatasetItem>, count: number): AsyncGenerator<DatasetItem> {
  for (let taken = 0; taken < count; taken++) {
    const next = await items.next();
    if (next.done === true) return;
    yield next.value;
  }
}

async function* imageFiles(
  dataset: Dataset,
  contents: Contents,
  folder: string,
  isParquet: boolean,
): AsyncGenerator<OutputFile> {
  yield { path: `${folder}README.md`, chunks: encodeChunks([card(dataset, contents, (name) => `${name}/**`)]) };
  for (const [name] of contents.sizes) {
    const items = part(dataset, contents, name);
    yield isParquet
      ? { path: `${folder}${name}/metadata.parquet`, chunks: parquetChunks(contents.columns, items), stored: true }
      : { path: `${folder}${name}/metadata.jsonl`, chunks: encodeChunks(jsonLines(contents.columns, items)) };
    for await (const item of part(dataset, contents, name)) {
      const file = item.content.kind === 'image' && imageFile(`${folder}${name}/${fileName(item)!}`, item.content);
      if (file) yield file;
    }
  }
}

async function* jsonLines(columns: readonly Column[], items: AsyncIterable<DatasetItem>): AsyncGenerator<string> {
  const features = columns.map(({ name, feature }) => [name, feature] as const);
  for await (const item of items) {
    const row = Object.fromEntries(columns.map(({ name, value }) => [name, value(item)]));
    yield `${jsonObject(features, row)}\n`;
  }
}

function losses(schema: Schema, _options: FormatOptions): Loss[] {
  const has = (kind: string) => schema.fields.some((field) => field.kind === kind);
  const why = 'Columns hold the label that counts.';
  return [
    { what: 'Image URLs, and images that are not on this device', why: 'An image folder holds image files.' },
    { what: 'Who labelled what, when, notes, predictions, status', why },
    { what: 'Metadata and further sources', why: 'A row names the first file that the item was found in.' },
    {
      what: 'Colours, keys, descriptions, guidelines, rules of fields, and ids',
      why: 'Features are names of columns and classes.',
    },
    { what: 'Items in neither part, where others are', why: 'They count as items for training.' },
    ...(schema.fields.some((field) => field.kind === 'choice' && !field.multiple)
      ? [{ what: 'Deliberately empty answers to a choice of one class', why: 'They read as no answer.' }]
      : []),
    ...(has('box')
      ? [{ what: 'The name of the only field of boxes', why: 'Its column is called objects, as trainers expect.' }]
      : []),
    ...(has('span') ? [{ what: 'The name of the only field of spans', why: 'Its column is called entities.' }] : []),
    ...(schema.fields.some((field) => field.kind === 'box' && field.rotatable)
      ? [{ what: 'Rotation of boxes, for most trainers', why: 'It is in a list of its own, which only Concord reads.' }]
      : []),
  ];
}
