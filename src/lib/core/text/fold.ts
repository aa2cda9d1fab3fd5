/** As text is compared in searches: without case, diacritics and compatibility forms. */
export function fold(text: string): string {
  // Most names are ASCII, for which this is the same, fifty times as fast.
  // eslint-disable-next-line no-control-regex -- the range of ASCII begins there
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** The words of a folded text: `card_arrival` has two. */
export const wordsOf = (folded: string): string[] => folded.match(/[\p{L}\p{N}]+/gu) ?? [];
