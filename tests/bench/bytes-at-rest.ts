import { chromium } from '@playwright/test';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { CHROMIUM_FLAGS } from '../../tools/chromium.js';
import type { Benchmark } from './benchmark';

/**
 * Fewer by CONCORD_BENCH_ANNOTATIONS. The figure hangs on it: of 20,000 each took 362 bytes, the browser's journal among them, when of
 * 50,000 each took 191.
 */
const ANNOTATIONS = Number(process.env['CONCORD_BENCH_ANNOTATIONS'] ?? 50_000);

const CLEARING_MS = 10_000;

/**
 * What annotations that were committed one by one take on the disk, by the files of the browser's databases. The app's own store
 * and log are driven without its screen, because fifty thousand key presses take half an hour; and so many it takes, because up to
 * four megabytes stand in the browser's journal whatever is stored.
 */
export const bytesAtRest: Benchmark = {
  name: 'bytes-at-rest',
  async run({ executablePath }) {
    const profile = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    const server = await serve(await bundled('committing-page.ts'));
    try {
      const context = await chromium.launchPersistentContext(profile, { executablePath, args: CHROMIUM_FLAGS });
      const page = await context.newPage();
      await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
      await page.evaluate(
        (annotations) => (window as unknown as { commit(n: number): Promise<void> }).commit(annotations),
        ANNOTATIONS,
      );
      // The browser clears up behind what was replaced in its own time.
      await page.waitForTimeout(CLEARING_MS);
      await context.close();
      const bytes = await size(join(profile, 'Default', 'IndexedDB'));
      return [
        { name: 'Bytes at rest per annotation committed singly', value: bytes / ANNOTATIONS, unit: 'B', reach: 300 },
      ];
    } finally {
      server.close();
      await rm(profile, { recursive: true, maxRetries: 10, retryDelay: 300 });
    }
  },
};

/** The script of a page of this folder, in one piece. */
async function bundled(name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL(name, import.meta.url)), formats: ['es'], fileName: 'page' },
    },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

function serve(script: string): Promise<Server> {
  const server = createServer(({ url }, response) => {
    response.setHeader('content-type', url === '/page.js' ? 'text/javascript' : 'text/html');
    response.end(url === '/page.js' ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}

/** Bytes of all files in a folder. */
async function size(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
