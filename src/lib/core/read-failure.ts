import type { ConcordError } from './errors';

/**
 * A file could not be read: a damaged zip, a file that was moved since it was picked. A stream has no other channel for
 * an expected failure than to throw it; whoever consumes the stream catches this one and makes it an issue or a Result.
 */
export class ReadFailure extends Error {
  readonly error: ConcordError;

  constructor(error: ConcordError) {
    super(error.message);
    this.name = 'ReadFailure';
    this.error = error;
  }
}
