import { resume } from './resume';

export interface Peeked {
  /** The beginning of the text. */
  readonly head: string;
  /** The whole text, `head` included; can be iterated once. */
  readonly pieces: AsyncGenerator<string>;
}

/**
 * Looks at the first `length` characters of a stream of text, or all of it where it is shorter, without consuming them.
 */
export async function peek(source: AsyncIterable<string>, length: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  let head = '';
  while (head.length < length) {
    const next = await iterator.next();
    if (next.done === true) break;
    head += next.value;
  }
  return { head, pieces: resume(head, iterator) };
}
