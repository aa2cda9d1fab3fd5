/**
 * Known answers as bytes: a length (32 bits, highest first), canonical dag-cbor of `[[item, values | null], …]`, and zeros up to one of
 * few lengths, so that the size of what is sealed hardly tells how many answers there are.
 *
 * Lengths are at least 4 KiB and rounded up by Padmé (Nikitin et al., "Reducing metadata leakage from encrypted files and
 * communication with PURBs", PoPETs 2019), which costs at most 12 % and tells O(log log length) bits.
 */
import { encode } from '@ipld/dag-cbor';
import * as v from 'valibot';
import { isFieldValue } from '../fields/registry';
import type { FieldValue, Values } from '../model/annotation';
import { decodeCanonical } from '../model/canonical';
import type { ItemId } from '../model/ids';
import { MAX_FIELDS } from '../model/schema-limits';
import { mapOf } from '../model/schema-shape';

/** What an item is known to be; null: it is not known any more. */
export interface SealedAnswer {
  readonly item: ItemId;
  readonly values: Values | null;
}

const HEADER_BYTES = 4;
const LEAST_BYTES = 4_096;

const item = v.pipe(v.string(), v.regex(/^[a-z2-7]{25}[aeimquy4]$/));
const anyValues = mapOf((_value): _value is unknown => true, MAX_FIELDS);
const answers = v.array(v.strictTuple([item, v.nullable(anyValues)]));
const knownValues = mapOf<FieldValue>(isFieldValue, MAX_FIELDS);

/** Bytes that an answer takes, padding left out. */
export const sizeOf = ({ item, values }: SealedAnswer): number => encode([item, values]).length;

export function encodeAnswers(known: readonly SealedAnswer[]): Uint8Array {
  const content = encode(known.map(({ item, values }) => [item, values]));
  const bytes = new Uint8Array(paddedLength(HEADER_BYTES + content.length));
  new DataView(bytes.buffer).setUint32(0, content.length);
  bytes.set(content, HEADER_BYTES);
  return bytes;
}

/** Inverse of {@link encodeAnswers}; null for anything else. Values of kinds that this version does not know are left out. */
export function decodeAnswers(bytes: Uint8Array): SealedAnswer[] | null {
  if (bytes.length < HEADER_BYTES) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (HEADER_BYTES + length > bytes.length) return null;
  const content = decodeCanonical(bytes.subarray(HEADER_BYTES, HEADER_BYTES + length));
  if (!v.is(answers, content)) return null;
  return content.flatMap(([item, values]) => (values === null || v.is(knownValues, values) ? [{ item, values }] : []));
}

/** Padmé: the last bits of a length are rounded up, as many as its logarithm has no room for. */
function paddedLength(length: number): number {
  const least = Math.max(length, LEAST_BYTES);
  const exponent = Math.floor(Math.log2(least));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - kept);
  return Math.ceil(least / step) * step;
}
