import type { Page } from '@playwright/test';
import { item } from './support/project';
import { createSpanProject, drag, draftSpans, ENTITIES, textLines, type Question } from './support/spans';
import { expect, test } from './support/test';

const ACME = 'Angela Merkel met Acme Corp. in Berlin. Acme Corp. is in Berlin, and Merkel is not.';
const text = (page: Page) => page.getByRole('textbox', { name: 'Text to label' });
/** The spans in the text, by what their tags say. */
const tags = (page: Page) =>
  text(page)
    .locator('[data-tag]')
    .evaluateAll((found) => found.map((tag) => (tag as HTMLElement).dataset.tag));
const said = (page: Page, words: string) =>
  expect(page.locator('[aria-live=polite]', { hasText: words })).toBeAttached();
const openList = async (page: Page) => {
  await page.keyboard.press('g');
  await page.getByRole('tab', { name: 'Regions' }).click();
};
const rows = (page: Page) => page.getByRole('grid', { name: 'Spans' }).getByRole('row');

test('by mouse: text first and class after, class first and text after, the same text everywhere, undo', async ({
  page,
  expectAccessible,
}) => {
  await createSpanProject(page, [textLines([ACME, 'Acme Corp. again.', 'Nothing here.'])]);
  // Half of two words are both words.
  await drag(page, 'gela Mer');
  const picker = page.getByRole('dialog', { name: 'Choose a class' });
  await expect(picker).toContainText('“Angela Merkel”');
  await expectAccessible();
  await page.keyboard.press('1');
  await expect(picker).toBeHidden();
  await expect.poll(() => tags(page)).toEqual(['person']);

  await page.keyboard.press('3');
  await expect(page.getByRole('button', { name: 'group', pressed: true })).toBeVisible();
  await drag(page, 'Acme Corp');
  await expect.poll(() => tags(page)).toEqual(['person', 'group']);
  await page.keyboard.press('t');
  await expect.poll(() => tags(page)).toEqual(['person', 'group', 'group']);
  await said(page, 'group, Acme Corp: 1 more');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => tags(page)).toEqual(['person', 'group']);
  await page.keyboard.press('Shift+ControlOrMeta+z');
  await expect.poll(() => tags(page)).toEqual(['person', 'group', 'group']);

  await page.keyboard.press('Enter');
  await expect(item(page)).toContainText('Acme Corp. again.');
  // No class is active any more once its key is pressed again; what the text was before is offered first.
  await page.keyboard.press('3');
  await drag(page, 'Acme Corp');
  await expect(picker.getByRole('option').first()).toHaveText(/group/);
  await page.keyboard.press('Enter');
  await expect.poll(() => tags(page)).toEqual(['group']);
  await page.keyboard.press('Enter');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect.poll(() => tags(page)).toEqual(['person', 'group', 'group']);
  await page.reload();
  await expect(item(page)).toContainText('Nothing here.');
  await page.keyboard.press('k');
  await expect.poll(() => tags(page)).toEqual(['group']);
});

test('by keyboard alone: cursor, selection, class, walk, move its ends, change, remove', async ({ page }) => {
  await createSpanProject(page, [textLines([ACME, 'next'])]);
  await expect(text(page)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ControlOrMeta+ArrowRight');
  await said(page, 'Merkel, selected');
  await page.keyboard.press(' ');
  const picker = page.getByRole('dialog', { name: 'Choose a class' });
  await page.keyboard.type('pl');
  await expect(picker.getByRole('option')).toHaveText([/place/]);
  await page.keyboard.press('Escape');
  await expect(picker).toBeHidden();
  await expect.poll(() => tags(page)).toEqual([]);

  await page.keyboard.press('Home');
  for (let word = 0; word < 2; word++) await page.keyboard.press('Shift+ControlOrMeta+ArrowRight');
  await page.keyboard.press('1');
  await expect.poll(() => tags(page)).toEqual(['person']);
  await page.keyboard.press('Shift+ControlOrMeta+ArrowRight');
  await page.keyboard.press('2');
  await expect.poll(() => tags(page)).toEqual(['person', 'place']);

  await page.keyboard.press('Shift+Tab');
  await said(page, 'place, met, selected');
  await page.keyboard.press('Shift+Tab');
  await said(page, 'person, Angela Merkel, selected');
  await page.keyboard.press('Shift+ArrowRight');
  await said(page, 'person, Angela Merkel met');
  await page.keyboard.press('Shift+Alt+ArrowRight');
  await said(page, 'person, Merkel met');
  await page.keyboard.press('3');
  await expect.poll(() => tags(page)).toEqual(['group', 'place']);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Delete');
  await expect.poll(() => tags(page)).toEqual(['group']);

  // The text is no trap: after Escape, Tab goes on to the buttons.
  await page.keyboard.press('Home');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(text(page)).not.toBeFocused();
  await text(page).focus();
  await page.keyboard.press('Enter');
  await expect(item(page)).toContainText('next');
});

test('spans that nest and overlap are picked one after the other, each tag picks its own', async ({ page }) => {
  const inner = { start: 4, end: 9 };
  await createSpanProject(page, [textLines(['the Queen of England came'])]);
  await draftSpans(page, 'entities', [
    { id: '1', class: 'group', start: 0, end: 20 },
    { id: '2', class: 'product', start: 4, end: 20 },
    { id: '3', class: 'person', ...inner },
    { id: '4', class: 'place', start: 7, end: 25 },
  ]);
  const name = page.getByRole('group', { name: 'Selected span' }).locator('.name');
  const queen = text(page).locator('[data-at="4"]', { hasText: 'Que' });
  for (const expected of ['person', 'product', 'group', 'person']) {
    await queen.click({ position: { x: 10, y: 8 } });
    await expect(name).toHaveText(expected);
  }
  await text(page).locator('[data-tag=place]').click();
  await expect(name).toHaveText('place');
  await openList(page);
  await expect(rows(page)).toHaveText([/group/, /product/, /person/, /place/]);
  await expect(page.getByRole('row', { selected: true })).toHaveText(/en of England came/);
  await page.getByRole('grid', { name: 'Spans' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(name).toHaveText('person');
  await page.keyboard.press('Delete');
  await expect.poll(() => tags(page)).toEqual(['group', 'product', 'place']);
  await expect(name).toHaveText('place');
});

test('what is drawn never cuts a character in two, in any script', async ({ page, expectAccessible }) => {
  const tricky = ['👩‍👩‍👧‍👦 came', 'नमस्ते दुनिया', 'שלום עולם', 'a\u0000b cafe\u0301 x', '🇩🇪🇫🇷'];
  const byCharacter: Question = { ...ENTITIES, change: { wholeWords: false } };
  await createSpanProject(page, [textLines([tricky.join('\n'), 'second'])], [byCharacter]);
  await expectAccessible();
  const lengths: number[] = [];
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('1');
  for (let line = 1; line < tricky.length; line++) {
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    // Hebrew goes on to the left.
    await page.keyboard.press(line === 2 ? 'Shift+ArrowLeft' : 'Shift+ArrowRight');
    await page.keyboard.press('1');
  }
  await openList(page);
  for (const place of await page.getByRole('grid', { name: 'Spans' }).locator('.place').allInnerTexts()) {
    const [start, end] = place.split('-').map(Number);
    lengths.push(end! - start!);
  }
  expect(lengths).toEqual(['👩‍👩‍👧‍👦', 'न', 'ש', 'a', '🇩🇪'].map(({ length }) => length));
});

test('an utterance with its intent, its entities and what was said before', async ({
  page,
  expectAccessibleInThemes,
}) => {
  const intent: Question = { kind: 'choice', name: 'Intent', classes: ['book', 'cancel', 'ask'] };
  const context = Array.from({ length: 6 }, (_, at) => ({ speaker: at % 2 ? 'agent' : 'guest', text: `turn ${at}` }));
  const lines = [{ text: 'to Paris with Ada', context }, { text: 'second' }].map((line) => JSON.stringify(line));
  await createSpanProject(page, [{ name: 'talk.jsonl', text: lines.join('\n') }], [intent, ENTITIES]);
  const turns = page.getByRole('group', { name: 'Earlier turns' });
  await expect(turns.locator('.said')).toHaveText(['turn 2', 'turn 3', 'turn 4', 'turn 5']);
  await page.getByRole('button', { name: 'Show earlier turns (2)' }).click();
  await expect(turns).toContainText('turn 0');
  await drag(page, 'Paris');
  await expect(page.getByRole('dialog', { name: 'Choose a class' })).toBeVisible();
  await page.keyboard.press('5');
  await expect.poll(() => tags(page)).toEqual(['place']);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Answer Intent first')).toBeVisible();
  await expect(page.locator('.missing')).toContainText('Intent');
  await expectAccessibleInThemes();
  await page.keyboard.press('1');
  await expect(page.locator('.missing')).toHaveCount(0);
  await expect(item(page)).toContainText('to Paris');
  await page.keyboard.press('Enter');
  await expect(item(page)).toContainText('second');
  await page.keyboard.press('k');
  await expect.poll(() => tags(page)).toEqual(['place']);
  await expect(page.getByRole('button', { name: 'book', pressed: true })).toBeVisible();
});

test('every key of the text is listed', async ({ page, expectAccessible }) => {
  await createSpanProject(page, [textLines(['one', 'two'])]);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  for (const line of ['Label all same text T', 'Next span Tab', 'person 1', 'Choose a class Space'])
    await expect(help.locator('dl > div').filter({ hasText: line })).toBeVisible();
  await expectAccessible();
});

test('@phone by finger: what the handles select is offered the classes at the thumb', async ({
  page,
  expectAccessible,
}) => {
  await createSpanProject(page, [textLines([ACME, 'second'])]);
  await text(page).tap({ position: { x: 200, y: 10 } });
  await text(page).evaluate((root) => {
    // A long press selects a word by the platform's own hand.
    const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const first = words.nextNode()!;
    getSelection()!.setBaseAndExtent(first, 7, first, 13);
  });
  const picker = page.getByRole('dialog', { name: 'Choose a class' });
  await expect(picker).toContainText('“Merkel”');
  await expectAccessible();
  for (const option of await picker.getByRole('option').all()) {
    expect((await option.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  }
  const box = (await picker.boundingBox())!;
  expect(box.y + box.height).toBeCloseTo(page.viewportSize()!.height, 0);
  await picker.getByRole('option', { name: 'person' }).tap();
  await expect.poll(() => tags(page)).toEqual(['person']);
  await text(page).locator('[data-tag]').tap();
  const card = page.getByRole('group', { name: 'Selected span' });
  await expect(card).toBeVisible();
  await expectAccessible();
  await card.getByRole('button', { name: /Label all same text: 1 more/ }).tap();
  await expect.poll(() => tags(page)).toEqual(['person', 'person']);
  await card.getByRole('button', { name: 'Remove span' }).tap();
  await expect.poll(() => tags(page)).toEqual(['person']);
});
