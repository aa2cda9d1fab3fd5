import type { TextRange, TextSegments } from './segments';

/** A piece of a text that is drawn by itself. */
export interface Block extends TextRange {
  /** Whether it begins within the line in which the block before it ends. */
  readonly continues: boolean;
}

/** A block ends at the first line end past this many code units, … */
const TARGET = 1_200;
/** … or, within a longer line, at the first white space past these many. */
const LONGEST = 2_400;
/** Where there is none for so long, as in Chinese, it ends at any character. */
const LOOK_AHEAD = 200;

/**
 * Cuts a text into blocks, so that a change of one place draws one block and not the whole text.
 *
 * @returns blocks that cover the text; one empty block for an empty text
 */
export function cutBlocks(segments: TextSegments): Block[] {
  const { text } = segments;
  const blocks: Block[] = [];
  let continues = false;
  for (let start = 0; start < text.length;) {
    const lineEnd = text.indexOf('\n', Math.min(start + TARGET, text.length - 1));
    const whole = lineEnd < 0 ? text.length : lineEnd + 1;
    const end = whole - start <= LONGEST + LOOK_AHEAD ? whole : cutWithin(segments, start + LONGEST);
    blocks.push({ start, end, continues });
    continues = end < whole;
    start = end;
  }
  return blocks.length > 0 ? blocks : [{ start: 0, end: 0, continues: false }];
}

function cutWithin(segments: TextSegments, at: number): number {
  const space = segments.text.slice(at, at + LOOK_AHEAD).search(/\s/);
  return segments.nextGrapheme(space < 0 ? at : at + space);
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
