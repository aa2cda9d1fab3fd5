import type { Values } from '../model/annotation';
import type { AuthorId, Hash, ItemId } from '../model/ids';
import type { ImageFacts, Source, Turn } from '../model/item';
import type { Status } from '../model/project';
import type { Field, Schema } from '../model/schema';
import type { ConcordError } from '../errors';
import type { Result } from '../result';
import type { Decoder } from '../text/decode';

/**
 * A lazily read file; nothing is loaded before one of the methods is called. Both fail with a
 * `ReadFailure` where the file cannot be read.
 */
export interface FileEntry {
  /** Bytes. */
  readonly size: number;
  bytes(): Promise<Uint8Array>;
  /** The same bytes in pieces, for files that need not fit into memory. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Path with `/` -> file. */
export type FileMap = ReadonlyMap<string, FileEntry>;

/** An annotation as it leaves or enters the project. */
export interface DatasetAnnotation {
  readonly author: AuthorId;
  readonly authorName: string;
  readonly values: Values;
  readonly note: string;
  /** Milliseconds since the epoch, by the author's clock. */
  readonly time: number;
  readonly leadMs: number;
  readonly origin: string;
}

export type DatasetContent =
  | { readonly kind: 'text'; readonly text: string; readonly context?: readonly Turn[] }
  /** `file` null: the image itself is not at hand; `blob` still says which one it is. */
  | { readonly kind: 'image'; readonly blob: Hash; readonly file: FileEntry | null; readonly facts: ImageFacts }
  | { readonly kind: 'image-url'; readonly url: string };

export interface DatasetItem {
  readonly id: ItemId;
  readonly content: DatasetContent;
  readonly sources: readonly Source[];
  readonly status: Status;
  /** What the item counts as: a resolution, else the consensus of its annotations, else null. */
  readonly label: Values | null;
  readonly annotations: readonly DatasetAnnotation[];
  readonly predictions: readonly {
    readonly model: string;
    readonly values: Values;
    readonly confidence: number | null;
  }[];
  /** Part that the item falls into: 'train' | 'val'; null when the export is not split. */
  readonly split: 'train' | 'val' | null;
}

export interface Dataset {
  readonly name: string;
  readonly schema: Schema;
  /**
   * Streams the items in project order; may be iterated more than once. Of a parsed data set, bad records are left out,
   * and reported the first time.
   */
  items(): AsyncIterable<DatasetItem>;
}

/** One output file; its chunks stream. */
export interface OutputFile {
  readonly path: string;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** True for files that are compressed already, such as photographs. */
  readonly stored?: boolean;
}

/** Something that a format cannot carry, in words for the export dialog. */
export interface Loss {
  readonly what: string;
  readonly why: string;
}

export interface ParseOptions {
  /** Called for each row or file that was refused; the rest goes on. */
  readonly onIssue: (issue: ConcordError) => void;
  readonly decode: Decoder;
  /**
   * Reads an image's facts and hash, and refuses what cannot be decoded: core decodes no images itself. Called by
   * formats whose files do not state these.
   */
  readonly readImage: (
    path: string,
    file: FileEntry,
  ) => Promise<Result<{ readonly facts: ImageFacts; readonly blob: Hash }>>;
  /**
   * Finds an image that a record names but the files do not hold, as in annotations of images that a project has already;
   * null where it is not known either. Without it such records have no image.
   */
  readonly findImage?: (path: string) => Promise<{ readonly facts: ImageFacts; readonly blob: Hash } | null>;
}

/** An option that a format offers in the export dialog. */
export interface FormatOption {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly default: string;
}

/** Values by option; what is absent or unknown counts as the option's default. */
export type FormatOptions = Readonly<Record<string, string>>;

/** One exchange format. One file or folder per format, one line in `registry.ts`. All of it is pure. */
export interface Format {
  /** As on the command line: `jsonl`. */
  readonly id: string;
  readonly name: string;
  /** One sentence: who reads it. */
  readonly description: string;
  /** Field kinds and item kinds that it carries. */
  readonly fields: readonly Field['kind'][];
  readonly content: readonly DatasetContent['kind'][];
  /** Whether an export without image files says nothing in this format. */
  readonly needsImages: boolean;
  /** What can be chosen for an export of this schema. */
  options(schema: Schema): readonly FormatOption[];
  /** What this schema, exported with these options, loses. */
  losses(schema: Schema, options: FormatOptions): readonly Loss[];
  /** Whether these files are in this format; looks at names and the first bytes only. */
  detect(files: FileMap): Promise<boolean>;
  parse(files: FileMap, options: ParseOptions): Promise<Result<Dataset>>;
  /**
   * Yields files in a stable order: equal datasets give equal bytes. Their chunks must be read in that order; images
   * are packed where the dataset has their files.
   */
  serialize(dataset: Dataset, options: FormatOptions): AsyncGenerator<OutputFile>;
}
