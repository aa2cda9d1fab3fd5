import { compareNaturally } from '#core/text/natural';

/** A file as the person gave it; `path` keeps the folders, with `/`. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** In the order in which a person would list them, so that an import does not depend on the file system. */
export function inNaturalOrder(files: readonly PickedFile[]): PickedFile[] {
  return [...files].sort((a, b) => compareNaturally(a.path, b.path));
}
