import type { FieldValue } from '../model/annotation';
import type { ClassId } from '../model/ids';
import type { Field } from '../model/schema';
import type { Result } from '../result';

/** What positions in a value refer to. */
export type Extent =
  /** Pixels of the upright image; 0 x 0 where they are not known. */
  | { readonly kind: 'image'; readonly width: number; readonly height: number }
  | { readonly kind: 'text'; readonly text: string };

/** What core needs to know of a kind of field. One file or folder per kind, one line in `registry.ts`. */
export interface FieldKind<F extends Field, V extends FieldValue> {
  readonly kind: F['kind'];
  /** The kinds of items that can be asked this. */
  readonly content: readonly Extent['kind'][];
  /** Whether it has the shape of this kind's values, whatever field and item it belongs to. */
  is(value: unknown): value is V;
  /** What an answer without a value stands for, such as "no boxes"; null where one has to be given. */
  blank(field: F): V | null;
  /**
   * Checks anything that came from outside and gives the canonical value.
   *
   * @param extent of the item; null checks only what needs none
   */
  validate(value: unknown, field: F, extent: Extent | null): Result<V>;
  /** Agreement of two values of the same item, 0 to 1, symmetric, 1 for equal values. */
  similarity(a: V, b: V, field: F): number;
  /** The value as it reads under the field's current classes (see `remap` of the field). */
  project(value: V, field: F): V;
  /** How often each class occurs in the value: for counters, filters, stratified splits and summaries. */
  counts(value: V): ReadonlyMap<ClassId, number>;
  /** The value as a person gives it: without the confidences of a proposal. */
  confirmed(value: V): V;
}
