import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startServer } from '../../bin/server.js';
import { expect, test } from './support/test';

// Static hosts often serve a project below the host's root.
test('the app works under a sub-path', async ({ page, faults }) => {
  const folder = await mkdtemp(join(tmpdir(), 'concord-'));
  await mkdir(join(folder, 'some'));
  await symlink(resolve('build'), join(folder, 'some', 'place'));
  const { url, server } = await startServer({ folder, port: 0 });
  try {
    // This server is the app's own origin here.
    faults.allow(new RegExp(`^foreign request: GET ${url}some/place/`));
    await page.goto(`${url}some/place/`);
    await expect(page.locator('html[data-ready]')).toBeAttached();
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  }
});
