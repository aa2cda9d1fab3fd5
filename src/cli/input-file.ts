import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fault, type ConcordError } from '#core/errors';
import { openProjectFile, type ProjectFile } from '#core/project-file/read';
import type { FileMap } from '#core/formats/format';
import { err, ok, type Result } from '#core/result';
import { openZip } from '#io/files/zip-reader';

/** A file, read as it is asked for: a project file of gigabytes never enters memory. Rejects where it cannot be opened. */
export async function openInput(path: string): Promise<Result<Blob>> {
  const found = await stat(path);
  // A Blob of something else would be empty.
  if (!found.isFile()) return err(fault('file.unreadable', path, { reason: 'it is not a file' }));
  return ok(await openAsBlob(path));
}

/** The files in a project file; what the zip refuses makes it unusable. */
export async function openFiles(signal: AbortSignal, path: string, blob: Blob): Promise<Result<FileMap>> {
  const issues: ConcordError[] = [];
  const files = await openZip(signal, blob, { path, onIssue: (issue) => issues.push(issue) });
  return files.ok && issues[0] ? err(issues[0]) : files;
}

/** A project file, with errors that name it. */
export async function openProject(signal: AbortSignal, path: string): Promise<Result<ProjectFile>> {
  const blob = await openInput(path);
  const files = blob.ok ? await openFiles(signal, path, blob.value) : blob;
  return files.ok ? within(path, await openProjectFile(files.value)) : files;
}

/** The same, with the file's path before that of the part that an error is about. */
export function within<T>(path: string, result: Result<T>): Result<T> {
  return result.ok ? result : err(insideOf(path, result.error));
}

export const insideOf = (file: string, error: ConcordError): ConcordError =>
  error.path === file || error.path.startsWith(`${file}/`)
    ? error
    : { ...error, path: error.path === '' ? file : `${file}, ${error.path}` };
