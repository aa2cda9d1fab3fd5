import { readFile } from 'node:fs/promises';
import type { FileMap } from '#core/formats/format';
import { openProjectFile, type ProjectFile } from '#core/project-file/read';
import { openZip } from '#io/files/zip-reader';

/** A project file on the disk, as a zip and as what it says. */
export async function savedFile(path: string): Promise<{ readonly files: FileMap; readonly file: ProjectFile }> {
  const blob = new Blob([await readFile(path)]);
  const files = await openZip(new AbortController().signal, blob, {
    path,
    onIssue: ({ message, path: place }) => {
      throw new Error(`${message} (${place})`);
    },
  });
  if (!files.ok) throw new Error(files.error.message);
  const file = await openProjectFile(files.value);
  if (!file.ok) throw new Error(file.error.message);
  return { files: files.value, file: file.value };
}
