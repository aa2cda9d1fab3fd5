import { encode } from '@ipld/dag-cbor';
import { MAX_COMMIT_BYTES, MAX_COMMIT_EVENTS } from './commit';
import type { LogEvent } from './events';

/** Room for what a commit holds beside its events. */
const ENVELOPE_BYTES = 1_024;

/** Splits events, in order, into as few lists as fit into one commit each. */
export function* commitBatches(events: Iterable<LogEvent>): Generator<readonly LogEvent[]> {
  let batch: LogEvent[] = [];
  let bytes = ENVELOPE_BYTES;
  for (const event of events) {
    const size = encode(event).length;
    if (batch.length === MAX_COMMIT_EVENTS || (batch.length > 0 && bytes + size > MAX_COMMIT_BYTES)) {
      yield batch;
      batch = [];
      bytes = ENVELOPE_BYTES;
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
