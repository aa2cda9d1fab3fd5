import type { RatingRow } from '#core/agreement/ratings-builder';

/**
 * Table 1 of Dawid and Skene (1979): five anaesthetists put 45 patients into four categories of fitness. One digit each: three
 * readings by the first observer, one each by observers 2 to 5.
 */
const PATIENTS = [
  '1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343 1111111 2223212 1211111',
  '1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111 2322222 1111111 1111111 1121121',
  '1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222',
]
  .join(' ')
  .split(' ');

const OBSERVERS = [1, 1, 1, 2, 3, 4, 5];

export const anaesthetists: readonly RatingRow[] = PATIENTS.flatMap((readings, patient) =>
  [...readings].map((label, at) => ({ item: String(patient + 1), annotator: String(OBSERVERS[at]), label })),
);
