/** A box as a file has it, by the places of its image and category in the lists of its document. */
export interface BoxRow {
  readonly image: number;
  readonly category: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
  /** NaN where the file gives none. */
  readonly score: number;
  /** Line of the file in which it stands. */
  readonly line: number;
}

const FLOATS = 6;
const INTEGERS = 3;

/** Boxes in typed arrays, 60 bytes each: a million of them as objects would take ten times as much. */
export class BoxColumns {
  #floats = new Float64Array(FLOATS * 1024);
  #integers = new Uint32Array(INTEGERS * 1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push({ image, category, x, y, width, height, rotation, score, line }: BoxRow): void {
    if ((this.#length + 1) * FLOATS > this.#floats.length) this.#grow();
    this.#floats.set([x, y, width, height, rotation, score], this.#length * FLOATS);
    this.#integers.set([image, category, line], this.#length * INTEGERS);
    this.#length++;
  }

  at(row: number): BoxRow {
    const [float, integer] = [row * FLOATS, row * INTEGERS];
    return {
      image: this.#integers[integer]!,
      category: this.#integers[integer + 1]!,
      x: this.#floats[float]!,
      y: this.#floats[float + 1]!,
      width: this.#floats[float + 2]!,
      height: this.#floats[float + 3]!,
      rotation: this.#floats[float + 4]!,
      score: this.#floats[float + 5]!,
      line: this.#integers[integer + 2]!,
    };
  }

  /**
   * The rows that belong to each of a number of places, in their order: by counting, O(n).
   *
   * @param placeOf the place of an image; undefined: its rows belong nowhere
   */
  byPlace(places: number, placeOf: (image: number) => number | undefined): (place: number) => Uint32Array {
    const starts = new Uint32Array(places + 1);
    const each = (visit: (place: number, row: number) => void) => {
      for (let row = 0; row < this.#length; row++) {
        const place = placeOf(this.#integers[row * INTEGERS]!);
        if (place !== undefined) visit(place, row);
      }
    };
    each((place) => starts[place + 1]!++);
    for (let place = 0; place < places; place++) starts[place + 1]! += starts[place]!;
    const next = starts.slice();
    const rows = new Uint32Array(starts[places]!);
    each((place, row) => (rows[next[place]!++] = row));
    return (place) => rows.subarray(starts[place], starts[place + 1]);
  }

  #grow(): void {
    const floats = new Float64Array(this.#floats.length * 2);
    floats.set(this.#floats);
    this.#floats = floats;
    const integers = new Uint32Array(this.#integers.length * 2);
    integers.set(this.#integers);
    this.#integers = integers;
  }
}
