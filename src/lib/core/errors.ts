/**
 * The one catalogue of expected errors. An error says what is wrong, where (`path`: a file with its row, a field, a
 * commit), and what to do (`hint`). It is plain data, so it crosses workers and logs unchanged.
 */
export interface ConcordError {
  readonly code: ErrorCode;
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

interface Wording {
  readonly message: string;
  readonly hint: string;
}

const catalogue = {
  // Project and storage
  'project.unknown': () => ({
    message: 'This project is not on this device.',
    hint: 'Open it from the list of projects, or import its project file.',
  }),
  'project.elsewhere': () => ({
    message: 'This project is open in another tab.',
    hint: 'Continue there, or choose to use it here.',
  }),
  'project.moved': () => ({
    message: 'This project was taken over by another tab.',
    hint: 'Continue there, or choose to use it here.',
  }),
  'storage.full': () => ({
    message: 'The disk has no room left for this browser.',
    hint: 'Free some space, or delete a project that you have exported, and try again. What was saved before is safe.',
  }),
  'storage.failed': (detail: { reason: string }) => ({
    message: `The browser could not store this: ${detail.reason}`,
    hint: 'Reload the page. What was shown as saved is safe.',
  }),
  'worker.died': () => ({
    message: 'The background worker stopped.',
    hint: 'Reload the page. What was shown as saved is safe.',
  }),
  cancelled: () => ({ message: 'Cancelled.', hint: 'Nothing else was changed.' }),

  // Log
  'commit.malformed': (detail: { reason: string }) => ({
    message: `This is not a commit: ${detail.reason}.`,
    hint: 'The bytes were damaged or come from something else; fetch them again from another peer or file.',
  }),
  'commit.signature': () => ({
    message: 'The signature does not belong to this author and content.',
    hint: 'The commit was changed after it was signed, or was forged; it is not counted.',
  }),
  'commit.chain': (detail: { reason: string }) => ({
    message: `The commit does not continue its author's log: ${detail.reason}.`,
    hint: 'An earlier commit is missing or was changed; fetch the log again.',
  }),
  'commit.lamport': () => ({
    message: 'The logical clock of the commit is out of bounds.',
    hint: 'It must grow within its log and stay below 2^48; the commit is not counted.',
  }),
  'update.refused': (detail: { reason: string }) => ({
    message: `The update is not a plain append: ${detail.reason}.`,
    hint: 'It is not applied; ask the peer again.',
  }),

  // Values and schema
  'value.invalid': (detail: { reason: string }) => ({
    message: `The value does not fit its field: ${detail.reason}.`,
    hint: 'Correct the value, or change the field in Settings.',
  }),
  'schema.invalid': (detail: { reason: string }) => ({
    message: `The schema cannot be used: ${detail.reason}.`,
    hint: 'Correct it in Settings; the previous version stays in force.',
  }),
} as const satisfies Record<string, (detail: never) => Wording>;

type Catalogue = typeof catalogue;
export type ErrorCode = keyof Catalogue;

/**
 * Builds an error from the catalogue.
 *
 * @param path where: a file with its row (`train.csv, row 12`), a field id, an author and commit; '' when there is none
 */
export function fault<C extends ErrorCode>(code: C, path: string, ...detail: Parameters<Catalogue[C]>): ConcordError {
  const wording = (catalogue[code] as (...detail: Parameters<Catalogue[C]>) => Wording)(...detail);
  return { code, path, ...wording };
}
