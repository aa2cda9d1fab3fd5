import type { Values } from '../model/annotation';
import { ANNOTATION, SKIP } from '../projection/answers';
import { grown } from '../projection/columns';
import type { Projection } from '../projection/projection';
import type { AskedAgain, QualitySource } from './label-columns';

/** Items or rows of the history between two times that the caller may do something else. */
const AT_ONCE = 2_048;

/**
 * Reads from a projection what the figures are made of, but for the lengths of texts, which it does not hold: one walk over the answers and one over the history, 50 ms for half a million
 * annotations. It yields every few tenths of a millisecond, so that the caller can let others have the thread; what is said of an
 * item meanwhile may be in the columns or not.
 *
 * @param gold row of the item -> its known answer
 */
export function* readLabels(
  projection: Projection,
  gold: ReadonlyMap<number, Values> = new Map(),
): Generator<void, QualitySource> {
  const { order, said } = projection;
  const rows = authorRows(projection);
  /** Row -> number of the author, counted from 1. */
  const numberOf = new Uint32Array(rows.length);
  for (const [number, row] of rows.entries()) numberOf[row] = number + 1;
  const skipped = new Uint32Array(rows.length);
  const answers = new Growing(order.length * 2);
  const start = new Uint32Array(order.length + 1);
  const resolution = new Uint32Array(order.length);
  for (let item = 0; item < order.length; item++) {
    if (item % AT_ONCE === AT_ONCE - 1) yield;
    const from = start[item]!;
    projection.eachAnswer(order[item]!, (row, kind, values, record) => {
      const author = numberOf[row] ?? 0;
      // An author whose first answer came while this was read is in the next reading.
      if (author === 0) return;
      if (kind === ANNOTATION) answers.insert(from, author - 1, values, said.time(record), said.leadMs(record));
      else if (kind === SKIP) skipped[author - 1]!++;
    });
    start[item + 1] = answers.length;
    resolution[item] = projection.resolution(order[item]!);
  }
  const again = yield* askedAgain(projection, numberOf);
  const { author, values, time, leadMs } = answers.columns();
  return {
    schema: projection.schema,
    settings: projection.settings,
    byStatus: projection.tally.statuses(),
    columns: { items: order.length, start, author, values, time, leadMs, resolution, skipped, again },
    authors: rows.map((row) => {
      const id = projection.author(row);
      return {
        author: id,
        name: projection.name(id),
        role: projection.standing(id),
        isPaused: projection.control.paused.has(id),
      };
    }),
    gold: new Map(
      Array.from(gold, ([row, known]) => [projection.position(row), known] as const).filter(([place]) => place >= 0),
    ),
    textLengths: new Uint32Array(0),
  };
}

/** What {@link readLabels} gives, read at one go. */
export function labelsOf(projection: Projection, gold?: ReadonlyMap<number, Values>): QualitySource {
  const reading = readLabels(projection, gold);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** Rows of authors in the order of their ids. */
function authorRows(projection: Projection): number[] {
  return Array.from({ length: projection.authorCount }, (_, row) => row).sort((a, b) =>
    projection.author(a) < projection.author(b) ? -1 : 1,
  );
}

/** Each answer that was asked for again, with the same author's answer before it. */
function* askedAgain(projection: Projection, numberOf: Uint32Array): Generator<void, AskedAgain> {
  const { said } = projection;
  const found: (readonly [author: number, before: number, after: number])[] = [];
  for (let row = 0; row < said.length; row++) {
    if (row % (8 * AT_ONCE) === 8 * AT_ONCE - 1) yield;
    if (said.origin(row) !== 'again') continue;
    const author = numberOf[said.author(row)] ?? 0;
    if (author === 0 || projection.position(said.item(row)) < 0) continue;
    const before = said
      .of(said.item(row))
      .find((other) => other < row && said.author(other) === said.author(row) && said.type(other) === 'annotated');
    if (before !== undefined) found.push([author - 1, said.values(before), said.values(row)]);
  }
  // By author, then as each author's log has them: the order in which logs came in does not count.
  found.sort(([a], [b]) => a - b);
  return {
    author: Uint32Array.from(found, ([author]) => author),
    before: Uint32Array.from(found, ([, before]) => before),
    after: Uint32Array.from(found, ([, , after]) => after),
  };
}

/** Columns of annotations that grow. */
class Growing {
  length = 0;
  #author: Uint32Array;
  #values: Uint32Array;
  #time: Float64Array;
  #leadMs: Uint32Array;

  constructor(room: number) {
    this.#author = new Uint32Array(room);
    this.#values = new Uint32Array(room);
    this.#time = new Float64Array(room);
    this.#leadMs = new Uint32Array(room);
  }

  /** Adds an annotation to those of an item, which begin at `from`, in order of their authors. */
  insert(from: number, author: number, values: number, time: number, leadMs: number): void {
    let row = this.length++;
    if (row === this.#author.length) this.#grow();
    for (; row > from && this.#author[row - 1]! > author; row--) this.#move(row - 1, row);
    this.#author[row] = author;
    this.#values[row] = values;
    this.#time[row] = time;
    this.#leadMs[row] = leadMs;
  }

  columns() {
    const { length } = this;
    return {
      author: this.#author.slice(0, length),
      values: this.#values.slice(0, length),
      time: this.#time.slice(0, length),
      leadMs: this.#leadMs.slice(0, length),
    };
  }

  #move(from: number, to: number): void {
    this.#author[to] = this.#author[from]!;
    this.#values[to] = this.#values[from]!;
    this.#time[to] = this.#time[from]!;
    this.#leadMs[to] = this.#leadMs[from]!;
  }

  #grow(): void {
    this.#author = grown(this.#author, this.length);
    this.#values = grown(this.#values, this.length);
    this.#time = grown(this.#time, this.length);
    this.#leadMs = grown(this.#leadMs, this.length);
  }
}
