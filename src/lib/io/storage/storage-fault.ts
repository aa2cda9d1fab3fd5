import { fault, type ConcordError } from '#core/errors';

/** Names of what IndexedDB, through Dexie, throws when the disk or the origin's quota is exhausted. */
const isQuotaError = (error: unknown): boolean => {
  for (let cause = error; cause instanceof Object; cause = (cause as { inner?: unknown }).inner) {
    if ((cause as { name?: unknown }).name === 'QuotaExceededError') return true;
  }
  return false;
};

/** The catalogue's error for a failed write or read. */
export function storageFault(error: unknown, path: string): ConcordError {
  if (isQuotaError(error)) return fault('storage.full', path);
  return fault('storage.failed', path, { reason: error instanceof Error ? error.message : String(error) });
}
