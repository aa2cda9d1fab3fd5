import type { Values } from '../model/annotation';
import type { AuthorId } from '../model/ids';
import type { Role, Settings, Status } from '../model/project';
import type { Schema } from '../model/schema';

/**
 * What everybody says now of the items of a project, and what else its figures are made of, by numbers: plain data that goes to
 * another thread without being copied. Items are numbered by their places in the project's order, authors in the order of their
 * ids, so that every device with the same logs has the same columns. Values go by their rows in the pool of values.
 */
export interface LabelColumns {
  readonly items: number;
  /** The annotations of item `i` are those from `start[i]` to before `start[i + 1]`, by author. */
  readonly start: Uint32Array;
  /** Annotation -> author. */
  readonly author: Uint32Array;
  readonly values: Uint32Array;
  /** Annotation -> milliseconds since the epoch, by its author's clock. */
  readonly time: Float64Array;
  /** Annotation -> milliseconds that it took; 0 where nobody looked. */
  readonly leadMs: Uint32Array;
  /** Item -> what a person decided; 0 for nothing. */
  readonly resolution: Uint32Array;
  /** Author -> items that they skip. */
  readonly skipped: Uint32Array;
  readonly again: AskedAgain;
}

/** Answers to items that their authors had answered before and were asked again without seeing their former answer. */
export interface AskedAgain {
  readonly author: Uint32Array;
  readonly before: Uint32Array;
  readonly after: Uint32Array;
}

/** Whoever annotated or skipped anything. */
export interface LabelAuthor {
  readonly author: AuthorId;
  readonly name: string;
  readonly role: Role | 'none';
  readonly isPaused: boolean;
}

/** All that the figures of a project are made of, but the pool of values. */
export interface QualitySource {
  readonly schema: Schema;
  readonly settings: Settings;
  readonly byStatus: Readonly<Record<Status, number>>;
  readonly columns: LabelColumns;
  readonly authors: readonly LabelAuthor[];
  /** Item -> its known answer, as far as this device may read them. */
  readonly gold: ReadonlyMap<number, Values>;
  /** Item -> UTF-16 code units of its text, 0 where they are not known; empty where none was read. */
  readonly textLengths: Uint32Array;
}
