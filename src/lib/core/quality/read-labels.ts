import type { Values } from '../model/annotation';
import { ANNOTATION, SKIP } from '../projection/answers';
import { grown } from '../projection/columns';
import type { Projection } from '../projection/projection';
import type { AskedAgain, LabelColumns, QualitySource } from './label-columns';

/** Items or rows of the history between two times that the caller may do something else. */
const AT_ONCE = 2_048;

/**
 * Reads from a projection what the figures are made of: one walk over the answers and one over the history, 50 ms for half a million
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
  const numbers = new Map(rows.map((row, number) => [row, number]));
  const skipped = new Uint32Array(rows.length);
  const answers = new Growing(order.length * 2);
  const start = new Uint32Array(order.length + 1);
  const resolution = new Uint32Array(order.length);
  const found: Answer[] = [];
  for (let item = 0; item < order.length; item++) {
    if (item % AT_ONCE === AT_ONCE - 1) yield;
    found.length = 0;
    projection.eachAnswer(order[item]!, (row, kind, values, record) => {
      const author = numbers.get(row);
      // An author whose first answer came while this was read is in the next reading.
      if (author === undefined) return;
      if (kind === ANNOTATION) found.push({ author, values, record });
      else if (kind === SKIP) skipped[author]!++;
    });
    if (found.length > 1) found.sort((a, b) => a.author - b.author);
    for (const { author, values, record } of found) answers.add(author, values, said.time(record), said.leadMs(record));
    start[item + 1] = answers.length;
    resolution[item] = projection.resolution(order[item]!);
  }
  const again = yield* askedAgain(projection, numbers);
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

interface Answer {
  readonly author: number;
  readonly values: number;
  readonly record: number;
}

/** Rows of authors in the order of their ids. */
function authorRows(projection: Projection): number[] {
  return Array.from({ length: projection.authorCount }, (_, row) => row).sort((a, b) =>
    projection.author(a) < projection.author(b) ? -1 : 1,
  );
}

/** Each answer that was asked for again, with the same author's answer before it. */
function* askedAgain(projection: Projection, numbers: ReadonlyMap<number, number>): Generator<void, AskedAgain> {
  const { said } = projection;
  const found: (readonly [author: number, before: number, after: number])[] = [];
  for (let row = 0; row < said.length; row++) {
    if (row % (8 * AT_ONCE) === 8 * AT_ONCE - 1) yield;
    if (said.origin(row) !== 'again') continue;
    const author = numbers.get(said.author(row));
    if (author === undefined || projection.position(said.item(row)) < 0) continue;
    const before = said
      .of(said.item(row))
      .find((other) => other < row && said.author(other) === said.author(row) && said.type(other) === 'annotated');
    if (before !== undefined) found.push([author, said.values(before), said.values(row)]);
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

  add(author: number, values: number, time: number, leadMs: number): void {
    const row = this.length++;
    if (row === this.#author.length) this.#grow();
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

  #grow(): void {
    this.#author = grown(this.#author, this.length);
    this.#values = grown(this.#values, this.length);
    this.#time = grown(this.#time, this.length);
    this.#leadMs = grown(this.#leadMs, this.length);
  }
}
