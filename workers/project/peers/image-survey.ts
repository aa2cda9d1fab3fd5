import type { Hash } from '#core/model/ids';
import { NOWHERE, type PlacedChunk } from '#core/projection/placement';
import type { Session } from '../session';
import { imageOf, type ImageRef } from './image-ref';

/**
 * Which of the project's images are not on this device, found chunk by chunk: however many there are, only those of the chunk
 * that is looked at are held.
 */
export class ImageSurvey {
  readonly #session: Session;
  /** Of each chunk that was looked at, how many of its images are missing. */
  readonly #counts = new Map<Hash, number>();
  /** Chunks that were looked at in this round. */
  readonly #seen = new Set<Hash>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Images that are not here, as far as is known. */
  get missing(): number {
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  /** Looks at every chunk again that is not known to be whole, for example because another peer has come. */
  restart(): void {
    this.#seen.clear();
    for (const [chunk, count] of this.#counts) if (count === 0) this.#seen.add(chunk);
  }

  /** An image was dropped, or went missing in another way: nothing is known to be whole any more. */
  forget(): void {
    this.#counts.clear();
    this.#seen.clear();
  }

  /** An image that a chunk names is here now. */
  arrived(chunk: Hash): void {
    const count = this.#counts.get(chunk);
    if (count !== undefined && count > 0) this.#counts.set(chunk, count - 1);
  }

  /**
   * Looks at the next chunk; null where all were.
   *
   * @param item the row of the one that the person is at: its chunk comes first, then those after it; -1: none
   */
  async next(item: number): Promise<readonly ImageRef[] | null> {
    const { projection } = this.#session;
    const placed = this.#firstFrom(item < 0 ? undefined : projection.places(item)[0]?.chunk, this.#seen);
    if (!placed) return null;
    this.#seen.add(placed.hash);
    return this.#look(placed);
  }

  /** Counts what is missing of the next chunk whose images were never looked for; false where there is none. */
  async count(): Promise<boolean> {
    const placed = this.#firstFrom(undefined, this.#counts);
    if (placed) await this.#look(placed);
    return placed !== undefined;
  }

  async #look(placed: PlacedChunk): Promise<readonly ImageRef[]> {
    const { reader, store } = this.#session;
    const view = await reader.read(placed.hash);
    const images = new Map<Hash, ImageRef>();
    for (const row of view?.imageRows() ?? []) {
      const record = placed.items[row] === NOWHERE ? null : view!.record(row);
      const image = record && imageOf(record, placed.hash);
      if (image) images.set(image.hash, image);
    }
    const here = images.size === 0 ? new Set() : await store.has('blobs', [...images.keys()]);
    const missing = [...images.values()].filter(({ hash }) => !here.has(hash));
    this.#counts.set(placed.hash, missing.length);
    return missing;
  }

  /** The first chunk from this one on, and around, that is not among the known. */
  #firstFrom(first: Hash | undefined, known: { has(hash: Hash): boolean }): PlacedChunk | undefined {
    const { chunks } = this.#session.projection;
    const start = Math.max(
      0,
      chunks.findIndex(({ hash }) => hash === first),
    );
    const isNew = ({ hash }: PlacedChunk) => !known.has(hash);
    return chunks.slice(start).find(isNew) ?? chunks.slice(0, start).find(isNew);
  }
}
