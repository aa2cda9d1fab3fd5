import type { StructuredAgreement } from '../agreement/structured/agreement';
import { displayClass, type Field } from '../model/schema';
import type { FieldCounts } from './field-counts';
import type { LabelAuthor } from './label-columns';
import type { ConsensusReport, FieldReport, HistoryPoint } from './quality-report';

interface FieldSource {
  readonly field: Field;
  readonly counts: FieldCounts;
  readonly agreement: StructuredAgreement;
  readonly history: readonly HistoryPoint[];
  readonly consensus: ConsensusReport;
}

/** One question of the report; annotators go by their numbers until here. */
export function fieldReport(
  { field, counts, agreement, history, consensus }: FieldSource,
  authors: readonly LabelAuthor[],
): FieldReport {
  const { coefficients, pairs, classes, confusion } = agreement;
  return {
    ...{ field: field.id, name: field.name, kind: field.kind },
    ...counts,
    headline: coefficients[0]!.id,
    coefficients,
    history,
    pairs: pairs.map(({ a, b, ...pair }) => ({ a: authors[a]!.author, b: authors[b]!.author, ...pair })),
    classes: classes.map((one) => ({ ...one, name: displayClass(field, one.class).name })),
    confusion,
    consensus,
  };
}
