import { lstat, open, rename, rm } from 'node:fs/promises';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import { partialName } from './system-fault';

export type Existing = 'keep' | 'replace';

/** Whether something may be written at a path; `file.exists` where something is there that is to be kept. */
export async function mayWrite(path: string, existing: Existing): Promise<Result<null>> {
  return existing === 'keep' && (await isThere(path)) ? err(fault('file.exists', path)) : ok(null);
}

/**
 * Writes a file under another name and gives it its own when it is whole and on the disk: nobody ever sees a half of it.
 * Rejects where the system refuses, and with the signal's reason when it is aborted; then nothing is left behind.
 */
export async function writeFile(
  signal: AbortSignal,
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  existing: Existing,
): Promise<Result<null>> {
  const partial = partialName(path);
  try {
    await writeNew(signal, partial, chunks);
    const may = await mayWrite(path, existing);
    if (may.ok) await rename(partial, path);
    return may;
  } finally {
    await rm(partial, { force: true });
  }
}

/** Writes a file that is not there yet; what came until a failure stays. */
export async function writeNew(
  signal: AbortSignal,
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  const file = await open(path, 'wx');
  let size = 0;
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      await file.writeFile(chunk);
      size += chunk.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return size;
}

export const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
