import { err, ok, type Result } from '../result';

/** Strings (passed over) and numbers. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const LONG_NUMBER = /\d{16}/;

/**
 * Parses JSON without losing digits: a number of more than 15 digits, such as the id of a post, becomes a string,
 * because it does not fit into a float.
 *
 * @returns the value, or the engine's words for what is wrong
 */
export function parseJson(text: string): Result<unknown, string> {
  try {
    const exact = LONG_NUMBER.test(text)
      ? text.replace(TOKENS, (token) => (isLongNumber(token) ? `"${token}"` : token))
      : text;
    return ok(JSON.parse(exact));
  } catch (error) {
    return err((error as Error).message);
  }
}

const isLongNumber = (token: string): boolean =>
  token.length > 15 && !token.startsWith('"') && LONG_NUMBER.test(token.replace('.', ''));
