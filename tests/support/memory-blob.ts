import { createHash } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';

/**
 * A Blob whose bytes are there at once, so that reading one takes no time of its own and a simulated clock stays in charge. Stands in
 * for the platform's until the test is finished, together with a hash that waits for no other thread.
 */
export function useMemoryBlobs(): void {
  vi.stubGlobal('Blob', MemoryBlob);
  const digest = vi.spyOn(crypto.subtle, 'digest').mockImplementation((_, bytes) => {
    const hash = createHash('sha256')
      .update(new Uint8Array(bytes as ArrayBuffer))
      .digest();
    return Promise.resolve(new Uint8Array(hash).buffer);
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
    digest.mockRestore();
  });
}

class MemoryBlob {
  readonly size: number;
  readonly #bytes: Uint8Array;

  constructor(parts: readonly (Uint8Array | MemoryBlob)[] = []) {
    const pieces = parts.map((part) => (part instanceof MemoryBlob ? part.#bytes : part));
    this.size = pieces.reduce((sum, { length }) => sum + length, 0);
    this.#bytes = new Uint8Array(this.size);
    let at = 0;
    for (const piece of pieces) {
      this.#bytes.set(piece, at);
      at += piece.length;
    }
  }

  slice(from = 0, to = this.size): MemoryBlob {
    return new MemoryBlob([this.#bytes.subarray(from, to)]);
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(this.#bytes.slice().buffer);
  }
}
