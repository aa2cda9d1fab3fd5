/** A line without its end, which is `\n` or `\r\n`. */
export interface Line {
  /** One-based. */
  readonly line: number;
  readonly text: string;
}

/**
 * Splits a stream of text into lines, a batch per piece of the stream. A last line without an end counts, an empty one
 * does not.
 */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<Line[]> {
  let line = 1;
  let open: string[] = [];
  for await (const piece of pieces) {
    const batch: Line[] = [];
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      // A line that came in many pieces is joined once: adding piece to piece would be quadratic for a long line.
      const text = open.length > 0 ? open.join('') + piece.slice(start, end) : piece.slice(start, end);
      if (open.length > 0) open = [];
      batch.push({ line: line++, text: text.endsWith('\r') ? text.slice(0, -1) : text });
      start = end + 1;
    }
    if (start < piece.length) open.push(piece.slice(start));
    if (batch.length > 0) yield batch;
  }
  if (open.length > 0) yield [{ line, text: open.join('') }];
}
