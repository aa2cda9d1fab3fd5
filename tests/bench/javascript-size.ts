import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { pageScripts } from '../../tools/page-scripts.js';
import type { Benchmark } from './benchmark';

/** The scripts that a page cannot start without, each compressed by itself, as a server sends them. */
export const javascriptSize: Benchmark = {
  name: 'javascript-size',
  async run() {
    return [
      { name: 'JavaScript of the first page, gzip', value: await kilobytes('/'), unit: 'kB', reach: 90 },
      {
        name: 'JavaScript of the labeling page, gzip',
        value: await kilobytes('/p/[id]/label'),
        unit: 'kB',
        reach: 150,
      },
    ];
  },
};

async function kilobytes(route: string): Promise<number> {
  const files = await Promise.all((await pageScripts(route)).map((path) => readFile(path)));
  return files.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1000;
}
