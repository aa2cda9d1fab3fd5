/** A place in a plane whose y axis points down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Width and height, both at least 0. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An axis-aligned rectangle by its left upper corner. */
export interface Rect extends Point, Size {}
