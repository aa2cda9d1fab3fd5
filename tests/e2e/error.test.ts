import { createProject, numberedTexts } from './support/project';
import { expect, test } from './support/test';

/** What no report may hold: it stands in the items, the project's name and the error itself. */
const SECRET = 'Jane Roe, ward 7';

test('an error that nobody caught is told, and reported without data', async ({ page, faults, context }) => {
  faults.allow(/Jane Roe|a second one/);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await createProject(page, [{ name: 'jane-roe.csv', text: `text\n${SECRET}\nother` }], ['cat', 'dog']);
  await page.evaluate((secret) => {
    void Promise.reject(Object.assign(new TypeError(secret), { path: secret, cause: new Error(secret) }));
    void Promise.reject(new Error('a second one'));
  }, SECRET);
  const notice = page.getByRole('alert').filter({ hasText: 'Something on this page went wrong.' });
  await expect(notice).toContainText('What was shown as saved is safe');
  await notice.getByRole('button', { name: 'Copy report' }).click();
  await expect(notice.getByRole('button', { name: 'Report copied' })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('Page: /p/[id]/label');
  expect(report).toContain('TypeError\n');
  expect(report).not.toMatch(/Jane|roe|ward|second/i);

  const download = page.waitForEvent('download');
  await notice.getByRole('button', { name: 'Save project file' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.concord$/);
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toBeHidden();
  await page.keyboard.press('1');
  await expect(page.locator('.figures').first()).toContainText('1 / 2');
});

test('a page that cannot be drawn says so, saves the project, and is left by its links', async ({ page, faults }) => {
  faults.allow(/Jane Roe/);
  await page.addInitScript((secret) => {
    const Observer = window.ResizeObserver;
    window.ResizeObserver = class extends Observer {
      constructor(callback: ResizeObserverCallback) {
        if (location.hash.includes('/items') && sessionStorage.getItem('broken') !== null) throw new Error(secret);
        super(callback);
      }
    };
  }, SECRET);
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.evaluate(() => {
    sessionStorage.setItem('broken', '');
  });
  await page.getByRole('link', { name: 'Items' }).click();
  await expect(page.getByRole('heading', { name: 'This page stopped working.' })).toBeFocused();
  await expect(page.getByText(SECRET)).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save project file' }).click();
  expect((await download).suggestedFilename()).toBe('texts.concord');
  await page.getByRole('link', { name: 'Your projects' }).click();
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
});

test('a worker that stopped is told, and another one saves the project', async ({ page }) => {
  await page.addInitScript(() => {
    const { Worker } = window;
    const started: Worker[] = [];
    Object.assign(window, { started });
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        started.push(this);
      }
    };
  });
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.keyboard.press('1');
  await expect(page.locator('.figures').first()).toContainText('1 / 3');
  await page.evaluate(() => {
    const [worker] = (window as unknown as { started: Worker[] }).started;
    worker?.terminate();
    // As browsers tell of a worker that is gone.
    worker?.dispatchEvent(new Event('error'));
  });
  const notice = page.getByRole('alert').filter({ hasText: 'Saving has stopped.' });
  await expect(notice).toBeVisible();
  const download = page.waitForEvent('download');
  await notice.getByRole('button', { name: 'Save project file' }).click();
  expect((await download).suggestedFilename()).toBe('texts.concord');
});

test('where nothing can be copied, the report can be selected', async ({ page, faults }) => {
  faults.allow(/out of luck/);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.goto('./');
  // Only a page that stands hears what nobody caught.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => void Promise.reject(new RangeError('out of luck')));
  await page.getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByRole('textbox', { name: 'Report' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Report' })).toHaveValue(/RangeError/);
});
