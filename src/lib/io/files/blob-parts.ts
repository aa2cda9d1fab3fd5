/** Bytes that are held in memory before they are handed to the browser as a Blob, which may keep them on disk. */
const PART = 8 * 2 ** 20;

/** Collects pieces as a Blob without keeping them in the heap. */
export class BlobParts {
  size = 0;
  readonly #parts: Blob[] = [];
  #open: BlobPart[] = [];
  #openSize = 0;

  push(piece: Uint8Array): void {
    this.#open.push(piece as Uint8Array<ArrayBuffer>);
    this.#openSize += piece.length;
    this.size += piece.length;
    if (this.#openSize >= PART) this.#flush();
  }

  blob(type = ''): Blob {
    this.#flush();
    return new Blob(this.#parts, { type });
  }

  #flush(): void {
    this.#parts.push(new Blob(this.#open));
    this.#open = [];
    this.#openSize = 0;
  }
}
