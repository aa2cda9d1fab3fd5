import * as v from 'valibot';
import { fault, type ConcordError } from '../errors';
import { headerShape } from '../formats/jsonl/shape';
import { isMap } from '../model/schema-shape';
import { displayClass, type ChoiceField, type Field, type Schema } from '../model/schema';
import { sameNameMarks } from '../peers/same-names';
import { err, ok, type Result } from '../result';
import { parseJson } from '../table/json-value';
import type { Line } from '../text/lines';
import { finished, type ReadRatings, type ReadRatingsOptions } from './read-ratings';
import { RatingsBuilder } from './ratings-builder';

/** What a line of `items.jsonl` has to have for its ratings; the rest is not looked at. */
const lineShape = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  annotations: v.array(
    v.object({
      author: v.pipe(v.string(), v.minLength(1)),
      authorName: v.optional(v.string(), ''),
      values: v.custom<Readonly<Record<string, unknown>>>(isMap),
    }),
  ),
});
type ItemLine = v.InferOutput<typeof lineShape>;

/** A question of which no schema is at hand: classes go by their ids. */
type Question = { readonly id: string; readonly field: ChoiceField | null };

/** The schema in `schema.json`; null where the text is none of Concord's. */
export function schemaIn(text: string): Schema | null {
  const json = parseJson(text);
  const checked = json.ok ? v.safeParse(headerShape, json.value) : null;
  return checked?.success === true ? checked.output.schema : null;
}

/**
 * Reads the ratings of a single-choice question from the lines of Concord's own `items.jsonl`. With a schema, categories are all
 * classes that can be chosen and those that were, by name; an answer in a class that was merged counts as the other. People of
 * one name are told apart by the beginning of their ids; who has no name goes by the id.
 *
 * @param schema of the `schema.json` beside it; null: categories are the ids of classes
 * @returns `ratings.field` where it must be said, or is unknown, which question is meant; `ratings.kind` for one that is not
 *   answered by one class; `ratings.unknown-class` at the first label that the order lacks
 */
export async function readAnnotations(
  lines: AsyncIterable<readonly Line[]>,
  schema: Schema | null,
  options: ReadRatingsOptions,
): Promise<Result<ReadRatings>> {
  const warnings: ConcordError[] = [];
  const items: (ItemLine & { readonly line: number })[] = [];
  for await (const batch of lines) {
    for (const { line, text } of batch) {
      if (text.trim() === '') continue;
      const item = itemIn(text);
      if (item.ok) items.push({ ...item.value, line });
      else warnings.push(fault('ratings.row', `${options.path}, line ${line}`, { reason: item.error }));
    }
  }
  const question = schema ? questionIn(schema, options) : questionAmong(items, options);
  if (!question.ok) return question;

  const { id, field } = question.value;
  const annotators = annotatorNames(items);
  const builder = new RatingsBuilder();
  for (const { id: item, annotations, line } of items) {
    for (const [at, { author, values }] of annotations.entries()) {
      const place = `${options.path}, line ${line}, annotation ${at + 1}`;
      const label = labelIn(values[id], field);
      if (label === null) {
        warnings.push(fault('ratings.row', place, { reason: 'its answer is not one class' }));
      } else if (options.order && label !== '' && !options.order.includes(label)) {
        return err(fault('ratings.unknown-class', place, { label, order: options.order }));
      } else {
        builder.add({ item, annotator: annotators.get(author)!, label });
      }
    }
  }
  return ok(finished(builder, field?.classes.map(({ name }) => name) ?? [], warnings, options));
}

function itemIn(text: string): Result<ItemLine, string> {
  const json = parseJson(text);
  if (!json.ok) return err(`it is not valid JSON: ${json.error}`);
  const checked = v.safeParse(lineShape, json.value);
  if (checked.success) return ok(checked.output);
  const [issue] = checked.issues;
  return err(`${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
}

function questionIn(schema: Schema, { field: wanted, path }: ReadRatingsOptions): Result<Question> {
  const isSingle = (field: Field) => field.kind === 'choice' && !field.multiple;
  const candidates =
    wanted === null
      ? schema.fields.filter(isSingle)
      : schema.fields.filter(({ id, name }) => id === wanted || name === wanted);
  const [field] = candidates;
  if (field && candidates.length === 1) {
    if (field.kind === 'choice' && !field.multiple) return ok({ id: field.id, field });
    return err(fault('ratings.kind', path, { field: field.name, kind: field.kind }));
  }
  const [first] = schema.fields;
  if (wanted === null && candidates.length === 0 && first) {
    return err(fault('ratings.kind', path, { field: first.name, kind: first.kind }));
  }
  const known = schema.fields.filter(isSingle).map(({ name }) => name);
  return err(fault('ratings.field', path, { field: wanted, known }));
}

/** The question, by what the answers look like: a single choice is a list of at most one class. */
function questionAmong(items: readonly ItemLine[], { field: wanted, path }: ReadRatingsOptions): Result<Question> {
  const isSingle = new Map<string, boolean>();
  for (const { annotations } of items) {
    for (const { values } of annotations) {
      for (const [id, value] of Object.entries(values)) {
        isSingle.set(id, (isSingle.get(id) ?? true) && labelIn(value, null) !== null);
      }
    }
  }
  const known = [...isSingle.keys()].filter((id) => isSingle.get(id));
  const [first] = isSingle.keys();
  const id = wanted ?? (known.length === 1 ? known[0]! : null);
  if (id !== null && known.includes(id)) return ok({ id, field: null });
  if (isSingle.size === 0 && wanted === null) return ok({ id: '', field: null });
  const other = wanted ?? (known.length === 0 ? first : undefined);
  if (other !== undefined && isSingle.has(other)) {
    return err(fault('ratings.kind', path, { field: other, kind: 'other' }));
  }
  return err(fault('ratings.field', path, { field: wanted, known }));
}

/** @returns '' where there is no answer, null where the answer is not one class */
function labelIn(value: unknown, field: ChoiceField | null): string | null {
  if (value === undefined) return '';
  if (!Array.isArray(value) || value.length > 1) return null;
  const [id] = value as readonly unknown[];
  if (id === undefined) return '';
  if (typeof id !== 'string') return null;
  return field ? displayClass(field, field.remap[id] ?? id).name : id;
}

function annotatorNames(items: readonly ItemLine[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { annotations } of items) {
    for (const { author, authorName } of annotations) names.set(author, authorName);
  }
  const marks = sameNameMarks(Array.from(names, ([author, name]) => ({ author, name })));
  return new Map(
    Array.from(names, ([author, name]) => {
      if (name === '') return [author, author];
      const mark = marks.get(author)!;
      return [author, mark === '' ? name : `${name} (${mark})`];
    }),
  );
}
