import type { FieldId } from '../model/ids';
import { valueIn, type ChoiceField, type Field, type Schema } from '../model/schema';
import type { ValuePool, ValuesRef } from '../projection/value-pool';
import { ChosenClasses } from './chosen-classes';

const ANSWERED = 1;
const OPEN = 2;

/** What values say under a schema, looked up once for each: of half a million annotations most say the same. */
export class ValueReaders {
  readonly schema: Schema;
  readonly pool: ValuePool;
  readonly #chosen: ReadonlyMap<FieldId, ChosenClasses>;
  readonly #answered: ReadonlyMap<FieldId, (number | undefined)[]>;

  /** @param pool reads under the schema */
  constructor(schema: Schema, pool: ValuePool) {
    this.schema = schema;
    this.pool = pool;
    this.#chosen = new Map(
      schema.fields.filter(isSingleChoice).map((field) => [field.id, new ChosenClasses(field, pool)]),
    );
    this.#answered = new Map(schema.fields.map(({ id }) => [id, []]));
  }

  /** Of a question of single choice that the schema has. */
  chosen({ id }: ChoiceField): ChosenClasses {
    return this.#chosen.get(id)!;
  }

  /** Whether the values answer a question of the schema at all. */
  isAnswered(field: Field, ref: ValuesRef): boolean {
    const known = this.#answered.get(field.id)!;
    known[ref] ??= valueIn(this.pool.read(ref), field) === undefined ? OPEN : ANSWERED;
    return known[ref] === ANSWERED;
  }
}

export const isSingleChoice = (field: Field): field is ChoiceField => field.kind === 'choice' && !field.multiple;
