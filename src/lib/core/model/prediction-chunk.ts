import { encode } from '@ipld/dag-cbor';
import * as v from 'valibot';
import { fault } from '../errors';
import { isFieldValue } from '../fields/registry';
import type { Prediction } from '../log/events';
import type { FieldValue } from './annotation';
import { err, ok, type Result } from '../result';
import { decodeCanonical } from './canonical';

const Packed = v.object({
  version: v.literal(1),
  items: v.array(
    v.tuple([v.string(), v.record(v.string(), v.custom<FieldValue>(isFieldValue)), v.nullable(v.number())]),
  ),
});

/** The canonical bytes of a batch of predictions; stored and announced by their hash, as items are. */
export function encodePredictions(predictions: readonly Prediction[]): Uint8Array {
  return encode({ version: 1, items: predictions.map(({ item, values, confidence }) => [item, values, confidence]) });
}

export function decodePredictions(bytes: Uint8Array): Result<Prediction[]> {
  const parsed = v.safeParse(Packed, decodeCanonical(bytes));
  if (!parsed.success) return err(fault('chunk.malformed', '', { reason: parsed.issues[0].message }));
  return ok(parsed.output.items.map(([item, values, confidence]) => ({ item, values, confidence })));
}
