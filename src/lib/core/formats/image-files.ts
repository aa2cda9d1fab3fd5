import type { Dataset, DatasetContent, DatasetItem, OutputFile } from './format';

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/avif', 'avif'],
  ['image/heic', 'heic'],
  ['image/bmp', 'bmp'],
  ['image/x-icon', 'ico'],
  ['image/svg+xml', 'svg'],
  ['image/tiff', 'tif'],
  ['image/jxl', 'jxl'],
]);

/** Other spellings of these endings. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['jpeg', 'jpg'],
  ['jpe', 'jpg'],
  ['jfif', 'jpg'],
  ['apng', 'png'],
  ['heif', 'heic'],
  ['tiff', 'tif'],
]);

/** Types that deflate makes smaller; the others are compressed already. */
const DEFLATABLE: ReadonlySet<string> = new Set(['image/bmp', 'image/x-icon', 'image/svg+xml', 'image/tiff']);

type ImageContent = Extract<DatasetContent, { kind: 'image' }>;

/** Without the dot; `bin` for a type that has none. */
export const imageExtension = (type: string): string => EXTENSIONS.get(type) ?? 'bin';

const canonical = (extension: string): string => SYNONYMS.get(extension.toLowerCase()) ?? extension.toLowerCase();

/** Whether an ending, in any spelling, is that of the type. */
export const sameExtension = (extension: string, type: string): boolean =>
  canonical(extension) === EXTENSIONS.get(type);

/** Every ending that images have, in lower case, without the dot. */
export const IMAGE_ENDINGS: readonly string[] = [...EXTENSIONS.values(), ...SYNONYMS.keys()];

const KNOWN: ReadonlySet<string> = new Set(EXTENSIONS.values());

/** Whether a file is an image by the ending of its name. */
export const hasImageName = (path: string): boolean => KNOWN.has(canonical(/\.([^./]+)$/.exec(path)?.[1] ?? ''));

/** Where an item's image lies in an export; null where there is none to pack. */
export function imagePath({ id, content }: DatasetItem): string | null {
  return content.kind === 'image' && content.file !== null
    ? `images/${id}.${imageExtension(content.facts.type)}`
    : null;
}

/** An image as an output file; null where it is not at hand. */
export function imageFile(path: string, { file, facts }: ImageContent): OutputFile | null {
  return file && { path, chunks: file.chunks(), stored: !DEFLATABLE.has(facts.type) };
}

/** All images of a data set, each once. */
export async function* imageFiles(dataset: Dataset): AsyncGenerator<OutputFile> {
  for await (const item of dataset.items()) {
    const path = imagePath(item);
    const file = path !== null && item.content.kind === 'image' ? imageFile(path, item.content) : null;
    if (file) yield file;
  }
}
