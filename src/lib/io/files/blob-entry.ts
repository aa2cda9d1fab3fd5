import { fault } from '#core/errors';
import type { FileEntry } from '#core/formats/format';
import { ReadFailure } from '#core/read-failure';

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
      const reader = blob.stream().getReader();
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
      } catch (error) {
        throw failure(error);
      } finally {
        await reader.cancel();
      }
    },
  };
}
