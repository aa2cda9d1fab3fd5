import { isPageErrorCode, type PageErrorCode } from '../page-errors';

/** What a report says of something that was thrown: nothing that its author could have put a word of the data into. */
export interface ThrownFacts {
  /** One of the language's or the browser's own names; `Error` for any other. */
  readonly name: string;
  /** Of an error of the catalogue. */
  readonly code: PageErrorCode | null;
  /** Where in the app, innermost first: `chunks/DxK2.js:1:2034`. */
  readonly frames: readonly string[];
  /** What it was caused by, as far as that is told. */
  readonly cause: ThrownFacts | null;
}

const NAMES = new Set([
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['AbortError', 'ConstraintError', 'DataCloneError', 'DataError', 'EncodingError', 'HierarchyRequestError'],
  ...[
    'InvalidAccessError',
    'InvalidStateError',
    'NetworkError',
    'NotAllowedError',
    'NotFoundError',
    'NotReadableError',
  ],
  ...['NotSupportedError', 'OperationError', 'QuotaExceededError', 'ReadOnlyError', 'SecurityError', 'TimeoutError'],
  ...['TransactionInactiveError', 'UnknownError', 'VersionError', 'InternalError', 'DatabaseClosedError'],
]);
const MOST_FRAMES = 20;
const MOST_CAUSES = 3;
/** Longer stacks are somebody's message. */
const LONGEST_STACK = 100_000;

/**
 * Takes from what was thrown only what is known beforehand: names and codes from lists, and places in files of the app.
 * Messages are never read, since any of them may quote a text, a name or a path; nor are names of functions, which a stack
 * can be made to hold.
 *
 * @param thrown anything; getters that throw, and loops of causes, do no harm
 * @param files paths of the app's scripts as they end in addresses: `chunks/DxK2.js`
 */
export function thrownFacts(thrown: unknown, files: ReadonlySet<string>, causes = MOST_CAUSES): ThrownFacts {
  const name = read(thrown, 'name');
  const code = read(thrown, 'code');
  const cause = read(thrown, 'cause');
  return {
    name: typeof name === 'string' && NAMES.has(name) ? name : 'Error',
    code: typeof code === 'string' && isPageErrorCode(code) ? code : null,
    frames: framesOf(read(thrown, 'stack'), read(thrown, 'message'), files),
    cause: cause === undefined || cause === null || causes === 0 ? null : thrownFacts(cause, files, causes - 1),
  };
}

function read(from: unknown, property: string): unknown {
  try {
    return typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[property] : undefined;
  } catch {
    return undefined;
  }
}

/** The end of a line of a stack, in the form of Chromium, Firefox or Safari: `… (https://host/app/chunks/a.js:1:20)`. */
const PLACE = /(?:^|[/@(\s])((?:[\w.-]+\/)?[\w.-]+\.[jt]s):(\d{1,7}):(\d{1,7})\)?$/;

function framesOf(stack: unknown, message: unknown, files: ReadonlySet<string>): string[] {
  if (typeof stack !== 'string' || stack.length > LONGEST_STACK) return [];
  // Chromium puts the message before the frames, and a message may look like one.
  const at = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  const places = at < 0 ? stack : stack.slice(at + (message as string).length);
  const frames: string[] = [];
  for (const line of places.split('\n')) {
    const [, file, row, column] = PLACE.exec(line.trim()) ?? [];
    if (file !== undefined && files.has(file)) frames.push(`${file}:${row!}:${column!}`);
    if (frames.length === MOST_FRAMES) break;
  }
  return frames;
}
