import type { Ratings } from '../agreement/ratings';
import type { ClassId } from '../model/ids';
import { NONE_OF_THESE, type ChosenClasses } from './chosen-classes';
import type { LabelColumns } from './label-columns';

/** What people chose, as ratings, and what their numbers stand for. */
export interface ChoiceRatings extends Ratings {
  /** Category -> class, or {@link NONE_OF_THESE}. */
  readonly classes: readonly ClassId[];
  /** Reading -> annotation of the columns that it is in. */
  readonly annotation: Uint32Array;
}

const OPEN = -1;
const NOT_SEEN = -2;

/**
 * The answers to one question of single choice as ratings. The categories are the field's classes in its order, then those that it
 * has no more and somebody named, then "none of these" where anybody said so: the same on every device, in whatever order values came
 * in. O(annotations + distinct values).
 */
export function choiceRatings(columns: LabelColumns, chosen: ChosenClasses): ChoiceRatings {
  const { items, author, start, values, skipped } = columns;
  const numberOf = numbersOf(values, chosen);
  const { classes } = numberOf;
  const annotation = new Uint32Array(values.length);
  const annotator = new Uint32Array(values.length);
  const category = new Uint32Array(values.length);
  const readingsFrom = new Uint32Array(items + 1);
  let readings = 0;
  for (let item = 0; item < items; item++) {
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      const number = numberOf.values[values[at]!]!;
      if (number === OPEN) continue;
      annotation[readings] = at;
      annotator[readings] = author[at]!;
      category[readings++] = number;
    }
    readingsFrom[item + 1] = readings;
  }
  return {
    ...{ items, annotators: skipped.length, categories: classes.length, classes, start: readingsFrom },
    annotator: annotator.subarray(0, readings),
    category: category.subarray(0, readings),
    annotation: annotation.subarray(0, readings),
  };
}

/** The category of every value that occurs. */
function numbersOf(occurring: Uint32Array, chosen: ChosenClasses) {
  const { field } = chosen;
  const most = occurring.reduce((most, ref) => Math.max(most, ref), 0);
  const values = new Int32Array(most + 1).fill(NOT_SEEN);
  const refs: number[] = [];
  const classes: ClassId[] = [...field.classes, ...field.retired].map(({ id }) => id);
  const live = new Set(field.classes.map(({ id }) => id));
  const known = new Set(classes);
  const named = new Set<ClassId>();
  const unknown = new Set<ClassId>();
  for (const ref of occurring) {
    if (values[ref] !== NOT_SEEN) continue;
    values[ref] = OPEN;
    refs.push(ref);
    const id = chosen.of(ref);
    if (id === null || id === NONE_OF_THESE) {
      if (id === NONE_OF_THESE) named.add(id);
    } else if (known.has(id)) named.add(id);
    else unknown.add(id);
  }
  const ordered = [
    ...classes.filter((id) => live.has(id) || named.has(id)),
    ...[...unknown].sort(),
    ...(named.has(NONE_OF_THESE) ? [NONE_OF_THESE] : []),
  ];
  const numbers = new Map(ordered.map((id, number) => [id, number]));
  for (const ref of refs) {
    const id = chosen.of(ref);
    values[ref] = id === null ? OPEN : numbers.get(id)!;
  }
  return { classes: ordered, values };
}
