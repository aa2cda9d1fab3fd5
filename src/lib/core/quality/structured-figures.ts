import type { FieldAnswers } from '../agreement/field-answers';
import type { Estimate } from '../agreement/estimate';
import type { AgreementOptions, StructuredAgreement } from '../agreement/structured/agreement';
import { structuredAgreement } from '../agreement/structured/registry';
import { fusionOf } from '../fields/fusion/registry';
import { kindOf } from '../fields/registry';
import type { FieldValue } from '../model/annotation';
import { valueIn, type Field } from '../model/schema';
import type { LabelColumns } from './label-columns';
import type { ValueReaders } from './value-readers';
import type { Verdicts } from './verdicts';

/** Items with several answers that figures of regions are made of: of more a part says as much, in a fraction of the time. */
const MOST_ITEMS = 20_000;
/** Items between two times that the caller may do something else. */
const AT_ONCE = 20;
/** Others who must have answered: what one other says is no consensus. */
const LEAST_OTHERS = 2;

/**
 * Items that several people answered, as places; of more than 20,000 so many of them, evenly spread over the project.
 */
export function comparedItems({ items, start }: LabelColumns): Uint32Array {
  const found: number[] = [];
  for (let item = 0; item < items; item++) if (start[item + 1]! - start[item]! > 1) found.push(item);
  const stride = Math.max(1, found.length / MOST_ITEMS);
  return Uint32Array.from({ length: Math.min(found.length, MOST_ITEMS) }, (_, at) => found[Math.floor(at * stride)]!);
}

/** The answers of these items to a question that is more than a category; items go by their places in the list. */
export function structuredAnswers(
  { start, author, values, skipped }: LabelColumns,
  field: Field,
  which: Uint32Array,
  { pool }: ValueReaders,
): FieldAnswers<FieldValue> {
  const places = new Map<number, number>();
  const found = { start: new Uint32Array(which.length + 1), annotator: [] as number[], value: [] as number[] };
  const distinct: FieldValue[] = [];
  for (const [at, item] of which.entries()) {
    for (let annotation = start[item]!; annotation < start[item + 1]!; annotation++) {
      const ref = values[annotation]!;
      let place = places.get(ref);
      if (place === undefined) {
        const value = valueIn(pool.read(ref), field);
        place = value === undefined ? -1 : distinct.push(value) - 1;
        places.set(ref, place);
      }
      if (place < 0) continue;
      found.annotator.push(author[annotation]!);
      found.value.push(place);
    }
    found.start[at + 1] = found.annotator.length;
  }
  return {
    ...{ items: which.length, annotators: skipped.length, start: found.start, values: distinct },
    ...{ annotator: Uint32Array.from(found.annotator), value: Uint32Array.from(found.value) },
  };
}

/**
 * How far people agree on a question that is more than a category, by its kind.
 *
 * @param overlapping items that several people answered in all; where the answers are of a part of them, every figure says so
 */
export function agreementOn(
  answers: FieldAnswers<FieldValue>,
  field: Field,
  overlapping: number,
  options: RegionOptions,
): StructuredAgreement {
  const agreement = (structuredAgreement[field.kind] as Agreement)(answers, field, options);
  if (overlapping <= answers.items) return agreement;
  const part = `of ${answers.items.toLocaleString('en')} items, evenly spread over the project`;
  const told = <T extends { readonly estimate: Estimate }>(one: T): T => {
    const { estimate } = one;
    return estimate.value === null ? one : { ...one, estimate: { ...estimate, method: `${estimate.method}; ${part}` } };
  };
  return {
    ...agreement,
    coefficients: agreement.coefficients.map(told),
    pairs: agreement.pairs.map(told),
    classes: agreement.classes.map(told),
  };
}

/** `lengths`: of the texts of the items, in UTF-16 code units, for spans. */
type RegionOptions = AgreementOptions & { readonly lengths?: ArrayLike<number> };
type Agreement = (answers: FieldAnswers<FieldValue>, field: Field, options: RegionOptions) => StructuredAgreement;

/** Tells each answer to a question that is more than a category how similar it is to what the others' answers amount to. */
export function* compareWithOthers(
  { start, values }: LabelColumns,
  field: Field,
  which: Uint32Array,
  { pool }: ValueReaders,
  verdicts: Verdicts,
): Generator<void> {
  const kind = kindOf(field);
  const fuse = fusionOf(field);
  for (const [at, item] of which.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) yield;
    const given: { annotation: number; value: FieldValue }[] = [];
    for (let annotation = start[item]!; annotation < start[item + 1]!; annotation++) {
      const value = valueIn(pool.read(values[annotation]!), field);
      if (value !== undefined) given.push({ annotation, value });
    }
    if (given.length <= LEAST_OTHERS) continue;
    for (const { annotation, value } of given) {
      const others = given.filter((other) => other.annotation !== annotation).map((other) => other.value);
      verdicts.add(annotation, kind.similarity(value, fuse(others, field, null), field));
    }
  }
}
