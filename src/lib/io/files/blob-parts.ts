/** Bytes that are held in memory before they are handed to the browser as a Blob, which may keep them on disk. */
const PART = 8 * 2 ** 20;

/** Collects pieces as a Blob without keeping them in the heap. */
export class BlobParts {
  size = 0;
  readonly #parts: Blob[] = [];
  #open: (Uint8Array<ArrayBuffer> | Blob)[] = [];
  #openSize = 0;

  push(piece: Uint8Array | Blob): void {
    const size = piece instanceof Blob ? piece.size : piece.length;
    this.#open.push(piece as Uint8Array<ArrayBuffer> | Blob);
    this.#openSize += size;
    this.size += size;
    if (this.#openSize >= PART) this.#flush();
  }

  /** Everything so far, to be pushed to another one: what is small is not made a Blob of its own. */
  parts(): readonly (Uint8Array | Blob)[] {
    return [...this.#parts, ...this.#open];
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
