import { ReadFailure } from '../read-failure';
import type { FileEntry } from './format';

/** At most `count` bytes from a file's beginning, without reading the rest; none where it cannot be read. */
export async function firstBytes(file: FileEntry, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  let length = 0;
  try {
    for await (const chunk of file.chunks()) {
      const taken = chunk.subarray(0, count - length);
      bytes.set(taken, length);
      length += taken.length;
      if (length === count) break;
    }
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    length = 0;
  }
  return bytes.subarray(0, length);
}
