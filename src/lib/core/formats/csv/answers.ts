import type { ConcordError } from '../../errors';
import type { Values } from '../../model/annotation';
import type { Schema } from '../../model/schema';
import type { DatasetContent } from '../format';
import { contentExtent, fittingValues } from '../fitting-values';
import { InferredSchema, type NamedValue, type NamedValues } from '../inferred-schema';
import { FieldCells } from './field-cells';

/** What a table states about an item: by the label that counts, or by one annotation. */
export interface Answer {
  readonly content: DatasetContent;
  /** The first row of the answer. */
  readonly path: string;
  readonly named: NamedValues;
}

/** The same before it is known what the cells hold: by field its cell, and the row of it. */
export interface AnswerCells extends Omit<Answer, 'named'> {
  readonly cells: ReadonlyMap<string, { readonly cell: string; readonly path: string }>;
}

export interface Settled {
  readonly schema: Schema;
  /** As many as there are answers; null where none of the stated values is one. */
  readonly values: readonly (Values | null)[];
}

/** Reads the cells of all answers together: a single one does not tell what its field is. */
export function readAnswers(
  answers: readonly AnswerCells[],
  fields: Iterable<string>,
  onIssue: (issue: ConcordError) => void,
): Settled {
  const cells = new FieldCells();
  for (const answer of answers)
    for (const [field, { cell }] of answer.cells) cells.show(field, cell, answer.content.kind);
  const schema = new InferredSchema();
  for (const field of fields) schema.addField(field, cells.kindOf(field));
  const read = answers.map((answer): Answer => {
    const named = new Map<string, NamedValue>();
    for (const [field, { cell, path }] of answer.cells) {
      const value = cells.read(field, cell, path);
      if (value.ok) named.set(field, value.value);
      else onIssue(value.error);
    }
    return { ...answer, named };
  });
  return settle(read, schema, onIssue);
}

/** Gives the answers' values under the schema that all of them make. */
export function settle(
  answers: readonly Answer[],
  schema: InferredSchema,
  onIssue: (issue: ConcordError) => void,
): Settled {
  for (const { named } of answers) schema.add(named);
  const inferred = schema.finish();
  const values = answers.map(({ content, path, named }) =>
    fittingValues(inferred.valuesOf(named), inferred.schema, contentExtent(content), { path, onIssue }),
  );
  return { schema: inferred.schema, values };
}
