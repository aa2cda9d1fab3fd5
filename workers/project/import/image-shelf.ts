import { compareNaturally } from '#core/text/natural';
import type { Result } from '#core/result';
import type { GivenFile } from './given';
import { IMAGES_AHEAD, readStoredImage, type StoredImage } from './stored-image';

/** Images that lie ready; a format that reads all of them before it gives an item has them read once more. */
const KEPT = 64;

/**
 * Reads images for a data set, whose format asks for one after the other. While it asks in the order of the files, the
 * next ones are read meanwhile.
 */
export class ImageShelf {
  readonly #signal: AbortSignal;
  /** In the order in which formats mostly ask. */
  readonly #files: readonly GivenFile[];
  readonly #places: ReadonlyMap<GivenFile, number>;
  /** The oldest first. */
  readonly #reads = new Map<GivenFile, Promise<Result<StoredImage>>>();
  #last = -1;

  constructor(signal: AbortSignal, images: readonly GivenFile[]) {
    this.#signal = signal;
    this.#files = images.toSorted((a, b) => compareNaturally(a.path, b.path));
    this.#places = new Map(this.#files.map((file, place) => [file, place]));
  }

  /** The image stays on the shelf for a while. */
  read(file: GivenFile): Promise<Result<StoredImage>> {
    const place = this.#places.get(file) ?? -1;
    const isNext = place === this.#last + 1;
    this.#last = place;
    const read = this.#start(file);
    if (isNext) for (const next of this.#files.slice(place + 1, place + IMAGES_AHEAD)) void this.#start(next);
    return read;
  }

  /** The image, which leaves the shelf. */
  take(file: GivenFile): Promise<Result<StoredImage>> {
    const image = this.#start(file);
    this.#reads.delete(file);
    return image;
  }

  #start(file: GivenFile): Promise<Result<StoredImage>> {
    const known = this.#reads.get(file);
    if (known) return known;
    const read = readStoredImage(this.#signal, file);
    read.catch(() => undefined);
    this.#reads.set(file, read);
    if (this.#reads.size > KEPT) this.#reads.delete(this.#reads.keys().next().value!);
    return read;
  }
}
