import { zipSync } from 'fflate';
import { png } from './support/png';
import { chooseFiles, item, type GivenFile } from './support/project';
import { expect, test } from './support/test';

const RED = [200, 30, 30];
const picture = (side: number) => png(side, side, RED);
/** The header of an image of 20,000 x 20,000, and nothing behind it: 1.6 GB once decoded. */
function hugeHeader(): Uint8Array {
  const header = Buffer.from(picture(1));
  header.writeUInt32BE(20_000, 16);
  header.writeUInt32BE(20_000, 20);
  return header;
}
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const wide = Array.from({ length: 10_000 }, (_, n) => `column${n}`).join(',');

const FILES: readonly GivenFile[] = [
  { name: 'really-a-png.jpg', bytes: picture(40) },
  { name: 'empty.png', bytes: new Uint8Array() },
  { name: 'cut.png', bytes: picture(200).slice(0, 90) },
  { name: 'huge.png', bytes: hugeHeader() },
  { name: 'notes.pdf', text: '%PDF-1.4' },
  { name: 'not.json', text: '{"text": ' },
  { name: 'wide.csv', text: `${wide}\n` },
  { name: 'utf16.csv', bytes: utf16('text\nGrüße aus Köln\n') },
  { name: 'quotes.csv', text: 'text\n"closed, and\nover two lines"\n"never closed\nlast\n' },
  {
    name: 'odd.zip',
    bytes: zipSync({
      'fine/one.png': picture(41),
      '../outside.png': picture(42),
      '/absolute.png': picture(43),
      'zeros.png': new Uint8Array(60_000_000),
    }),
  },
];

test('bad files are refused one by one with their reasons, and the good ones come in', async ({ page }) => {
  test.setTimeout(60_000);
  await page.goto('./#/new');
  await chooseFiles(page, FILES);
  await page.getByLabel('Classes').fill('yes\nno');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible({ timeout: 30_000 });

  const refused: readonly [path: string, reason: RegExp][] = [
    ['empty.png', /cannot be shown|empty/],
    ['cut.png', /cannot be shown/],
    ['huge.png', /20000 × 20000 pixels/],
    ['notes.pdf', /cannot be labelled/],
    ['not.json', /not valid JSON/],
    ['wide.csv', /10000 columns/],
    ['quotes.csv', /not balanced/],
    ['odd.zip/../outside.png', /leads out of the zip/],
    ['odd.zip//absolute.png', /leads out of the zip/],
    ['odd.zip/zeros.png', /would unpack/],
  ];
  for (const [path, reason] of refused) {
    await expect(page.getByRole('row').filter({ hasText: path }).filter({ hasText: reason }), path).toHaveCount(1);
  }
  await expect(page.getByText('5 items')).toBeVisible();

  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(item(page)).toBeVisible();
  for (const text of ['Grüße aus Köln', 'over two lines']) {
    await page.goto(`${page.url().replace(/(label|items).*/, 'items')}?text=${encodeURIComponent(text)}`);
    await expect(page.getByRole('row').filter({ hasText: text })).toHaveCount(1);
  }
});
