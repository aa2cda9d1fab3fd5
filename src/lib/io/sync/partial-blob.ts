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

  /** Everything that has come: bytes while they are few, because each Blob is a matter for the browser's other processes. */
  whole(): Uint8Array<ArrayBuffer> | Blob {
    const parts = this.#parts.parts();
    if (!parts.every((part) => part instanceof Uint8Array)) return this.#parts.blob();
    const bytes = new Uint8Array(this.received);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}
