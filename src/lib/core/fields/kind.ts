import type { FieldValue } from '../model/annotation';
import type { ClassId } from '../model/ids';
import type { Field } from '../model/schema';
import type { Result } from '../result';

/** What core needs to know of a kind of field. One file or folder per kind, one line in `registry.ts`. */
export interface FieldKind<F extends Field, V extends FieldValue> {
  readonly kind: F['kind'];
  /** Checks anything that came from outside and gives the canonical value. */
  validate(value: unknown, field: F): Result<V>;
  /** Agreement of two values of the same item, 0 to 1, symmetric, 1 for equal values. */
  similarity(a: V, b: V, field: F): number;
  /** The value as it reads under the field's current classes (see `remap` of the field). */
  project(value: V, field: F): V;
  /** Classes that occur in the value, each once: for counters, filters and stratified splits. */
  classes(value: V): readonly ClassId[];
}
