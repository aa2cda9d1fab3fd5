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
