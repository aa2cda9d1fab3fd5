/** The first letters of a name's first and last word, as people write them on a badge; `?` for no name. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  const letters = chosen.map((word) => /^.\p{M}*/u.exec(word)?.[0] ?? '').join('');
  return letters === '' ? '?' : letters.toUpperCase();
}
