import { fault } from '#core/errors';
import type { FileEntry } from '#core/formats/format';
import { ReadFailure } from '#core/read-failure';
import { readStream } from './read-stream';

/** A file or stored blob as the formats read it. `path` names it in errors. */
export function blobEntry(path: string, blob: Blob): FileEntry {
  const failure = (error: unknown) =>
    new ReadFailure(fault('file.unreadable', path, { reason: (error as Error).message }));
  return {
    size: blob.size,
    async bytes() {
      try {
        return new Uint8Array(await blob.arrayBuffer());
      } catch (error) {
        throw failure(error);
      }
    },
    async *chunks() {
      try {
        yield* readStream(blob.stream());
      } catch (error) {
        throw failure(error);
      }
    },
  };
}
