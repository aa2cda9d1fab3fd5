import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { png } from './png';

/** Path -> content. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Pictures that differ, so that none is a duplicate of another: 100 x 80 pixels. */
export const picture = (n: number) => png(100, 80, [20 + n, 90, 160], [n, n, n]);

const CLASSES = ['RBC', 'WBC', 'Platelets'];
/** Image, class by place in {@link CLASSES}, then x, y, width and height in pixels. */
const BOXES: readonly (readonly [image: number, of: number, x: number, y: number, width: number, height: number])[] = [
  [1, 0, 10, 10, 20, 20],
  [1, 0, 40, 10, 20, 20],
  [1, 1, 60, 40, 30, 30],
  [2, 2, 5, 5, 10, 8],
];

/** Three images: two red cells and a white one, a platelet, and nothing. */
export const cocoDocument = () => ({
  images: [1, 2, 3].map((id) => ({ id, file_name: `${id}.png`, width: 100, height: 80 })),
  categories: CLASSES.map((name, at) => ({ id: 90 + at, name })),
  annotations: BOXES.map(([image, of, ...bbox], at) => ({
    ...{ id: at + 1, image_id: image, category_id: 90 + of, bbox, area: bbox[2] * bbox[3], iscrowd: 0 },
  })),
});

export const cocoFiles = (document: object = cocoDocument()): Files => ({
  'cells/annotations/instances_default.json': JSON.stringify(document, null, 1),
  ...Object.fromEntries([1, 2, 3].map((id) => [`cells/images/${id}.png`, picture(id)] as const)),
});

/** The same as {@link cocoDocument}, in the layout of Ultralytics. */
export const yoloFiles = (): Files => ({
  'cells/data.yaml': `path: .\ntrain: images/train\nval: images/train\nnames:\n${CLASSES.map((name, at) => `  ${at}: ${name}\n`).join('')}`,
  ...Object.fromEntries(
    [1, 2, 3].flatMap((id): [string, string | Uint8Array][] => {
      const lines = BOXES.filter(([image]) => image === id).map(
        ([, of, x, y, width, height]) =>
          `${of} ${(x + width / 2) / 100} ${(y + height / 2) / 80} ${width / 100} ${height / 80}`,
      );
      return [
        [`cells/images/train/${id}.png`, picture(id)],
        [`cells/labels/train/${id}.txt`, lines.join('\n')],
      ];
    }),
  ),
});

export function zipped(files: Files): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)])),
  );
}

/** Writes the files to the disk; the folder that holds them. */
export async function folderOf(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-dataset-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Lets a file go over the page. */
export async function dropFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  const transfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const made = new DataTransfer();
      made.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
      return made;
    },
    { name, base64: Buffer.from(bytes).toString('base64') },
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

/** Picks a folder by the page's button. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a folder' }).click(),
  ]);
  await chooser.setFiles(folder);
}
