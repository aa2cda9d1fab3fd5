import type { Commit } from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import type { Values, ValuesOrigin } from '#core/model/annotation';
import { toBase32 } from '#core/model/base32';
import { hashOf } from '#core/model/hash';
import type { AuthorId, ItemId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import type { Settings } from '#core/model/project';
import type { Schema } from '#core/model/schema';
import { Projection } from '#core/projection/projection';
import { singleChoice } from './rated-project';

/** An answer to an item, by places; those of one person in the order of the list. `null` skips. */
export interface Answered {
  readonly by: number;
  readonly item: number;
  readonly values: Values | null;
  readonly leadMs?: number;
  readonly from?: ValuesOrigin;
}

export interface RatedProjection {
  readonly projection: Projection;
  readonly items: readonly ItemId[];
  /** The owner, who answers nothing, then the people. */
  readonly authors: readonly AuthorId[];
  /** Applies events of an author's next commit. */
  readonly apply: (author: AuthorId, ...events: LogEvent[]) => void;
  readonly answer: (answered: Answered) => void;
}

/** Milliseconds between two answers, whoever gives them. */
const BETWEEN = 1_000;

/** A project that several people labelled, projected without files or signatures. */
export function ratedProjection(options: {
  readonly people: number;
  readonly items: number;
  readonly schema: Schema;
  readonly answers: Iterable<Answered>;
  readonly settings?: Partial<Settings>;
  readonly me?: number;
}): RatedProjection {
  const { people, schema, settings = {} } = options;
  const authors = Array.from({ length: people + 1 }, (_, n) => toBase32(new Uint8Array(32).fill(n + 1)));
  const items = Array.from({ length: options.items }, (_, n) => itemId({ kind: 'text', text: `text ${n}` }));
  const chunk = hashOf(Uint8Array.of(1));
  const projection = new Projection(options.me === undefined ? null : authors[options.me]!);
  const lengths = new Map<AuthorId, number>();
  let lamport = 0;
  const apply = (author: AuthorId, ...events: LogEvent[]): void => {
    const seq = lengths.get(author) ?? 0;
    lengths.set(author, seq + 1);
    lamport++;
    const commit: Commit = {
      seq,
      lamport,
      time: lamport * BETWEEN,
      prev: new Uint8Array(32),
      sig: new Uint8Array(64),
      events,
    };
    projection.apply(author, commit);
  };
  const answer = ({ by, item, values, leadMs = 1_000, from = 'person' }: Answered): void => {
    const of = items[item]!;
    apply(
      authors[by + 1]!,
      values === null
        ? { type: 'item.skipped', item: of, leadMs }
        : { type: 'annotation.submitted', item: of, values, schema: schema.version, leadMs, from },
    );
  };
  const [owner, ...others] = authors as [AuthorId, ...AuthorId[]];
  const recovery = new Uint8Array(32).fill(9);
  apply(owner, {
    ...{ type: 'project.founded', version: 1, name: 'Animals', founder: 'Ada' },
    ...{ recovery, nonce: new Uint8Array(16) },
  });
  apply(
    owner,
    { type: 'schema.changed', schema },
    { type: 'settings.changed', settings: { minAnnotators: 2, ...settings } },
    { type: 'items.added', chunk, count: items.length },
    ...others.map((author): LogEvent => {
      return { type: 'member.changed', author, role: 'annotator', asOf: { seq: -1, hash: new Uint8Array(32) } };
    }),
  );
  projection.addChunk(chunk, items);
  for (const answered of options.answers) answer(answered);
  return { projection, items, authors, apply, answer };
}

/**
 * Answers to one question of single choice, written as a table: a row for each item, a column for each person, `.` for none.
 *
 * @example table('a a .', 'b a b')
 */
export function table(...rows: readonly string[]): { people: number; items: number; answers: Answered[] } {
  const cells = rows.map((row) => row.trim().split(/\s+/));
  const answers = cells.flatMap((row, item) =>
    row.flatMap((cell, by): Answered[] => (cell === '.' ? [] : [{ by, item, values: { label: [cell] } }])),
  );
  return { people: Math.max(0, ...cells.map(({ length }) => length)), items: rows.length, answers };
}

/** A project of one question of single choice, from a {@link table}. */
export const ratedTable = (classes: readonly string[], rows: readonly string[], settings?: Partial<Settings>) =>
  ratedProjection({ ...table(...rows), schema: singleChoice(classes), ...(settings && { settings }) });
