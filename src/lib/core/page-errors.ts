/** What every error says. */
export interface Wording {
  readonly message: string;
  readonly hint: string;
}

/**
 * The part of the catalogue (`./errors`) that a page needs by itself. All other errors come to it from a worker, with their words: so
 * the catalogue need not be loaded to label.
 */
export const pageErrors = {
  'project.moved': () => ({
    message: 'This project was taken over by another tab.',
    hint: 'Continue there, or choose to use it here.',
  }),
  'images.absent': (detail: { images: number }) => ({
    message:
      detail.images === 1
        ? 'One image is not on this device, and so not in the file.'
        : `${detail.images.toLocaleString('en')} images are not on this device, and so not in the file.`,
    hint: 'Images come while somebody who has them is connected, as far as there is room. Then save it again.',
  }),
  'worker.died': () => ({
    message: 'The background worker stopped.',
    hint: 'Reload the page. What was shown as saved is safe.',
  }),
  'keys.reserved': (detail: { reason: string }) => ({
    message: `These keys cannot be used: ${detail.reason}.`,
    hint: 'Press others, or Escape to leave it as it was.',
  }),
  'value.invalid': (detail: { reason: string }) => ({
    message: `The value does not fit its field: ${detail.reason}.`,
    hint: 'Correct the value, or change the field in Settings.',
  }),
  'class.color': (detail: { color: string }) => ({
    message: `“${detail.color}” is not a colour.`,
    hint: 'Write it as #rrggbb, in lower case.',
  }),
  'class.key': (detail: { key: string; command: string | null; holder: string | null }) => ({
    message:
      detail.command !== null
        ? `“${detail.key === ' ' ? 'Space' : detail.key}” ${detail.command}, so no class can have it.`
        : detail.holder !== null
          ? `“${detail.key}” is the key of “${detail.holder}”.`
          : 'A key is one letter, digit or sign.',
    hint: 'Choose a free key, or leave it empty.',
  }),
  'class.name': (detail: { name: string }) => ({
    message: detail.name === '' ? 'A class needs a name.' : `There is a class “${detail.name}” already.`,
    hint: 'Type a name that no other class has, or merge the two classes.',
  }),
  'field.name': (detail: { name: string }) => ({
    message: detail.name === '' ? 'A question needs a name.' : `There is a question “${detail.name}” already.`,
    hint: 'Type a name that no other question has.',
  }),
  'schema.invalid': (detail: { reason: string }) => ({
    message: `The schema cannot be used: ${detail.reason}.`,
    hint: 'Correct it in Settings; the previous version stays in force.',
  }),
} as const satisfies Record<string, (detail: never) => Wording>;

type PageErrors = typeof pageErrors;
export type PageErrorCode = keyof PageErrors;

export const isPageErrorCode = (code: string): code is PageErrorCode => Object.hasOwn(pageErrors, code);

/**
 * Builds one of them, as `fault` does.
 *
 * @param path where: a field id; '' when there is none
 */
export function pageFault<C extends PageErrorCode>(code: C, path: string, ...detail: Parameters<PageErrors[C]>) {
  const wording = (pageErrors[code] as (...detail: Parameters<PageErrors[C]>) => Wording)(...detail);
  return { code, path, ...wording };
}
