/** A stretch of text, or one character that has no look of its own. */
export type TextPart =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  /** `mark` is what is shown for it, `name` its code point as `U+0000`. */
  | { readonly kind: 'control'; readonly at: number; readonly mark: string; readonly name: string };

// Tabs and line ends are laid out as what they are.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/g;

/**
 * Cuts out control characters, which browsers draw as nothing: somebody who labels a text must see what is in it. `at` is
 * where a part begins, in UTF-16 code units.
 */
export function visibleText(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(CONTROL)) {
    if (index > from) parts.push({ kind: 'text', at: from, text: text.slice(from, index) });
    parts.push(control(character.charCodeAt(0), index));
    from = index + 1;
  }
  if (from < text.length || parts.length === 0) parts.push({ kind: 'text', at: from, text: text.slice(from) });
  return parts;
}

function control(code: number, at: number): TextPart {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  // Unicode has pictures of the first 32 control characters and of DEL.
  const mark = code < 32 ? String.fromCharCode(0x2400 + code) : code === 127 ? '\u2421' : name;
  return { kind: 'control', at, mark, name };
}
