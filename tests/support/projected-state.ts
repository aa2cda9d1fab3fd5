import type { Commit } from '#core/log/commit';
import type { ItemEvent, LogEvent } from '#core/log/events';
import { hashOf } from '#core/model/hash';
import type { AuthorId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { Projection } from '#core/projection/projection';
import { SCHEMA } from './schema';

/** The items of simulated projects, and what their founders say of them. */
export const ITEMS = Array.from({ length: 9 }, (_, n) => itemId({ kind: 'text', text: `item ${n}` }));
const CHUNK = hashOf(Uint8Array.of(1));
export const CONTENTS: readonly LogEvent[] = [
  { type: 'schema.changed', schema: SCHEMA },
  { type: 'items.added', chunk: CHUNK, count: ITEMS.length },
];

export const annotation = (item: string, label: string): ItemEvent => ({
  ...{ type: 'annotation.submitted', item, values: { label: [label] } },
  ...{ schema: 1, leadMs: 5, from: 'person' },
});

/** Everything that a person could see of a project, projected from nothing from these logs, taken in this order of authors. */
export function projectedState(logs: ReadonlyMap<AuthorId, readonly Commit[]>, order: readonly AuthorId[]): unknown {
  const feed = (projection: Projection): Projection => {
    for (const author of order) for (const commit of logs.get(author) ?? []) projection.apply(author, commit);
    projection.addChunk(CHUNK, ITEMS);
    return projection;
  };
  const first = feed(new Projection(null));
  const projection = first.isStale ? feed(first.renewed()) : first;
  return {
    roles: order.map((author) => [author, projection.role(author)]).sort(),
    settings: projection.settings,
    items: ITEMS.map((id) => {
      const item = projection.find(id);
      return {
        status: projection.status(item),
        label: projection.label(item) === 0 ? null : projection.pool.read(projection.label(item)),
        history: projection.historyOf(item).map(({ type, author, seq, lamport, text }) => {
          return [type, projection.author(author), seq, lamport, text];
        }),
      };
    }),
  };
}
