import { validateValues } from '#core/fields/values';
import type { ItemEvent } from '#core/log/events';
import type { Values } from '#core/model/annotation';
import type { AuthorId } from '#core/model/ids';
import { ANNOTATION, type Answer, type AnswerKind } from '#core/projection/answers';
import type { Projection } from '#core/projection/projection';
import type { ValuesRef } from '#core/projection/value-pool';
import { ok, type Result } from '#core/result';
import { restating } from './restating';

/**
 * Values that an author adds to their answers to many items at once, and what they said before: 13 bytes an item, for as long as it can be
 * undone. Events of a million items would take 300 MB, so they are made as they are stored, as often as they are asked for.
 */
export class BulkAnswers {
  readonly #projection: Projection;
  readonly #items: Uint32Array;
  readonly #kinds: Uint8Array;
  readonly #values: Uint32Array;
  readonly #records: Uint32Array;
  /** By what an author said before: what they say now. Many items have the same answer. */
  readonly #made = new Map<ValuesRef, Values>();

  /** @returns why the values do not fit, where they do not fit some item */
  static of(
    projection: Projection,
    author: AuthorId,
    items: readonly number[],
    values: Values,
  ): Result<{ readonly events: Iterable<ItemEvent>; readonly inverse: Iterable<ItemEvent> }> {
    const bulk = new BulkAnswers(projection, author, items);
    const { schema, pool } = projection;
    for (const [at, ref] of bulk.#values.entries()) {
      if (bulk.#made.has(bulk.#said(at))) continue;
      const former = bulk.#said(at) === 0 ? {} : pool.read(ref);
      const valid = validateValues({ ...former, ...values }, schema, null, former);
      if (!valid.ok) return valid;
      bulk.#made.set(bulk.#said(at), valid.value);
    }
    const { version } = schema;
    return ok({
      events: { [Symbol.iterator]: () => bulk.#events(version) },
      inverse: { [Symbol.iterator]: () => bulk.#inverse() },
    });
  }

  private constructor(projection: Projection, author: AuthorId, items: readonly number[]) {
    this.#projection = projection;
    this.#items = Uint32Array.from(items);
    this.#kinds = new Uint8Array(items.length);
    this.#values = new Uint32Array(items.length);
    this.#records = new Uint32Array(items.length);
    for (const [at, item] of items.entries()) {
      const { kind, values, record } = projection.answer(item, author);
      this.#kinds[at] = kind;
      this.#values[at] = values;
      this.#records[at] = record;
    }
  }

  *#events(schema: number): Generator<ItemEvent> {
    for (const [at, row] of this.#items.entries()) {
      const values = this.#made.get(this.#said(at))!;
      const item = this.#projection.id(row);
      yield { type: 'annotation.submitted', item, values, schema, leadMs: 0, from: 'bulk' };
    }
  }

  *#inverse(): Generator<ItemEvent> {
    for (const [at, row] of this.#items.entries()) {
      const former: Answer = {
        kind: this.#kinds[at] as AnswerKind,
        values: this.#values[at]!,
        record: this.#records[at]!,
      };
      yield restating(this.#projection, row, former);
    }
  }

  /** The values that the author had given an item; 0 where they had annotated nothing. */
  #said(at: number): ValuesRef {
    return this.#kinds[at] === ANNOTATION ? this.#values[at]! : 0;
  }
}
