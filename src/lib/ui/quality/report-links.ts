import type { AuthorId, ClassId, FieldId } from '#core/model/ids';
import type { ReviewFilter } from '#workers/project/review/api';
import { ANY_ITEM, QUEUE_ORDER } from '#state/items';
import { toAddress } from '../../state/items-address';
import { toReviewAddress, WAITING } from '../../state/review-address';

/** Where a figure leads: to what it was made of. `base` is `#/p/…` of the project. */
export interface ReportLinks {
  readonly home: string;
  review(filter: Partial<ReviewFilter> & Pick<ReviewFilter, 'which'>): string;
  pair(a: AuthorId, b: AuthorId): string;
  confusion(field: FieldId, a: ClassId, b: ClassId): string;
  class(field: FieldId, of: ClassId): string;
  person(author: AuthorId): string;
  page(path: string): string;
}

export function reportLinks(base: string): ReportLinks {
  const review: ReportLinks['review'] = (filter) => `${base}/review?${toReviewAddress({ ...WAITING, ...filter })}`;
  return {
    home: `${base}/quality`,
    review,
    pair: (a, b) => review({ which: 'disagreed', authors: [a, b] }),
    confusion: (field, a, b) => review({ which: 'disagreed', classes: { field, a, b } }),
    class: (field, of) => `${base}/items?${toAddress({ ...ANY_ITEM, class: { field, class: of } }, QUEUE_ORDER)}`,
    person: (author) => `${base}/quality/${author}`,
    page: (path) => `${base}/${path}`,
  };
}
