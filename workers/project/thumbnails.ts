import type { Hash } from '#core/model/ids';
import { thumbnail } from '#io/files/images';
import type { ProjectStore } from '#io/storage/project-store';

/** Images decoded at once; each takes the memory of its bitmap. */
const DECODED_AT_ONCE = 2;

/** Thumbnails of stored images. An import stores them; for images out of a project file they are made when they are seen. */
export class Thumbnails {
  readonly #store: ProjectStore;
  /** Being made, and those that cannot be. */
  readonly #made = new Map<Hash, Promise<Blob | null>>();
  readonly #waiting: (() => void)[] = [];
  #decoding = 0;

  constructor(store: ProjectStore) {
    this.#store = store;
  }

  /** null where the image is not here, or cannot be drawn in a worker. */
  async get(hash: Hash): Promise<Blob | null> {
    const stored = await this.#store.thumbnails.get(hash);
    if (stored) return stored.blob;
    const made = this.#made.get(hash) ?? this.#make(hash);
    this.#made.set(hash, made);
    return made;
  }

  async #make(hash: Hash): Promise<Blob | null> {
    await this.#turn();
    try {
      const image = await this.#store.blob(hash);
      const blob = image && (await thumbnail(image));
      if (!blob) return null;
      // Where there is no room for it, it is made again another time.
      await this.#store.thumbnails.put({ hash, blob }).catch(() => undefined);
      this.#made.delete(hash);
      return blob;
    } catch (error) {
      this.#made.delete(hash);
      throw error;
    } finally {
      this.#decoding--;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#decoding >= DECODED_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#decoding++;
  }
}
