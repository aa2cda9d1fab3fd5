import type { TextRange } from './segments';

/** A block ends at the first line end past this many code units. */
const TARGET = 1_200;

/**
 * Cuts a text into runs of whole lines, so that a change of one place draws and lays out one run and not the whole text.
 * A line is never cut, however long it is: where its pieces met there would be a break that is not in the text.
 *
 * @returns blocks that cover the text; one empty block for an empty text
 */
export function cutBlocks(text: string): TextRange[] {
  const blocks: TextRange[] = [];
  for (let start = 0; start < text.length;) {
    const lineEnd = text.indexOf('\n', Math.min(start + TARGET, text.length - 1));
    const end = lineEnd < 0 ? text.length : lineEnd + 1;
    blocks.push({ start, end });
    start = end;
  }
  return blocks.length > 0 ? blocks : [{ start: 0, end: 0 }];
}

/** The index of the block that a place in the text belongs to; the last one for the end of the text. */
export function blockAt(blocks: readonly TextRange[], at: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (blocks[middle]!.start <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
