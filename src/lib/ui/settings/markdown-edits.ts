/** A text with what is selected in it: UTF-16 code units, half-open. */
export interface Selected {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const BOLD = '**';

/** Makes the selection bold, or plain again where it is. */
export function toggleBold({ text, from, to }: Selected): Selected {
  const inside = text.slice(from, to);
  const before = text.slice(0, from);
  const after = text.slice(to);
  if (before.endsWith(BOLD) && after.startsWith(BOLD)) {
    return { text: before.slice(0, -2) + inside + after.slice(2), from: from - 2, to: to - 2 };
  }
  return { text: before + BOLD + inside + BOLD + after, from: from + 2, to: to + 2 };
}

/** Makes the selected lines items of a list, or plain lines again where all of them are. */
export function toggleList({ text, from, to }: Selected): Selected {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const newline = text.indexOf('\n', to);
  const end = newline < 0 ? text.length : newline;
  const lines = text.slice(start, end).split('\n');
  const isList = lines.every((line) => /^\s*[-*+] /.test(line));
  const changed = lines.map((line) => (isList ? line.replace(/^(\s*)[-*+] /, '$1') : `- ${line}`)).join('\n');
  const whole = { text: text.slice(0, start) + changed + text.slice(end), from: start, to: start + changed.length };
  // A caret stays one, at the end of its line.
  return from === to ? { ...whole, from: whole.to } : whole;
}

/** Puts paragraphs in the place of the selection; the description of the first image in them is selected, to be typed over. */
export function insertBlocks({ text, from, to }: Selected, blocks: readonly string[]): Selected {
  if (blocks.length === 0) return { text, from, to };
  const before = text.slice(0, from);
  const after = text.slice(to);
  const above = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const below = after === '' ? '\n' : after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n';
  const start = before.length + above.length;
  const alt = /^!\[([^\]]*)\]/.exec(blocks[0]!)?.[1] ?? '';
  return {
    text: before + above + blocks.join('\n\n') + below + after,
    from: start + 2,
    to: start + 2 + alt.length,
  };
}
