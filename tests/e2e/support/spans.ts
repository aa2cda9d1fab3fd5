import type { Page } from '@playwright/test';
import type { Span } from '#core/model/annotation';
import { addClasses, addField, editField } from '#core/model/schema-edits';
import { EMPTY_SCHEMA, type Field, type Schema } from '#core/model/schema';
import type { ProjectApi } from '#workers/project/api';
import { chooseFiles, item, type GivenFile } from './project';

/** A question as the tests name it: `classes` get their keys as in the app. */
export interface Question {
  readonly kind: Field['kind'];
  readonly name: string;
  readonly classes: readonly string[];
  readonly change?: Parameters<typeof editField>[2];
}

/** What a schema editor would make of the questions. */
function schemaOf(questions: readonly Question[]): Schema {
  return questions.reduce((schema, { kind, name, classes, change = {} }) => {
    const added = addField(schema, name, kind);
    if (!added.ok) throw new Error(added.error.message);
    const field = added.value.fields.at(-1)!;
    const edited = editField(addClasses(added.value, field.id, classes), field.id, change);
    if (!edited.ok) throw new Error(edited.error.message);
    return edited.value;
  }, EMPTY_SCHEMA);
}

export const ENTITIES: Question = { kind: 'span', name: 'Entities', classes: ['person', 'place', 'group', 'product'] };

/** Lets tests speak with the page's own project worker, in the words of comlink, as the page does. To be called before it loads. */
async function watchWorker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Native = Worker;
    window.Worker = class extends Native {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === 'concord-project') Object.assign(window, { projectWorker: this });
      }
    };
  });
}

/** Calls the project worker; its errors throw. */
function tell<M extends keyof ProjectApi>(
  page: Page,
  method: M,
  ...parameters: Parameters<ProjectApi[M]>
): Promise<unknown> {
  return page.evaluate(
    ([method, parameters]) =>
      new Promise<unknown>((resolve, reject) => {
        const { projectWorker: worker } = window as unknown as { projectWorker: Worker };
        const id = crypto.randomUUID();
        const hear = ({
          data,
        }: MessageEvent<{ id: string; value: { ok: boolean; value: unknown; error: unknown } }>) => {
          if (data.id !== id) return;
          worker.removeEventListener('message', hear);
          if (data.value.ok) resolve(data.value.value);
          else reject(new Error(JSON.stringify(data.value.error)));
        };
        worker.addEventListener('message', hear);
        const argumentList = parameters.map((value) => ({ type: 'RAW', value }));
        worker.postMessage({ id, type: 'APPLY', path: [method], argumentList });
      }),
    [method, parameters as readonly unknown[]] as const,
  );
}

/** Makes a project that asks these questions, and waits for its first item. */
export async function createSpanProject(
  page: Page,
  files: readonly GivenFile[],
  questions: readonly Question[] = [ENTITIES],
  url = '',
): Promise<void> {
  await watchWorker(page);
  await page.goto(`${url}#/new`);
  await chooseFiles(page, files);
  await page.getByRole('radio', { name: 'Text classification' }).check();
  await page.getByLabel('Classes').fill('none');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await tell(page, 'changeSchema', schemaOf(questions));
  await item(page).getByRole('textbox', { name: 'Text to label' }).waitFor();
}

/** Puts spans into the draft of an item, as if they had been drawn before, and shows the items anew. */
export async function draftSpans(page: Page, field: string, spans: readonly Span[], position = 0): Promise<void> {
  const items = await tell(page, 'walk', { from: null, direction: 'next', among: 'all', count: position + 1 });
  const { id } = (items as readonly { readonly id: string }[])[position]!;
  await tell(page, 'saveDraft', id, { values: { [field]: spans }, note: '' });
  await page.reload();
  await item(page).waitFor();
}

/** Texts in a file of one text per line. */
export const textLines = (texts: readonly string[]): GivenFile => ({
  name: 'texts.jsonl',
  text: texts.map((text) => JSON.stringify({ text })).join('\n'),
});

/** Selects a piece of the text on the screen with the mouse, from its first to its last character. */
export async function drag(page: Page, piece: string): Promise<void> {
  const { from, to } = await page.evaluate((piece) => {
    const root = document.querySelector('[role=textbox]')!;
    const start = root.textContent.indexOf(piece);
    const place = (at: number) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      let passed = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const { length } = node.nodeValue!;
        if (at <= passed + length && length > 0) return [node, at - passed] as const;
        passed += length;
      }
      throw new Error('no such place');
    };
    const edge = (at: number, side: 'left' | 'right') => {
      const range = document.createRange();
      range.setStart(...place(side === 'left' ? at : at - 1));
      range.setEnd(...place(side === 'left' ? at + 1 : at));
      const rects = [...range.getClientRects()];
      const rect = rects.at(-1)!;
      return { x: side === 'left' ? rect.left + 1 : rect.right - 1, y: (rect.top + rect.bottom) / 2 };
    };
    return { from: edge(start, 'left'), to: edge(start + piece.length, 'right') };
  }, piece);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
}
