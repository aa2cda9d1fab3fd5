import { compareNaturally } from '../../text/natural';
import { hasImageName } from '../image-files';
import { isConfig } from './config';

/** Which label files belong to which images. */
export interface YoloLayout {
  /** Paths of images, each with those of its label files, in natural order. */
  readonly images: ReadonlyMap<string, readonly string[]>;
  /** Label files without an image, by the path that it would have, without its ending. */
  readonly orphans: ReadonlyMap<string, readonly string[]>;
}

export const labelPathsOf = ({ images, orphans }: YoloLayout): string[] =>
  [...images.values(), ...orphans.values()].flat();

/**
 * Label files lie in a folder `labels` where the images lie in `images` (Ultralytics), or beside their images (Darknet);
 * elsewhere below a folder `labels`, such as those that a prediction wrote, the name decides as long as only one image
 * has it.
 */
export function layoutOf(paths: Iterable<string>): YoloLayout {
  const sorted = [...paths].sort(compareNaturally);
  const images = new Map<string, string[]>();
  const byStem = new Map<string, string>();
  const byName = new Map<string, string | null>();
  for (const path of sorted) {
    if (!hasImageName(path)) continue;
    images.set(path, []);
    const stem = stemOf(path);
    if (!byStem.has(stem)) byStem.set(stem, path);
    byName.set(nameOf(stem), byName.has(nameOf(stem)) ? null : path);
  }
  const orphans = new Map<string, string[]>();
  for (const path of sorted) {
    if (!/\.txt$/i.test(path) || isConfig(path)) continue;
    const stem = stemOf(path);
    const folders = stem.split('/').slice(0, -1);
    const at = folders.lastIndexOf('labels');
    const swapped = [...folders.slice(0, at), 'images', ...folders.slice(at + 1), nameOf(stem)].join('/');
    const image =
      byStem.get(stem) ?? (at < 0 ? undefined : (byStem.get(swapped) ?? byName.get(nameOf(stem)) ?? undefined));
    if (image !== undefined) images.get(image)!.push(path);
    else if (at >= 0) orphans.set(swapped, [...(orphans.get(swapped) ?? []), path]);
  }
  return { images, orphans };
}

/** The path without the ending. */
const stemOf = (path: string): string => path.normalize('NFC').replace(/\.[^./]*$/, '');
const nameOf = (stem: string): string => stem.slice(stem.lastIndexOf('/') + 1);

/** What the model is called whose predictions these are: the folder in which `labels` lies. */
export function modelOf(labelPath: string): string {
  const folders = labelPath.split('/').slice(0, -1);
  const at = folders.lastIndexOf('labels');
  return (at < 0 ? folders : folders.slice(0, at)).at(-1) ?? 'YOLO';
}
