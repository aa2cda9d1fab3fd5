import type { Page } from '@playwright/test';
import type { Span } from '#core/model/annotation';
import { createSpanProject, draftSpans, ENTITIES, textLines } from '../e2e/support/spans';
import { keyPaints, observeKeys } from './app';
import type { Benchmark, Row } from './benchmark';
import { quantile } from './statistics';

const LENGTH = 50_000;
const SPANS = 500;
const RUNS = 5;
const FRAME_MS = 1000 / 60;

/** A text of 50 kB with 500 spans: going to it, and adding a span in its middle. */
export const spans: Benchmark = {
  name: 'spans',
  async run({ browser, url }) {
    const rows: Row[] = [];
    for (const { shape, text } of [
      { shape: 'paragraphs', text: prose('\n\n') },
      { shape: 'one paragraph', text: prose(' ') },
    ]) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await installStopwatch(page);
      await createSpanProject(page, [textLines(['A short text before it.', text])], [ENTITIES], url);
      await draftSpans(page, 'entities', entities(text), 1);
      rows.push(...(await measure(page, `50 kB text (${shape}) with 500 spans`)));
      await context.close();
    }
    return rows;
  },
};

async function measure(page: Page, name: string): Promise<Row[]> {
  const opened: number[] = [];
  const added: number[] = [];
  const count = () => page.locator('[data-tag]').count();
  await keyToTags(page, 'j', SPANS);
  for (let run = 0; run < RUNS; run++) {
    await keyToTags(page, 'k', 0);
    opened.push(await keyToTags(page, 'j', SPANS));
  }
  await observeKeys(page);
  for (let run = 0; run < RUNS; run++) {
    await pointAtMiddle(page, run);
    const before = await count();
    await page.keyboard.press('Shift+Control+ArrowRight');
    added.push(await keyToTags(page, '4', before + 1));
    await keyToTags(page, 'Control+z', before);
  }
  const paints = await keyPaints(page, 3 * RUNS);
  return [
    { name: `${name}: opened, settled, median`, value: quantile(opened, 0.5), unit: 'ms', reach: 100 },
    { name: `${name}: one more span settled, median`, value: quantile(added, 0.5), unit: 'ms', reach: 20 },
    {
      name: `${name}: selecting, adding, undo to next paint, p95`,
      value: quantile(paints, 0.95),
      unit: 'ms',
      reach: 20,
    },
  ];
}

/** Puts the cursor into the middle of the text, elsewhere in each run. */
async function pointAtMiddle(page: Page, run: number): Promise<void> {
  const text = page.getByRole('textbox', { name: 'Text to label' });
  await text.evaluate((element) => {
    const work = element.closest('[role=region]')!;
    work.scrollTop = work.scrollHeight / 2;
  });
  const box = (await text.boundingBox())!;
  await page.mouse.click(box.x + 200, 200 + 40 * run);
  await page.keyboard.press('Escape');
}

/**
 * Installs the stopwatch of {@link keyToTags}: from the timestamp of a key's event to the second animation frame after it,
 * or to the first later one in which so many spans stand in the text, with the tasks that were pending before done.
 */
async function installStopwatch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const drained = () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve();
        };
        port2.postMessage(null);
      });
    const expect = (wanted: number) => {
      const settled = new Promise<number>((resolve) => {
        const press = async (event: KeyboardEvent) => {
          await frame();
          do await frame();
          while (document.querySelectorAll('[data-tag]').length !== wanted);
          await drained();
          resolve(performance.now() - event.timeStamp);
        };
        addEventListener('keydown', (event) => void press(event), { capture: true, once: true });
      });
      Object.assign(window, { settled });
    };
    Object.assign(window, { expect });
  });
}

/** Presses a key, at any time within a frame, and waits until so many spans stand in the text; milliseconds. */
async function keyToTags(page: Page, key: string, wanted: number): Promise<number> {
  await page.evaluate((wanted) => {
    (window as unknown as { expect: (wanted: number) => void }).expect(wanted);
  }, wanted);
  await page.waitForTimeout(Math.random() * FRAME_MS);
  await page.keyboard.press(key);
  return page.evaluate(() => (window as unknown as { settled: Promise<number> }).settled);
}

const WORDS =
  'the board of Acme met in Berlin while Ms Tanaka spoke about tariffs and wages across Northern Europe before winter'.split(
    ' ',
  );

/** Sentences with a paragraph end every 80 words. */
function prose(paragraph: string): string {
  let text = '';
  for (let at = 0; text.length < LENGTH; at++) {
    const word = WORDS[(at * 7 + Math.floor(at / 19)) % WORDS.length]!;
    text += at % 16 === 15 ? `${word}. ` : `${word} `;
    if (at % 80 === 79) text = text.trimEnd() + paragraph;
  }
  return text.slice(0, LENGTH);
}

/** 500 spans of one to three words, spread over the text; every fifth lies in the one before. */
function entities(text: string): Span[] {
  const starts = [...text.matchAll(/\S+/g)];
  const step = Math.floor(starts.length / SPANS);
  return Array.from({ length: SPANS }, (_, nth) => {
    const first = starts[nth * step - (nth % 5 === 4 ? step - 1 : 0)]!;
    const last = starts[starts.indexOf(first) + (nth % 5 === 3 ? 2 : nth % 2)]!;
    const classes = ['person', 'place', 'group'];
    return {
      ...{ id: String(nth + 1), class: classes[nth % 3]!, start: first.index, end: last.index + last[0].length },
    };
  }).sort((a, b) => a.start - b.start);
}
