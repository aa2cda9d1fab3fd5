import type { Page } from '@playwright/test';
import { createBoxProject, easel, onScreen, rows } from './support/boxes';
import { png } from './support/png';
import { expect, test } from './support/test';

const IMAGE = { width: 800, height: 600 };
const CLASSES = ['RBC', 'WBC', 'Platelets'];

const photos = [
  [170, 130, 120],
  [120, 150, 170],
].map((color, at) => ({ name: `photo-${at + 1}.png`, bytes: png(IMAGE.width, IMAGE.height, color) }));

/** Unfolds the list of regions. */
async function unfold(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Guidelines and details' }).click();
  await page.getByRole('tab', { name: 'Regions' }).click();
}

/** A mouse that works in pixels of the image. */
async function mouseOn(page: Page) {
  const place = await onScreen(page, IMAGE);
  const go = (x: number, y: number) => page.mouse.move(place(x, y).x, place(x, y).y);
  return {
    drag: async (
      from: readonly [number, number],
      to: readonly [number, number],
      button: 'left' | 'middle' = 'left',
    ) => {
      await go(...from);
      await page.mouse.down({ button });
      await go((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
      await go(...to);
      await page.mouse.up({ button });
    },
    click: async (x: number, y: number, button: 'left' | 'right' = 'left') => {
      await go(x, y);
      await page.mouse.down({ button });
      await page.mouse.up({ button });
    },
    go,
  };
}

test('boxes are drawn, selected, moved, resized and deleted by mouse, and outlive a reload', async ({
  page,
  expectAccessible,
}) => {
  await createBoxProject(page, photos, CLASSES);
  await unfold(page);
  const mouse = await mouseOn(page);

  await mouse.drag([100, 100], [200, 180]);
  await expect(rows(page)).toHaveText([/1 RBC 100 × 80/]);
  await page.keyboard.press('2');
  await expect(rows(page)).toHaveText([/1 WBC 100 × 80/]);
  await mouse.drag([150, 140], [250, 190]);
  await expect(page.getByText('200, 150', { exact: true })).toBeVisible();
  await mouse.drag([300, 230], [320, 260]);
  await expect(rows(page)).toHaveText([/1 WBC 120 × 110/]);
  // Over the edge of the image, a box ends at it.
  await mouse.drag([700, 500], [850, 650]);
  await expect(rows(page)).toHaveText([/WBC 120 × 110/, /WBC 100 × 100/]);

  await mouse.click(210, 160);
  await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true');
  await expect(rows(page).last()).toHaveAttribute('aria-selected', 'false');
  await expectAccessible();

  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(rows(page)).toHaveText([/WBC 120 × 110/, /WBC 100 × 100/]);
  await rows(page).last().click();
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveText([/WBC 120 × 110/]);
  await page.keyboard.press('Control+z');
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'photo-2.png' })).toBeVisible();

  await page.keyboard.press('p');
  await expect(rows(page)).toHaveText([/WBC 120 × 110/]);
  await page.keyboard.press('k');
  await expect(easel(page)).toHaveAccessibleName('photo-1.png, 1 box');
});

test('a gesture that is given up, or taken away, leaves no trace', async ({ page }) => {
  await createBoxProject(page, photos, CLASSES);
  await unfold(page);
  const mouse = await mouseOn(page);
  await mouse.go(100, 100);
  await page.mouse.down();
  await mouse.go(200, 200);
  await page.keyboard.press('Escape');
  await mouse.go(250, 250);
  await page.mouse.up();
  await mouse.go(100, 100);
  await page.mouse.down();
  await mouse.go(200, 200);
  // Another image comes while the box is drawn.
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { name: 'photo-2.png' })).toBeVisible();
  await page.mouse.up();
  await expect(page.getByText('No box yet.')).toBeVisible();
  await mouse.drag([100, 100], [200, 200]);
  await expect(rows(page)).toHaveCount(1);
});

test('the view is moved by the space bar and the middle button, and boxes stay on what they mark', async ({ page }) => {
  await createBoxProject(page, photos, CLASSES);
  await unfold(page);
  const mouse = await mouseOn(page);
  await mouse.drag([300, 200], [400, 300]);
  await mouse.go(350, 250);
  await page.mouse.wheel(0, -600);
  await page.keyboard.down('Space');
  await mouse.drag([350, 250], [450, 350]);
  await page.keyboard.up('Space');
  await mouse.drag([450, 350], [430, 420], 'middle');
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveText([/100 × 100/]);
  await expect(rows(page)).toHaveAttribute('aria-selected', 'false');
  await mouse.click(430, 420);
  await expect(page.getByText('300, 200', { exact: true })).toBeVisible();
  await expect(rows(page)).toHaveAttribute('aria-selected', 'true');
});

test('everything can be done by keyboard alone', async ({ page, expectAccessible }) => {
  await createBoxProject(page, photos, CLASSES, { turned: true });
  await unfold(page);
  await easel(page).focus();
  await page.keyboard.press('Shift+B');
  await expect(rows(page)).toHaveText([/RBC 200 × 150/]);
  await page.keyboard.press('3');
  for (const key of ['ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Control+ArrowLeft', 'Control+Shift+ArrowUp'])
    await page.keyboard.press(key);
  await expect(rows(page)).toHaveText([/Platelets 199 × 140/]);
  // 300, 225 in the middle, moved by 11 and 10.
  await expect(page.getByText('311, 235', { exact: true })).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByText('15°', { exact: true })).toBeVisible();
  await page.keyboard.press('Shift+R');
  await page.keyboard.press('Control+d');
  await expect(rows(page)).toHaveCount(2);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(rows(page).last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('l');
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('l');
  await page.keyboard.press('h');
  await expect(page.getByRole('button', { name: 'Show box 2' })).toBeVisible();
  await page.keyboard.press('Shift+H');
  await expect(page.getByRole('button', { name: 'Hide box 2' })).toBeVisible();
  // Beyond the last box, the focus goes on to what comes after the image.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(easel(page)).not.toBeFocused();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('New box in the middle');
  await expectAccessible();
});

test('the choice of a class opens where the right button is pressed', async ({ page, expectAccessible }) => {
  await createBoxProject(page, photos, CLASSES);
  await unfold(page);
  const mouse = await mouseOn(page);
  await mouse.drag([100, 100], [200, 200]);
  await page.keyboard.press('Escape');
  await mouse.click(150, 150, 'right');
  const menu = page.getByRole('dialog', { name: 'Class' });
  await expectAccessible();
  await menu.getByRole('button', { name: 'Platelets' }).click();
  await expect(menu).toBeHidden();
  await expect(rows(page)).toHaveText([/Platelets/]);
});

test('@phone one finger draws and selects, two zoom, and a long press opens the classes', async ({
  page,
  expectAccessible,
}) => {
  await createBoxProject(page, photos, CLASSES);
  const place = await onScreen(page, IMAGE);
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: (readonly [number, number])[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ ...place(x, y), id })),
    });
  const stroke = async (from: readonly [number, number], to: readonly [number, number]) => {
    await touch('touchStart', from);
    await touch('touchMove', [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
    await touch('touchMove', to);
    await touch('touchEnd');
  };
  await stroke([100, 100], [300, 300]);
  await expect(easel(page)).toHaveAccessibleName('photo-1.png, 1 box');
  await stroke([400, 300], [700, 500]);
  await expect(easel(page)).toHaveAccessibleName('photo-1.png, 2 boxes');

  // A second finger ends what the first began.
  await touch('touchStart', [100, 400]);
  await touch('touchMove', [150, 420]);
  await touch('touchStart', [150, 420], [500, 420]);
  for (const spread of [20, 60, 100]) await touch('touchMove', [150 - spread, 420], [500 + spread, 420]);
  await touch('touchEnd');
  await expect(easel(page)).toHaveAccessibleName('photo-1.png, 2 boxes');
  await expect(page.getByRole('button', { name: 'Whole image', pressed: false })).toBeVisible();
  await page.getByRole('button', { name: 'Whole image' }).tap();

  await touch('touchStart', [200, 200]);
  const menu = page.getByRole('dialog', { name: 'Class' });
  await expect(menu).toBeVisible();
  await touch('touchEnd');
  await expectAccessible();
  const targets = await menu.getByRole('button').all();
  for (const target of targets) expect((await target.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await menu.getByRole('button', { name: 'WBC' }).tap();
  await expect(menu).toBeHidden();

  await page.getByRole('button', { name: 'Guidelines and details' }).tap();
  await page.getByRole('tab', { name: 'Regions' }).tap();
  await expect(rows(page)).toHaveText([/WBC 200 × 200/, /RBC 300 × 200/]);
  await page.getByRole('button', { name: 'Delete box 2' }).tap();
  await expect(rows(page)).toHaveCount(1);
  await expectAccessible();
});
