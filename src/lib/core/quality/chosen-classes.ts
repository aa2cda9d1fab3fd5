import type { ChoiceValue } from '../model/annotation';
import type { ClassId } from '../model/ids';
import { valueIn, type ChoiceField } from '../model/schema';
import type { ValuePool, ValuesRef } from '../projection/value-pool';

/** A deliberate "none of these", where a single choice is optional. */
export const NONE_OF_THESE: ClassId = '';

/** Which class each value chooses in a question of single choice; each value is looked at once. */
export class ChosenClasses {
  readonly field: ChoiceField;
  readonly #pool: ValuePool;
  readonly #chosen: (ClassId | null)[] = [];

  constructor(field: ChoiceField, pool: ValuePool) {
    this.field = field;
    this.#pool = pool;
  }

  /** {@link NONE_OF_THESE} for none; null where the question was left open. */
  of(ref: ValuesRef): ClassId | null {
    const known = this.#chosen[ref];
    if (known !== undefined) return known;
    return (this.#chosen[ref] = chosenIn(valueIn(this.#pool.read(ref), this.field)));
  }
}

export const chosenIn = (value: ChoiceValue | undefined): ClassId | null =>
  value === undefined ? null : (value[0] ?? NONE_OF_THESE);
