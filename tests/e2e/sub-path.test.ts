import { keptOffline } from './support/offline';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { StaticHost } from './support/static-host';
import { expect, test } from './support/test';

// Static hosts often serve a project below the host's root, and send no headers.
test('the app works and installs under a sub-path', async ({ page, context, faults }) => {
  const host = await StaticHost.start('build', '/some/place/');
  // This server is the app's own origin here.
  faults.allow(new RegExp(`^foreign request: GET ${host.url}`));
  try {
    await page.goto(host.url);
    await expect(page.locator('html[data-ready]')).toBeAttached();
    await createProject(page, [numberedTexts(2)], ['good', 'bad'], host.url);
    await item(page).press('1');
    await expect.poll(() => doneCount(page)).toBe(1);

    const client = await context.newCDPSession(page);
    const { errors, url } = await client.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(url).toBe(`${host.url}manifest.webmanifest`);
    const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
    // A window without a profile of its own cannot install anything.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);

    await keptOffline(page);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)).toBe(host.url);
    await page.reload();
    await page.getByRole('region', { name: 'Item 2' }).waitFor();
  } finally {
    await page.close();
    host.stop();
  }
});
