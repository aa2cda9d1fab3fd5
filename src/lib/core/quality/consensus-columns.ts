import type { FieldValue, Values } from '../model/annotation';
import type { ClassId, FieldId } from '../model/ids';
import type { Schema } from '../model/schema';
import { fusedOf } from '../projection/annotations';
import { ANNOTATION } from '../projection/answers';
import type { ConsensusColumns } from '../projection/consensus';
import type { Projection } from '../projection/projection';
import type { ValuesRef } from '../projection/value-pool';
import { chosenIn, NONE_OF_THESE } from './chosen-classes';
import type { FieldConsensus } from './quality-figures';

/** Items between two times that the caller may do something else. */
const AT_ONCE = 256;

/**
 * The values that items have by consensus, as a projection takes them: of questions of single choice what the model says, of others
 * what the item's annotations say together. A single annotation stands as it is, with the model's doubt about it. It yields again and
 * again, so that the caller can let others have the thread.
 *
 * @param consensus of places in the projection's order
 */
export function* consensusColumns(
  projection: Projection,
  consensus: readonly FieldConsensus[],
): Generator<void, ConsensusColumns> {
  const { order, schema } = projection;
  const values = new Uint32Array(projection.size);
  const confidence = new Float32Array(projection.size).fill(NaN);
  const combined = new CombinedValues(projection, schema, consensus);
  const annotations: ValuesRef[] = [];
  for (let place = 0; place < order.length; place++) {
    if (place % AT_ONCE === AT_ONCE - 1) yield;
    const item = order[place]!;
    annotations.length = 0;
    projection.eachAnswer(item, (_, kind, ref) => {
      if (kind === ANNOTATION) annotations.push(ref);
    });
    const certain = certainty(consensus, place);
    if (annotations.length === 0 || Number.isNaN(certain)) continue;
    values[item] = annotations.length === 1 ? annotations[0]! : combined.of(place, annotations);
    confidence[item] = certain;
  }
  return { values, confidence };
}

/** Probability of the least certain of an item's answers; NaN where the model says nothing of any. */
function certainty(consensus: readonly FieldConsensus[], place: number): number {
  let least = NaN;
  for (const { confidence } of consensus) {
    const one = confidence[place] ?? NaN;
    if (!(one >= least)) least = Number.isNaN(one) ? least : one;
  }
  return least;
}

/** Values made of what models say of some fields; the same classes give the same row of the pool. */
class CombinedValues {
  readonly #projection: Projection;
  readonly #schema: Schema;
  readonly #consensus: readonly FieldConsensus[];
  /** Whether the models say everything. */
  readonly #isWhole: boolean;
  readonly #known = new Map<string, ValuesRef>();

  constructor(projection: Projection, schema: Schema, consensus: readonly FieldConsensus[]) {
    this.#projection = projection;
    this.#schema = schema;
    this.#consensus = consensus;
    const modelled = new Set(consensus.map(({ field }) => field));
    this.#isWhole = schema.fields.every(({ id }) => modelled.has(id));
  }

  of(place: number, annotations: readonly ValuesRef[]): ValuesRef {
    const { pool } = this.#projection;
    const base = this.#isWhole ? 0 : fusedOf(annotations, pool, this.#schema);
    const labels = this.#consensus.map(({ label }) => label[place] ?? -1);
    const key = `${base} ${labels.join(' ')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const ref = this.#made(base === 0 ? {} : pool.read(base), labels, base);
    this.#known.set(key, ref);
    return ref;
  }

  #made(others: Values, labels: readonly number[], base: ValuesRef): ValuesRef {
    const values: Record<FieldId, FieldValue> = { ...others };
    let isOther = base === 0;
    for (const [at, { field, classes }] of this.#consensus.entries()) {
      const label = labels[at]!;
      if (label < 0) continue;
      const id = classes[label]!;
      isOther ||= chosenIn(others[field] as readonly ClassId[] | undefined) !== id;
      values[field] = id === NONE_OF_THESE ? [] : [id];
    }
    return isOther ? this.#projection.pool.intern(values) : base;
  }
}
