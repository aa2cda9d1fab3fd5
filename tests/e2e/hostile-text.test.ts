import { chooseFiles, item } from './support/project';
import { expect, test } from './support/test';

const HOSTILE = [
  '<img src=x onerror="window.ran = true">',
  '<script>window.ran = true</script>',
  'مرحبا بالعالم',
  '👩‍👩‍👧‍👦 family, one grapheme',
  'a\u0000b',
  'lone \ud800 surrogate',
  '[click](javascript:window.ran=true)',
];

test('texts are shown as they are, and nothing in them runs', async ({ page }) => {
  const lines = HOSTILE.map((text) => JSON.stringify({ text })).join('\n');
  await page.goto('#/new');
  await chooseFiles(page, [{ name: 'hostile.jsonl', text: lines }]);
  await page.getByLabel('Classes').fill('<b>bold</b>\n"><script>window.ran=true</script>');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByText('hostile.jsonl, row 6')).toBeVisible();
  await page.getByText('Start labeling').click();
  await expect(item(page)).toContainText('<img src=x onerror="window.ran = true">');
  await expect(page.getByRole('button', { name: '<b>bold</b>' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(item(page)).toContainText('<script>window.ran = true</script>');
  await page.keyboard.press('j');
  await expect(item(page)).toContainText('مرحبا بالعالم');
  await page.keyboard.press('j');
  await expect(item(page)).toContainText('👩‍👩‍👧‍👦');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});
