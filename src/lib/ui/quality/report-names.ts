import type { AuthorId, ClassId, FieldId } from '#core/model/ids';
import { sameNameMarks } from '#core/peers/same-names';
import type { QualityReport } from '#core/quality/quality-report';

/** How people and classes of a report are called on the screen. */
export interface ReportNames {
  /** Two of one name are told apart by the beginning of their keys. */
  person(author: AuthorId): string;
  class(field: FieldId, id: ClassId): string;
}

export function reportNames({ annotators, fields }: Pick<QualityReport, 'annotators' | 'fields'>): ReportNames {
  const marks = sameNameMarks(annotators);
  const people = new Map(
    annotators.map(({ author, name }) => [author, [name || 'Somebody', marks.get(author)].filter(Boolean).join(' ')]),
  );
  const classes = new Map(
    fields.map(({ field, classes }) => [field, new Map(classes.map(({ class: id, name }) => [id, name]))]),
  );
  return {
    person: (author) => people.get(author) ?? 'Somebody',
    class: (field, id) => classes.get(field)?.get(id) ?? id,
  };
}
