/** Any column of a table of numbers. */
type NumberColumn = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** The same column with room for `length` rows: itself, or a copy of at least twice the size. New rows are 0. */
export function grown<T extends NumberColumn>(column: T, length: number): T {
  if (length <= column.length) return column;
  const larger = new (column.constructor as new (length: number) => T)(Math.max(length, column.length * 2, 1024));
  larger.set(column);
  return larger;
}

/** One column of the pieces, one after the other. */
export function joinedColumn<T extends NumberColumn>(type: new (length: number) => T, pieces: readonly T[]): T {
  const whole = new type(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
