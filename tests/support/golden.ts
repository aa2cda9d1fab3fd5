import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { expect } from 'vitest';

const GOLDEN = 'tests/golden';

/**
 * Compares files with those of a folder in tests/golden, byte for byte. `CONCORD_GOLDEN=write` writes them there instead;
 * they are then to be checked again as the README beside them says.
 */
export async function expectGolden(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const root = join(GOLDEN, folder);
  if (process.env.CONCORD_GOLDEN === 'write') {
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), bytes);
    }
  }
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const golden = paths.map((path) => relative(root, path).split(sep).join('/').normalize('NFC'));
  expect([...files.keys()].sort()).toEqual(golden.sort());
  for (const [path, bytes] of files) {
    const text = (content: Uint8Array) =>
      Buffer.from(content).toString(/\.(?:png|parquet)$/i.test(path) ? 'hex' : 'utf8');
    expect([path, text(bytes)]).toEqual([path, text(await readFile(join(root, path)))]);
  }
}

/** Files that golden sets are made of. */
export const goldenInput = (path: string): Promise<Uint8Array> => readFile(join(GOLDEN, path));
