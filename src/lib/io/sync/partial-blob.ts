import { BlobParts } from '../files/blob-parts';

/** What has come of a content so far, from whomever; a break costs nothing of it. */
export class PartialBlob {
  /** Bytes of the whole, as the first peer who had it said; null until then. */
  size: number | null = null;
  /** Links that its bytes came over. */
  readonly from = new Set<string>();
  readonly #parts = new BlobParts();

  get received(): number {
    return this.#parts.size;
  }

  get isWhole(): boolean {
    return this.received === this.size;
  }

  add(link: string, bytes: Uint8Array): void {
    this.from.add(link);
    this.#parts.push(bytes);
  }

  blob(): Blob {
    return this.#parts.blob();
  }
}
