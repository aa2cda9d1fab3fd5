import type { Page } from '@playwright/test';
import { picture } from './support/datasets';
import { createProject, item, numberedTexts } from './support/project';
import { keptOffline } from './support/offline';
import { expect, test } from './support/test';

// That nothing leaves the origin and that nothing breaks the policy is what the fixture watches: violations are errors on
// the console. Here every page and every worker gets its turn, with what it loads lazily.

const PAGES = ['Label', 'Items', 'Import', 'Export', 'Settings'];

async function everyPage(page: Page): Promise<void> {
  for (const name of PAGES) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveTitle(new RegExp(`^${name} · `));
  }
  await page.goto('#/settings');
  await expect(page.getByRole('heading', { name: 'About this app' })).toBeVisible();
  await page.goto('#/nowhere');
  await expect(page.getByText('There is no such page.')).toBeVisible();
  await page.goto('#/');
  await page.getByRole('heading', { name: 'Projects' }).waitFor();
}

test('no page asks another host for anything, or does what its policy forbids', async ({ page }) => {
  await page.goto('');
  await createProject(page, [numberedTexts(3)], ['good', 'bad']);
  await everyPage(page);
  await createProject(page, [{ name: 'a.png', bytes: picture(1) }], ['cat', 'dog']);
  await everyPage(page);
  // The same from the service worker.
  await keptOffline(page);
  await page.reload();
  await page.getByRole('link', { name: /^a/ }).first().click();
  await item(page).waitFor();
  await everyPage(page);
});

test('the policy holds: no script of others, no text as a script, no frame around the app', async ({
  page,
  faults,
}) => {
  faults.allow(/Content Security Policy|Trusted(?:HTML|Script)|violates/);
  const answer = await page.goto('');
  const header = answer?.headers()['content-security-policy'] ?? '';
  expect(header).toContain("frame-ancestors 'none'");
  expect(header).not.toMatch(/'unsafe-inline'|'unsafe-eval'|script-src[^;]*(?:https?:|\*)/);
  // Signaling servers, encrypted or on this machine; nothing else is fetched from anywhere.
  expect(/connect-src ([^;]*)/.exec(header)?.[1]).toBe("'self' wss: ws://127.0.0.1:* ws://localhost:*");
  // Not `eval`: what a test evaluates in a page may use it, whatever the policy says.
  const tried = await page.evaluate(async () => {
    const fails = (work: () => unknown) => {
      try {
        work();
        return false;
      } catch {
        return true;
      }
    };
    const blob = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }));
    return {
      script: fails(() => (document.createElement('script').textContent = 'window.ran = true')),
      html: fails(() => (document.createElement('div').innerHTML = '<b>text</b>')),
      worker: fails(() => new Worker('https://example.com/worker.js')),
      blob: await new Promise((resolve) => {
        try {
          const worker = new Worker(blob);
          worker.onerror = () => resolve(true);
          worker.onmessage = () => resolve(false);
        } catch {
          resolve(true);
        }
      }),
      fetched: await fetch('https://example.com/').then(
        () => false,
        () => true,
      ),
      socket: await new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
          if (blockedURI.startsWith('ws://example.com')) resolve(true);
        });
        try {
          new WebSocket('ws://example.com/').onopen = () => resolve(false);
        } catch {
          resolve(true);
        }
      }),
    };
  });
  expect(tried).toEqual({ script: true, html: true, worker: true, blob: true, fetched: true, socket: true });
});

test('the device page tells of storage and of the app @phone', async ({ page, expectAccessible }) => {
  await page.goto('');
  await createProject(page, [numberedTexts(3)], ['good', 'bad']);
  await page.goto('#/settings');
  await expect(page.getByText(/used, .* left for this app/)).toBeVisible();
  await expect(page.getByText('Yes, all of it is on this device')).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Delete texts…' }).click();
  await page.getByRole('button', { name: 'Delete the project' }).click();
  await expect(page.getByRole('list', { name: 'Projects on this device' })).toBeHidden();
});
