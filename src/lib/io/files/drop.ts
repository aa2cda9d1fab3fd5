import { inNaturalOrder, type PickedFile } from './picked';

/**
 * The files of a drop, those in folders included, in natural order. What cannot be opened (a folder without permission)
 * is left out.
 *
 * Call it within the event handler: the transfer is emptied when that returns.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<PickedFile[]> {
  const roots: (FileSystemEntry | File)[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const root = item.webkitGetAsEntry() ?? item.getAsFile();
    if (root !== null) roots.push(root);
  }
  const found: PickedFile[] = [];
  for (const root of roots) {
    if (root instanceof File) found.push({ path: root.name, file: root });
    else await collect(root, found);
  }
  return inNaturalOrder(found);
}

async function collect(entry: FileSystemEntry, found: PickedFile[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => {
      entry.file(resolve, () => {
        resolve(null);
      });
    });
    if (file !== null) found.push({ path: entry.fullPath.replace(/^\//, ''), file });
  } else if (isDirectory(entry)) {
    const reader = entry.createReader();
    // One call gives at most 100 entries in Chromium; an empty answer is the end.
    for (let batch = await readEntries(reader); batch.length > 0; batch = await readEntries(reader)) {
      await Promise.all(batch.map((child) => collect(child, found)));
    }
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const readEntries = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve) => {
    reader.readEntries(resolve, () => {
      resolve([]);
    });
  });
