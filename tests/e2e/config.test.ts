import type { Page } from '@playwright/test';
import { dropFile, picture } from './support/datasets';
import { chooseFiles, doneCount, item } from './support/project';
import { expect, test } from './support/test';

/** The example of docs/CONFIG.md. */
const EXAMPLE = `project: {name: product_classification, task_type: image_classification, classes: [electronics, clothing, furniture, food, other]}
quality: {min_annotators_per_sample: 2, agreement_threshold: 0.75, review_gate: true, auto_flag_low_confidence: true}
active_learning: {enabled: true, strategy: uncertainty, model_checkpoint: ./models/weak_classifier.onnx, query_batch_size: 100, retrain_every_n_labels: 500}
export: {format: coco, output_dir: ./labeled_data/, train_val_split: 0.85}
`;

const drop = (page: Page, text: string, name = 'concord.yaml') => dropFile(page, name, Buffer.from(text));

const images = [1, 2, 3].map((n) => ({ name: `${n}.png`, bytes: picture(n) }));

test('a config that is dropped becomes a project: its questions, its rules, its export', async ({
  page,
  expectAccessible,
}) => {
  await page.goto('');
  await drop(page, EXAMPLE);
  await page.waitForURL(/#\/new/);
  await expect(page.getByLabel('Project name')).toHaveValue('product_classification');
  const asked = page.getByRole('region', { name: 'What the project asks' });
  await expect(asked).toContainText('electronics, clothing, furniture, food, and other');
  await expect(asked.getByRole('list', { name: 'Rules' })).toContainText('2 people label each item');
  await expect(asked).toContainText('The format “coco” does not fit this project');
  await expect(page.getByRole('radio', { name: 'Boxes' })).toBeHidden();
  await expectAccessible();

  await chooseFiles(page, images);
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await item(page).waitFor();
  await page.keyboard.press('2');
  await expect(page.getByRole('region', { name: /^Item 2/ })).toBeVisible();
  // One of the two who are asked has answered.
  expect(await doneCount(page)).toBe(0);

  await page.getByRole('link', { name: 'Settings' }).first().click();
  await expect(page.getByLabel('People per item')).toHaveValue('2');
  await expect(page.getByLabel('Agreement asked for, %')).toHaveValue('75');
  await expect(page.getByLabel('Review before an item is completed')).toBeChecked();

  await page.getByRole('link', { name: 'Export' }).click();
  await expect(page.getByText('As the project’s config says: COCO, 85% for training.')).toBeVisible();
  await expect(page.getByRole('radio', { name: /^COCO/ })).toBeChecked();
  await expect(page.getByLabel('For training, %')).toHaveValue('85');
});

test('quality rules are changed, refused where they make no sense, and undone', async ({ page, expectAccessible }) => {
  await page.goto('');
  await drop(page, 'project: {name: a, task_type: text_classification, classes: [yes, no]}');
  await page.waitForURL(/#\/new/);
  await chooseFiles(page, [{ name: 'texts.csv', text: 'text\none\ntwo\n' }]);
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await item(page).waitFor();
  await page.getByRole('link', { name: 'Settings' }).first().click();

  const people = page.getByLabel('People per item');
  await people.fill('0');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Type a whole number from 1 to 1,000.');
  await people.fill('1');
  await page.keyboard.press('Enter');
  await page.getByLabel('Agreement asked for, %').fill('29');
  await page.keyboard.press('Enter');
  await page.getByLabel('Review before an item is completed').check();
  await expectAccessible();
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await expect(page.getByLabel('Review before an item is completed')).not.toBeChecked();

  await page.reload();
  await expect(page.getByLabel('People per item')).toHaveValue('1');
  await expect(page.getByLabel('Agreement asked for, %')).toHaveValue('29');
});

test('a config without classes lets them be typed, or come with the labels of a table', async ({ page }) => {
  await page.goto('');
  await drop(page, 'project: {name: Tones, schema: [{kind: choice, name: Tone}]}');
  await page.waitForURL(/#\/new/);
  await page.getByRole('button', { name: 'Create the project' }).click();
  await expect(page.getByRole('alert')).toHaveText('Type at least one class.');
  await chooseFiles(page, [{ name: 'texts.csv', text: 'text,label\nHello,warm\nNo.,cold\n' }]);
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await expect(item(page)).toBeVisible();
  await expect(page.getByRole('button', { name: /^warm/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^cold/ })).toBeVisible();
});

test('the config can be left, and the project set up by hand @phone', async ({ page, expectAccessible }) => {
  await page.goto('');
  await drop(page, EXAMPLE);
  await page.waitForURL(/#\/new/);
  await expectAccessible();
  await page.getByRole('button', { name: 'Set it up by hand' }).click();
  await expect(page.getByRole('radio', { name: 'Boxes' })).toBeVisible();
  await expect(page.getByLabel('Classes')).toHaveValue('');
});

test('what is wrong with a config is said on the first page, with its place', async ({ page }) => {
  await page.goto('');
  await drop(page, 'project:\n  name: Birds\n  task_type: boundingbox\n');
  await expect(page.getByRole('alert')).toContainText('concord.yaml, line 3, column 14');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await drop(page, 'train: images\nval: images\nnames: [cat]\n', 'data.yaml');
  await expect(page.getByRole('alert')).toContainText('data.yaml, line 1, column 1');
  expect(page.url()).not.toContain('#/new');
});
