import type { ConcordError } from './errors';

/** An expected outcome: either a value, or an error from the one catalogue. Programmer's errors throw instead. */
export type Result<T, E = ConcordError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
