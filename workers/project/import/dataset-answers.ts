import { fault, type ConcordError } from '#core/errors';
import { describeValues } from '#core/fields/describe';
import type { Extent } from '#core/fields/kind';
import { kindOf } from '#core/fields/registry';
import { freshRegionId, MAX_REGIONS } from '#core/fields/regions';
import { MAX_TEXT } from '#core/log/event-schemas';
import type { DatasetItem } from '#core/formats/format';
import type { Box, FieldValue, Span, Values } from '#core/model/annotation';
import type { AuthorId } from '#core/model/ids';
import { fieldById, type Field, type Schema } from '#core/model/schema';
import { mergedValues, mergeSchema, type SchemaMerge } from '#core/model/schema-merge';
import type { ImportPlan } from '../api';
import { IMPORTED, type Answer, type AnswerReader, type Proposal } from './found';

/** What a data set says of an item, under its own schema. */
export interface DatasetSaid {
  readonly answer: Values | null;
  readonly note: string;
  /** Whether the answer is that of other people. */
  readonly isOthers: boolean;
  readonly proposals: readonly Proposal[];
}

interface DatasetTarget {
  /** The schema of the data set. */
  readonly schema: Schema;
  readonly labelsAs: ImportPlan['labelsAs'];
  /** Names the data set in errors. */
  readonly path: string;
}

/**
 * What an item of a data set says to this author: their own annotation if it is among several; otherwise what the item
 * counts as there, or what the first of its annotators said.
 */
export function saidOf({ label, annotations, predictions }: DatasetItem, me: AuthorId): DatasetSaid {
  const own = annotations.find(({ author }) => author === me);
  const only = annotations.length === 1 ? annotations[0] : undefined;
  return {
    answer: own?.values ?? label ?? annotations[0]?.values ?? null,
    note: (own ?? only)?.note ?? '',
    isOthers: !own && annotations.length > 0,
    proposals: predictions,
  };
}

/**
 * Reads the labels of a data set under the project's schema, which takes in the fields and classes of the data set
 * first. An answer that leaves open what the project requires becomes a proposal.
 */
export class DatasetAnswers implements AnswerReader<DatasetSaid> {
  readonly #current: () => Schema;
  readonly #target: DatasetTarget;
  readonly #onIssue: (issue: ConcordError) => void;
  #merge: SchemaMerge | null = null;
  #others = 0;
  #incomplete = 0;
  readonly #lacking = new Set<string>();

  constructor(current: () => Schema, target: DatasetTarget, onIssue: (issue: ConcordError) => void) {
    this.#current = current;
    this.#target = target;
    this.#onIssue = onIssue;
  }

  get version(): number {
    return this.#merge?.schema.version ?? 0;
  }

  get addedClasses(): number {
    return this.#merge?.addedClasses ?? 0;
  }

  isSaid({ answer, proposals }: DatasetSaid): boolean {
    return answer !== null || proposals.length > 0;
  }

  weight({ answer, proposals }: DatasetSaid): number {
    const members = (values: Values) => Object.values(values).reduce((sum, value) => sum + value.length, 0);
    return proposals.reduce((sum, { values }) => sum + members(values), answer ? members(answer) : 0);
  }

  words({ answer }: DatasetSaid): readonly string[] {
    return answer ? [describeValues(answer, this.#target.schema)] : [];
  }

  /** The whole schema is merged at once, with the first items that say anything. */
  prepare(said: Iterable<DatasetSaid>): Schema | null {
    const [first] = said;
    if (this.#merge || first === undefined) return null;
    const before = this.#current();
    this.#merge = mergeSchema(before, this.#target.schema);
    for (const issue of this.#merge.issues) this.#onIssue({ ...issue, path: `${this.#target.path}, ${issue.path}` });
    return this.#merge.schema === before ? null : this.#merge.schema;
  }

  read(
    { answer, note, isOthers, proposals }: DatasetSaid,
    of: { readonly extent: Extent; readonly path: string },
  ): Answer {
    const proposed = proposals.flatMap((proposal) => {
      const values = this.#values(proposal.values, of, (value) => value);
      return values ? [{ ...proposal, model: proposal.model.slice(0, 200) || IMPORTED, values }] : [];
    });
    const isAnnotation = this.#target.labelsAs === 'annotations';
    const confirm = (value: FieldValue, field: Field) => (isAnnotation ? kindOf(field).confirmed(value) : value);
    const values = answer && this.#values(answer, of, confirm);
    if (!values) return { annotation: null, proposals: proposed };
    if (isAnnotation && this.#isComplete(values, of.extent)) {
      if (isOthers) this.#others++;
      return { annotation: { values, note: note.slice(0, MAX_TEXT) }, proposals: proposed };
    }
    return { annotation: null, proposals: [{ model: IMPORTED, values, confidence: null }] };
  }

  /** Reports what concerns the data set as a whole. */
  finish(): void {
    const { path } = this.#target;
    if (this.#others > 0) this.#onIssue(fault('import.authors', path, { items: this.#others }));
    if (this.#incomplete > 0) {
      const fields = [...this.#lacking];
      this.#onIssue(fault('import.incomplete', path, { items: this.#incomplete, fields }));
    }
  }

  /** The values under the project's schema, as far as they fit; null where none of them does. */
  #values(
    stated: Values,
    { extent, path }: { readonly extent: Extent; readonly path: string },
    as: (value: FieldValue, field: Field) => FieldValue,
  ): Values | null {
    if (!this.#merge) return null;
    const { schema } = this.#merge;
    const values: Record<string, FieldValue> = {};
    for (const [id, value] of Object.entries(mergedValues(stated, this.#merge))) {
      const field = fieldById(schema, id);
      if (!field) continue;
      const fitting = fittingValue(value, field, extent, (issue) => {
        this.#onIssue({ ...issue, path });
      });
      if (fitting) values[id] = as(fitting, field);
    }
    return Object.keys(values).length > 0 ? values : null;
  }

  #isComplete(values: Values, { kind }: Extent): boolean {
    const asked = this.#merge?.schema.fields ?? [];
    const open = asked.filter(
      (field) => field.required && kindOf(field).content.includes(kind) && (values[field.id]?.length ?? 0) === 0,
    );
    for (const { name } of open) this.#lacking.add(name);
    if (open.length > 0) this.#incomplete++;
    return open.length === 0;
  }
}

/** The value, or of boxes and spans those that fit; the others are reported one by one. */
function fittingValue(
  value: FieldValue,
  field: Field,
  extent: Extent,
  onIssue: (issue: ConcordError) => void,
): FieldValue | null {
  const kind = kindOf(field);
  // Whether a field must be answered is asked of the answer as a whole.
  const open = { ...field, required: false };
  const whole = kind.validate(value, open, extent);
  if (whole.ok) return whole.value;
  if (field.kind === 'choice' || !kind.is(value)) {
    onIssue(whole.error);
    return null;
  }
  const kept: (Box | Span)[] = [];
  const ids = new Set<string>();
  let fresh = freshRegionId(value as readonly (Box | Span)[]);
  for (const region of value as readonly (Box | Span)[]) {
    const alone = kind.validate([region] as FieldValue, open, extent);
    if (!alone.ok) onIssue(alone.error);
    else if (kept.length === MAX_REGIONS) {
      onIssue(whole.error);
      break;
    } else {
      const id = ids.has(region.id) ? String(fresh++) : region.id;
      ids.add(id);
      kept.push({ ...region, id });
    }
  }
  const rest = kind.validate(kept, open, extent);
  return rest.ok && (kept.length > 0 || value.length === 0) ? rest.value : null;
}
