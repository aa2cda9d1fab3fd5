import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { itemId } from '#core/model/item';
import { addClasses, addField } from '#core/model/schema-edits';
import { EMPTY_SCHEMA } from '#core/model/schema';
import { picture } from './support/datasets';
import { chooseFiles, createProject, item } from './support/project';
import { StaticHost } from './support/static-host';
import { expect, test } from './support/test';

let folder: string;
let host: StaticHost;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-images-'));
  for (const n of [1, 2, 3]) await writeFile(join(folder, `${n}.png`), picture(n));
});

test.afterAll(() => rm(folder, { recursive: true }));

test.beforeEach(async () => {
  host = await StaticHost.start(folder, '/');
});

test.afterEach(() => host.stop());

const addresses = () => [1, 2, 3].map((n) => `${host.url}${n}.png`);

/** Addresses that were asked of the host, in order. */
function watch(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(host.url)) asked.push(request.url());
  });
  return asked;
}

test('who imports a table of addresses sees the images', async ({ page, faults }) => {
  faults.allow(new RegExp(`^foreign request: GET ${host.url}\\d.png`));
  await createProject(page, [{ name: 'images.csv', text: ['url', ...addresses()].join('\n') }], ['cat', 'dog']);
  await expect(page.getByText(/^This image/)).toBeHidden();
  await expect(page.locator('.stage .waiting')).toBeHidden();
  await page.getByRole('link', { name: 'Items', exact: true }).click();
  await expect(page.getByRole('grid').locator('img')).toHaveCount(3);
});

test('addresses that came with a data set are asked for only when the person says so', async ({
  page,
  faults,
  expectAccessible,
}) => {
  const asked = watch(page);
  const field = addField(EMPTY_SCHEMA, 'Kind', 'choice');
  if (!field.ok) throw new Error(field.error.message);
  const schema = addClasses(field.value, field.value.fields[0]!.id, ['cat', 'dog']);
  const rest = { status: 'pending', label: null, annotations: [], predictions: [], split: null };
  const lines = addresses().map((url) => {
    const data = { kind: 'image-url', url } as const;
    return JSON.stringify({ ...data, id: itemId(data), sources: [], ...rest });
  });
  await page.goto('#/new');
  await chooseFiles(page, [
    { name: 'schema.json', text: JSON.stringify({ format: 'concord-jsonl', version: 1, name: 'Images', schema }) },
    { name: 'items.jsonl', text: lines.join('\n') },
  ]);
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await item(page).waitFor();
  const { host: name } = new URL(host.url);
  await expect(page.getByText(`This image lies at ${name}.`)).toBeVisible();
  await expectAccessible();
  await page.getByRole('link', { name: 'Items', exact: true }).click();
  await page.getByRole('row').nth(1).waitFor();
  await page.getByRole('link', { name: 'Label', exact: true }).click();
  expect(asked).toEqual([]);

  faults.allow(new RegExp(`^foreign request: GET ${host.url}\\d.png`));
  await page.getByRole('button', { name: `Show images from ${name}` }).click();
  await expect(page.getByText(/^This image/)).toBeHidden();
  await expect.poll(() => asked).toEqual(expect.arrayContaining(addresses()));
  // And from now on, without asking again.
  await page.reload();
  await item(page).waitFor();
  await expect(page.getByText(/^This image/)).toBeHidden();
});
