import type { AuthorId } from '../model/ids';

/** Characters of an author's id that tell two of one name apart, unless they begin alike. */
const LEAST = 4;

/**
 * What has to be said beside each name so that no two people look the same: nothing where the name is the only one of its
 * kind, else the beginning of the author's id, as long as it takes. Names that differ in case or width alone are the same.
 */
export function sameNameMarks(
  people: readonly { readonly author: AuthorId; readonly name: string }[],
): ReadonlyMap<AuthorId, string> {
  const byName = new Map<string, AuthorId[]>();
  for (const { author, name } of people) {
    const spelt = name.normalize('NFKC').trim().toLowerCase();
    byName.set(spelt, [...(byName.get(spelt) ?? []), author]);
  }
  const marks = new Map<AuthorId, string>();
  for (const authors of byName.values()) {
    const length = authors.length === 1 ? 0 : distinctLength(authors);
    for (const author of authors) marks.set(author, author.slice(0, length));
  }
  return marks;
}

function distinctLength(authors: readonly AuthorId[]): number {
  const longest = Math.max(...authors.map(({ length }) => length));
  for (let length = LEAST; length < longest; length++) {
    if (new Set(authors.map((author) => author.slice(0, length))).size === authors.length) return length;
  }
  return longest;
}
