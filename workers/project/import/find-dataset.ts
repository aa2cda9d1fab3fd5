import type { ConcordError } from '#core/errors';
import type { Dataset, FileEntry, FileMap, Format, ParseOptions } from '#core/formats/format';
import { hasImageName } from '#core/formats/image-files';
import { detectFormat } from '#core/formats/registry';
import { ReadFailure } from '#core/read-failure';
import { err, type Result } from '#core/result';
import { blobEntry } from '#io/files/blob-entry';
import { decodeBytes } from '#io/files/text';
import type { GivenFile } from './given';

/** Files that are a data set together. */
export interface FoundDataset {
  readonly format: Format;
  /** By paths within the data set: without the folder or zip that holds all of it. */
  readonly files: FileMap;
  /** The folder or zip that holds all of it; else the first file. Names the data set in errors. */
  readonly root: string;
  readonly images: readonly GivenFile[];
  /** The file behind an entry of `files`. */
  readonly given: (entry: FileEntry) => GivenFile;
}

/**
 * The data set that the files are; null where no format claims them. A folder, or a zip, around everything is looked
 * into where that helps.
 */
export async function findDataset(signal: AbortSignal, given: readonly GivenFile[]): Promise<FoundDataset | null> {
  const entries = new Map(given.map((file) => [givenEntry(signal, file), file]));
  const paths = given.map(({ path }) => path.split('/'));
  for (let depth = 0; depth <= commonFolders(paths); depth++) {
    signal.throwIfAborted();
    const files: FileMap = new Map(Array.from(entries, ([entry, { path }]) => [within(path, depth), entry]));
    const format = await detectFormat(files);
    if (!format || isPlainTree(format, files)) continue;
    const root = given[0]!.path.split('/').slice(0, Math.max(1, depth)).join('/');
    const images = given.filter(({ path }) => hasImageName(path));
    return { format, files, root, images, given: (entry) => entries.get(entry)! };
  }
  return null;
}

/** How the images of a data set are read. */
export interface ImageSource {
  readonly read: (file: GivenFile) => ReturnType<ParseOptions['readImage']>;
  readonly find: NonNullable<ParseOptions['findImage']>;
}

/** Reads what the files say; a file that cannot be read at all is the failure. */
export async function parseDataset(
  { format, files, given }: FoundDataset,
  images: ImageSource,
  onIssue: (issue: ConcordError) => void,
): Promise<Result<Dataset>> {
  try {
    const readImage: ParseOptions['readImage'] = (_, entry) => images.read(given(entry));
    return await format.parse(files, { onIssue, decode: decodeBytes, readImage, findImage: images.find });
  } catch (error) {
    if (error instanceof ReadFailure) return err(error.error);
    throw error;
  }
}

/** Folders of pictures without a list of classes: whether their names are labels is asked of plain files already. */
const isPlainTree = (format: Format, files: FileMap): boolean => format.id === 'imagenet' && !files.has('classes.txt');

const within = (path: string, depth: number): string => path.split('/').slice(depth).join('/');

/** How many folders all paths have in common. */
function commonFolders([first, ...others]: readonly (readonly string[])[]): number {
  if (!first) return 0;
  let depth = 0;
  while (depth < first.length - 1 && others.every((path) => path.length > depth + 1 && path[depth] === first[depth]))
    depth++;
  return depth;
}

/** A file as the formats read it; every reading ends with the signal's reason when it is aborted. */
function givenEntry(signal: AbortSignal, file: GivenFile): FileEntry {
  const open = async (): Promise<FileEntry> => {
    signal.throwIfAborted();
    const blob = await file.blob(signal);
    if (!blob.ok) throw new ReadFailure(blob.error);
    return blobEntry(file.path, blob.value);
  };
  return {
    size: file.size,
    bytes: async () => (await open()).bytes(),
    async *chunks() {
      for await (const chunk of (await open()).chunks()) {
        signal.throwIfAborted();
        yield chunk;
      }
    },
  };
}
