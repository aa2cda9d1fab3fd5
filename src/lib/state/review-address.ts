import type { ReviewFilter } from '#workers/project/review/api';

/** Everything that waits for this person. */
export const WAITING: ReviewFilter = { which: 'waiting', authors: [], classes: null };

const WHICH: readonly ReviewFilter['which'][] = [
  ...(['waiting', 'disputed', 'in-review', 'disagreed'] as const),
  ...(['unsure', 'suspect', 'annotated'] as const),
];

/** A filter as the query of an address: `which=disagreed&authors=a,b&classes=field:cat:dog`; '' for what waits. */
export function toReviewAddress({ which, authors, classes }: ReviewFilter): string {
  const parts = [
    which !== WAITING.which && `which=${which}`,
    authors.length > 0 && `authors=${authors.join(',')}`,
    classes && `classes=${[classes.field, classes.a, classes.b].map(encodeURIComponent).join(':')}`,
  ];
  return parts.filter((part) => typeof part === 'string').join('&');
}

/** Reads what {@link toReviewAddress} wrote; what it does not know is left out. */
export function fromReviewAddress(address: string): ReviewFilter {
  const parts = new Map(address.split('&').map((part) => part.split('=', 2) as [string, string | undefined]));
  const [field, a, b] = (parts.get('classes') ?? '').split(':').map(decode);
  return {
    which: WHICH.find((known) => known === parts.get('which')) ?? WAITING.which,
    authors: (parts.get('authors') ?? '').split(',').filter((author) => author !== ''),
    classes: field && a && b ? { field, a, b } : null,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
