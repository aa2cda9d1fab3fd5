import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fault } from '#core/errors';
import type { OutputFile } from '#core/formats/format';
import { isSafePath } from '#core/formats/paths';
import { err, ok, type Result } from '#core/result';
import { isThere, writeNew, type Existing } from './output-file';
import { partialName } from './system-fault';

/** What was written into a folder. */
export interface Written {
  readonly files: number;
  readonly bytes: number;
}

/** Whether a folder may be written: it is not there, or empty, or may be written into. */
export async function mayFill(folder: string, existing: Existing): Promise<Result<null>> {
  const found = await stat(folder).catch(() => null);
  if (!found) return ok(null);
  if (!found.isDirectory()) return err(fault('file.exists', folder));
  return existing === 'keep' && (await readdir(folder)).length > 0 ? err(fault('file.exists', folder)) : ok(null);
}

/**
 * Writes files beside their folder and moves them into it when all are whole. Of a folder that is there already, files of the
 * same names are replaced and all others stay. Rejects as `writeFile` does; then nothing is left behind.
 */
export async function fillFolder(
  signal: AbortSignal,
  folder: string,
  files: AsyncIterable<OutputFile>,
  existing: Existing,
): Promise<Result<Written>> {
  const target = resolve(folder);
  const partial = partialName(target);
  const paths: string[] = [];
  let bytes = 0;
  try {
    await mkdir(partial, { recursive: true });
    for await (const { path, chunks } of files) {
      signal.throwIfAborted();
      if (!isSafePath(path)) throw new Error(`a format wrote to ${path}`);
      await mkdir(dirname(join(partial, path)), { recursive: true });
      bytes += await writeNew(signal, join(partial, path), chunks);
      paths.push(path);
    }
    signal.throwIfAborted();
    const may = await mayFill(folder, existing);
    if (!may.ok) return may;
    if (await isThere(target)) await moveInto(target, partial, paths);
    else await rename(partial, target);
    return ok({ files: paths.length, bytes });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function moveInto(target: string, partial: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await rename(join(partial, path), join(target, path));
  }
}
