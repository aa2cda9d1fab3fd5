import type { Page } from '@playwright/test';
import { createProject, item } from './support/project';
import { png } from './support/png';
import { expect, test } from './support/test';

const COLORS = [
  [200, 30, 30],
  [30, 160, 60],
  [40, 60, 200],
  [220, 200, 20],
  [120, 20, 140],
  [20, 20, 20],
] as const;

const photos = COLORS.map((color, at) => ({
  name: `photo-${at + 1}.png`,
  bytes: png(1200 + at * 10, 800, color, [255, 255, 255]),
}));

/** The colour that is drawn at a place of the stage, 0 to 1 along both axes; [0, 0, 0, 0] where nothing is. */
const pixel = (page: Page, x: number, y: number): Promise<number[]> =>
  page.locator('canvas').evaluate(
    (canvas: HTMLCanvasElement, [x, y]) => {
      // Read from a copy: reading the canvas itself would move it out of the GPU.
      const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
      copy.drawImage(canvas, -Math.floor(canvas.width * x), -Math.floor(canvas.height * y));
      return [...copy.getImageData(0, 0, 1, 1).data];
    },
    [x, y] as const,
  );

const shows = async (page: Page, at: number): Promise<void> => {
  await expect(page.getByRole('heading', { name: `photo-${at}.png` })).toBeVisible();
  await expect.poll(() => pixel(page, 0.5, 0.5)).toEqual([...COLORS[at - 1]!, 255]);
};

const zoom = async (page: Page): Promise<number> =>
  parseFloat((await page.getByRole('button', { name: /^Zoom \d+ per cent/ }).innerText()).replace(/[^\d.]/g, ''));

test('each image is drawn as it is, forwards and back', async ({ page, expectAccessible }) => {
  await createProject(page, photos, ['warm', 'cold']);
  await shows(page, 1);
  await page.keyboard.press('1');
  await shows(page, 2);
  await page.keyboard.press('j');
  await shows(page, 3);
  await page.keyboard.press('2');
  await shows(page, 4);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await shows(page, 2);
  await expectAccessible();
});

test('zoom by wheel, keys and buttons keeps what is under the cursor; the next image is shown whole', async ({
  page,
}) => {
  await createProject(page, photos, ['warm', 'cold']);
  await shows(page, 1);
  const whole = await zoom(page);
  const stage = (await page.locator('canvas').boundingBox())!;
  // In the first pixel of the image, which is white.
  const scale = Math.min((stage.width - 24) / 1200, (stage.height - 24) / 800);
  expect(Math.abs(whole - 100 * scale)).toBeLessThan(1);
  const corner = {
    x: stage.x + (stage.width - 1200 * scale) / 2 + 0.4,
    y: stage.y + (stage.height - 800 * scale) / 2 + 0.4,
  };
  await page.mouse.move(corner.x, corner.y);
  await page.mouse.wheel(0, -2000);
  await expect.poll(() => zoom(page)).toBeGreaterThan(whole * 5);
  const under = () => pixel(page, (corner.x - stage.x) / stage.width, (corner.y - stage.y) / stage.height);
  await expect.poll(under).toEqual([255, 255, 255, 255]);

  await page.mouse.down();
  await page.mouse.move(corner.x - 300, corner.y - 200, { steps: 4 });
  await page.mouse.up();
  await expect.poll(under).toEqual([...COLORS[0], 255]);

  await page.keyboard.press('Shift+0');
  expect(await zoom(page)).toBe(100);
  await page.keyboard.press('-');
  expect(await zoom(page)).toBe(80);
  await page.getByRole('button', { name: 'Whole image' }).click();
  expect(await zoom(page)).toBeCloseTo(whole, 0);
  await page.keyboard.press('+');
  await page.keyboard.press('1');
  await shows(page, 2);
  await expect(page.getByRole('button', { name: 'Whole image', pressed: true })).toBeVisible();
});

test('an image that cannot be loaded says so, and can be tried again, skipped and labelled', async ({
  page,
  faults,
}) => {
  faults.allow(/404/);
  const here = new URL(test.info().project.use.baseURL ?? '');
  const table = ['image', new URL('missing.png', here).href, new URL('icon.svg', here).href].join('\n');
  await createProject(page, [{ name: 'links.csv', text: table }], ['yes', 'no']);
  await expect(page.getByText('This image cannot be shown.')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('This image cannot be shown.')).toBeVisible();
  await page.keyboard.press('s');
  await expect(page.getByText('This image cannot be shown.')).toBeHidden();
  await expect.poll(async () => (await pixel(page, 0.5, 0.5))[3]).toBe(255);
});

test('@phone two fingers zoom into the image, a double tap shows it whole again', async ({ page }) => {
  await createProject(page, photos.slice(0, 2), ['warm', 'cold']);
  await shows(page, 1);
  const stage = (await page.locator('canvas').boundingBox())!;
  const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
  expect((await pixel(page, 0.5, 0.02))[3]).toBe(0);

  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: number[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((dx, id) => ({ x: x + dx, y, id })) });
  await touch('touchStart', -20, 20);
  for (let spread = 30; spread <= 150; spread += 30) await touch('touchMove', -spread, spread);
  await touch('touchEnd');
  await expect.poll(async () => (await pixel(page, 0.5, 0.02))[3]).toBe(255);

  await page.touchscreen.tap(x, y);
  await page.touchscreen.tap(x, y);
  await expect.poll(async () => (await pixel(page, 0.5, 0.02))[3]).toBe(0);
  await page.getByRole('button', { name: 'cold' }).tap();
  await shows(page, 2);
  await expect(item(page)).toBeVisible();
});
