import type { Page } from '@playwright/test';
import type { Benchmark, Context, Row } from './benchmark';
import { quantile } from './statistics';

interface Scene {
  readonly name: string;
  readonly boxes: number;
  readonly width: number;
  readonly height: number;
  /** Milliseconds. */
  readonly reach: { readonly shown: number; readonly edit: number; readonly frame: number };
}

const SCENES: readonly Scene[] = [
  {
    name: '10,000 boxes on 1920x1080',
    boxes: 10_000,
    width: 1920,
    height: 1080,
    reach: { shown: 250, edit: 25, frame: 25 },
  },
  {
    name: '3,000 boxes on 4096x4096',
    boxes: 3_000,
    width: 4096,
    height: 4096,
    reach: { shown: 250, edit: 20, frame: 20 },
  },
];

const RUNS = 5;
/** Rounds of gestures: where within a frame each begins decides on half a frame of what it takes. */
const ROUNDS = 15;
const IMAGE = '[role=application]';
const FRAME_MS = 1000 / 60;
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * Many boxes on one image, by a project whose boxes came with a COCO file: the image shown with all of them; drawing, selecting,
 * moving, resizing, deleting and undoing until settled (the second animation frame after the event that ended the gesture, with
 * the tasks that were pending before it done); panning and zooming, frame by frame.
 */
export const boxes: Benchmark = {
  name: 'boxes',
  async run(context) {
    const rows: Row[] = [];
    for (const scene of SCENES) rows.push(...(await measure(context, scene)));
    return rows;
  },
};

async function measure({ browser, url }: Context, scene: Scene): Promise<Row[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await installClock(page);
  await createProject(page, url, scene);

  const shown: number[] = [];
  for (let run = 0; run < RUNS; run++) shown.push(await showAgain(page, scene.boxes));

  const times = new Map<string, number[]>();
  const note = (name: string, time: number) => times.set(name, [...(times.get(name) ?? []), time]);
  const { mouse, keyboard } = page;
  const stage = await page.locator(IMAGE).boundingBox();
  if (!stage) throw new Error('The image is not on the screen.');
  for (let round = 0; round < ROUNDS; round++) {
    const [right, down] = [0.2 + 0.03 * round, 0.2 + 0.025 * round];
    const [x, y] = [stage.x + stage.width * right, stage.y + stage.height * down];
    const drag = async (from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
      await mouse.move(...from);
      await mouse.down();
      for (let step = 1; step <= 4; step++)
        await mouse.move(from[0] + ((to[0] - from[0]) * step) / 4, from[1] + ((to[1] - from[1]) * step) / 4);
      await asynchronously(page);
      await mouse.up();
    };
    await drag([x, y], [x + 90, y + 70]);
    note('draw', await settled(page, 'pointerup'));
    await drag([x + 45, y + 35], [x + 65, y + 50]);
    note('move', await settled(page, 'pointerup'));
    await drag([x + 110, y + 85], [x + 130, y + 95]);
    note('resize', await settled(page, 'pointerup'));
    await keyboard.press('Escape');
    await asynchronously(page);
    await mouse.click(x - 60, y - 40);
    note('select', await settled(page, 'pointerup'));
    await keyboard.press('Tab');
    await asynchronously(page);
    await keyboard.press('Delete');
    note('delete', await settled(page, 'keydown'));
    // The key that is held makes a frame of its own: pressed together, the other would always come right after its beginning.
    await keyboard.down('Control');
    await asynchronously(page);
    await keyboard.press('z');
    note('undo', await settled(page, 'keydown'));
    await keyboard.up('Control');
  }

  const frames = { pan: [] as number[], zoom: [] as number[] };
  await mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2);
  for (let run = 0; run < RUNS; run++) {
    frames.zoom.push(...(await framesWhile(page, () => wheel(page, 40, 0, -60))));
    frames.zoom.push(...(await framesWhile(page, () => wheel(page, 20, 0, 60))));
    frames.pan.push(...(await framesWhile(page, () => wheel(page, 30, 20, 20))));
    frames.pan.push(...(await framesWhile(page, () => wheel(page, 30, -20, -20))));
    await keyboard.press('Shift+1');
  }
  await context.close();

  const { reach } = scene;
  return [
    { name: `${scene.name}: shown`, value: quantile(shown, 0.5), unit: 'ms', reach: reach.shown },
    ...Array.from(times, ([name, values]) => ({
      name: `${scene.name}: ${name} settled`,
      value: quantile(values, 0.5),
      unit: 'ms',
      reach: reach.edit,
    })),
    { name: `${scene.name}: pan, frame p95`, value: quantile(frames.pan, 0.95), unit: 'ms', reach: reach.frame },
    { name: `${scene.name}: zoom, frame p95`, value: quantile(frames.zoom, 0.95), unit: 'ms', reach: reach.frame },
  ];
}

/** Imports an image with its boxes, and another one without any, by the page that people use. */
async function createProject(page: Page, url: string, { boxes: count, width, height }: Scene): Promise<void> {
  await page.goto(`${url}#/new`);
  const image = Buffer.from(await page.evaluate(drawImage, [width, height] as const), 'base64');
  const other = Buffer.from(await page.evaluate(drawImage, [640, 480] as const), 'base64');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  await chooser.setFiles([
    { name: 'many.png', mimeType: 'image/png', buffer: image },
    { name: 'none.png', mimeType: 'image/png', buffer: other },
    { name: 'instances.json', mimeType: 'application/json', buffer: Buffer.from(coco(count, width, height)) },
  ]);
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/, { timeout: 120_000 });
  await page.locator(IMAGE).waitFor();
}

/** Boxes of a few classes all over the image, the same at every run. */
function coco(count: number, width: number, height: number): string {
  let state = 20_260_701;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const annotations = Array.from({ length: count }, (_, at) => {
    const bbox = [random() * (width - 60), random() * (height - 60), 8 + random() * 44, 8 + random() * 44];
    return { id: at + 1, image_id: 1, category_id: (at % 8) + 1, bbox, area: bbox[2]! * bbox[3]!, iscrowd: 0 };
  });
  return JSON.stringify({
    images: [
      { id: 1, file_name: 'many.png', width, height },
      { id: 2, file_name: 'none.png', width: 640, height: 480 },
    ],
    categories: Array.from({ length: 8 }, (_, at) => ({ id: at + 1, name: `class ${at + 1}` })),
    annotations,
  });
}

async function drawImage([width, height]: readonly [number, number]): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const ground = context.createLinearGradient(0, 0, width, height);
  ground.addColorStop(0, '#7a8a99');
  ground.addColorStop(1, '#d9cdb8');
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** What the page keeps for {@link settled}, {@link framesWhile} and {@link showAgain}. */
interface Clock {
  /** Milliseconds from an event of a type to its settling; the last one. */
  readonly settled: Record<string, Promise<number>>;
  frames: number[];
  watching: boolean;
}

async function installClock(page: Page): Promise<void> {
  await page.addInitScript((selector) => {
    const frame = () =>
      new Promise<number>((resolve) =>
        requestAnimationFrame((time) => {
          resolve(time);
        }),
      );
    const drained = () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve();
        };
        port2.postMessage(null);
      });
    const clock: Clock = { settled: {}, frames: [], watching: false };
    for (const type of ['pointerup', 'keydown']) {
      addEventListener(
        type,
        (event) => {
          const settle = async (wanted: string): Promise<number> => {
            await frame();
            await drained();
            for (;;) {
              await frame();
              if (!document.querySelector(selector)?.getAttribute('aria-label')?.includes(wanted)) continue;
              await drained();
              return performance.now() - event.timeStamp;
            }
          };
          clock.settled[type] = settle('');
          const { key } = event as KeyboardEvent;
          // The image that holds the boxes, when the other one is left for it.
          if (key === 'k') clock.settled['shown'] = settle('many.png, ');
        },
        { capture: true },
      );
    }
    Object.assign(window, { clock });
  }, IMAGE);
}

type WithClock = Window & typeof globalThis & { readonly clock: Clock };

const settled = (page: Page, type: string): Promise<number> =>
  page.evaluate((name) => (window as unknown as WithClock).clock.settled[name]!, type);

/** Goes to the other image and back, and gives the milliseconds from the key to the second frame with all boxes. */
async function showAgain(page: Page, count: number): Promise<number> {
  await page.keyboard.press('j');
  await page.locator(`${IMAGE}[aria-label^="none.png"]`).waitFor();
  await asynchronously(page);
  await page.keyboard.press('k');
  const time = await settled(page, 'shown');
  await page.locator(`${IMAGE}[aria-label="many.png, ${count.toLocaleString('en')} boxes"]`).waitFor();
  return time;
}

/** Waits for a part of a frame, another one each time: people act at any time within one. */
let phase = 0;
async function asynchronously(page: Page): Promise<void> {
  phase = (phase + GOLDEN_RATIO) % 1;
  await page.waitForTimeout(100 + phase * FRAME_MS);
}

async function wheel(page: Page, notches: number, x: number, y: number): Promise<void> {
  // Sideways and upwards at once is a drag: the wheel with Shift.
  if (x !== 0) await page.keyboard.down('Shift');
  for (let notch = 0; notch < notches; notch++) {
    await page.mouse.wheel(x, y);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  if (x !== 0) await page.keyboard.up('Shift');
}

/** Milliseconds between the animation frames of the page while something is done. */
async function framesWhile(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const { clock } = window as unknown as WithClock;
    clock.frames = [];
    clock.watching = true;
    let before: number | null = null;
    const look = (time: number) => {
      if (before !== null) clock.frames.push(time - before);
      before = time;
      if (clock.watching) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await work();
  return page.evaluate(() => {
    const { clock } = window as unknown as WithClock;
    clock.watching = false;
    return clock.frames;
  });
}
