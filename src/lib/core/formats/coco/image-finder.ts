import { err, ok, type Result } from '../../result';

/**
 * Finds the files that `file_name` means. Tools disagree on the folder to which it is relative, so the usual ones around
 * the JSON are tried, then any file of that name, as long as there is just one.
 */
export class ImageFinder {
  /** Paths by their composed form (NFC): macOS decomposes names. */
  readonly #paths = new Map<string, string>();
  readonly #byName = new Map<string, string[]>();

  constructor(paths: Iterable<string>) {
    for (const path of paths) {
      const composed = path.normalize('NFC');
      this.#paths.set(composed, path);
      const name = baseName(composed);
      const namesakes = this.#byName.get(name);
      if (namesakes) namesakes.push(composed);
      else this.#byName.set(name, [composed]);
    }
  }

  /**
   * @param json path of the file that names it
   * @returns the path, or the reason why there is none
   */
  find(fileName: string, json: string): Result<string, string> {
    const wanted = fileName
      .normalize('NFC')
      .replaceAll('\\', '/')
      .replace(/^(?:\.?\/)+/, '');
    for (const folder of foldersFor(json)) {
      const path = this.#paths.get(folder === '' ? wanted : `${folder}/${wanted}`);
      if (path !== undefined) return ok(path);
    }
    const namesakes = this.#byName.get(baseName(wanted)) ?? [];
    const fitting = namesakes.filter((path) => path.endsWith(`/${wanted}`));
    const [found, ...others] = fitting.length > 0 ? fitting : namesakes;
    if (found === undefined) return err(`its image ${fileName} is not among the files`);
    if (others.length > 0) return err(`several files could be its image ${fileName}`);
    return ok(this.#paths.get(found)!);
  }
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Of `a/annotations/instances_train.json`: `a/annotations` and `a`, in each also `images`, `train` and `images/train`. */
function foldersFor(json: string): string[] {
  const parts = json.normalize('NFC').split('/');
  const words = parts.pop()!.split(/[_.-]/);
  const inside = ['', 'images', ...words, ...words.map((word) => `images/${word}`)];
  const around = [parts, ...(parts.length > 0 ? [parts.slice(0, -1)] : [])].map((folder) => folder.join('/'));
  return around.flatMap((folder) =>
    inside.map((name) => (folder === '' || name === '' ? folder + name : `${folder}/${name}`)),
  );
}
