import type { Values } from '#core/model/annotation';
import type { Extent } from '#core/fields/kind';
import type { Schema } from '#core/model/schema';
import type { ItemRecord } from '#core/model/item';
import type { StoredBlob } from '#io/storage/project-store';

/**
 * An item as a reader found it, on its way into the project.
 *
 * @typeParam Said what the source says of it, in the source's own terms
 */
export interface FoundItem<Said> {
  /** `file`: content that was read; `project`: an item that the project has, and the source only names. */
  readonly from: 'file' | 'project';
  readonly record: ItemRecord;
  readonly said: Said;
  /** The file that the record names, for stored images that are to be added. */
  readonly blob: StoredBlob | null;
  /** Names the source in errors: `train.csv, row 12`. */
  readonly path: string;
}

/** What is written down of an item's labels. */
export interface Answer {
  /** This author's own; null where there is none. */
  readonly annotation: { readonly values: Values; readonly note: string } | null;
  readonly proposals: readonly Proposal[];
}

export interface Proposal {
  /** Who proposes: the name of a model, or `import`. */
  readonly model: string;
  readonly values: Values;
  readonly confidence: number | null;
}

/** The name under which labels of unknown making are published as proposals. */
export const IMPORTED = 'import';

/** Reads what a source says as answers under the project's schema. */
export interface AnswerReader<Said> {
  /** Version of the schema that the answers are made under. */
  readonly version: number;
  /** Classes that were added to the schema. */
  readonly addedClasses: number;
  /** Whether anything is said at all. */
  isSaid(said: Said): boolean;
  /** How many values it makes, for the size of a batch. */
  weight(said: Said): number;
  /** In words, to compare duplicates and to name what contradicts. */
  words(said: Said): readonly string[];
  /** Gets ready for these; the schema with what they need and it lacks, null where nothing is missing. */
  prepare(said: Iterable<Said>): Schema | null;
  /** After {@link prepare}; what does not fit is an issue at `path`. */
  read(said: Said, of: { readonly extent: Extent; readonly path: string }): Answer;
}
