import type { ItemEvent } from '#core/log/events';
import { ANNOTATION, NO_ANSWER, SKIP, type Answer } from '#core/projection/answers';
import type { Projection } from '#core/projection/projection';

/** The event that brings an author's answer to an item back to this one, whatever comes in between. */
export function restating(projection: Projection, row: number, answer: Answer): ItemEvent {
  const item = projection.id(row);
  switch (answer.kind) {
    case ANNOTATION: {
      const record = projection.record(answer.record);
      return {
        ...{ type: 'annotation.submitted', item, values: projection.pool.raw(answer.values), schema: record.schema },
        ...{ leadMs: record.leadMs, from: record.origin ?? 'person' },
        ...(record.text !== '' && { note: record.text }),
      };
    }
    case SKIP:
      return { type: 'item.skipped', item, leadMs: projection.record(answer.record).leadMs };
    case NO_ANSWER:
      return { type: 'annotation.withdrawn', item };
  }
}
