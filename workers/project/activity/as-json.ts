import { toBase32 } from '#core/model/base32';

/** What a commit holds as JSON can say it: bytes as base32, whole numbers beyond 2^53 as text. */
export function asJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return toBase32(value);
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, asJson(of)]));
}

/** The time by its author's clock, which may say anything; null for one that no calendar has. */
export const asIsoTime = (time: number): string | null =>
  Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : null;
