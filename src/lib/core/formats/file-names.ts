import type { DatasetItem } from './format';
import { hasImageName, imageExtension, sameExtension } from './image-files';
import { safeName } from './safe-names';

/**
 * Names files within their folders: as they were called, with the ending of their type; by the item's id too where that
 * is taken.
 */
export class FileNames {
  readonly #taken = new Set<string>();
  readonly #differ: 'in-folder' | 'in-stem';

  /**
   * @param differ `in-folder`: no two files of a folder have the same name. `in-stem`: no two files of the whole export
   *   have the same name before the ending, so that each can have a label file of its own.
   */
  constructor(differ: 'in-folder' | 'in-stem' = 'in-folder') {
    this.#differ = differ;
  }

  take(folder: string, { id, content, sources }: DatasetItem): string {
    const base = sources[0]?.file.split('/').at(-1) ?? id;
    const type = content.kind === 'image' ? content.facts.type : '';
    const [, stem, ending] = /^(.*?)(?:\.([^.]*))?$/s.exec(base) as unknown as [string, string, string | undefined];
    const keeps = ending !== undefined && sameExtension(ending, type);
    const isEnding = ending !== undefined && hasImageName(base);
    const extension = keeps ? ending : imageExtension(type);
    const wanted = safeName(keeps || isEnding ? stem : base);
    // Different also where case is ignored.
    const keyOf = (name: string) =>
      (this.#differ === 'in-stem' ? name : `${folder}/${name}.${extension}`).toLowerCase();
    const name = this.#taken.has(keyOf(wanted)) ? `${wanted}-${id}` : wanted;
    this.#taken.add(keyOf(name));
    return `${folder}/${name}.${extension}`;
  }
}
