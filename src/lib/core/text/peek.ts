export interface Peeked {
  /** The beginning of the text. */
  readonly head: string;
  /** The whole text, `head` included; can be iterated once. */
  readonly pieces: AsyncGenerator<string>;
}

/** Looks at the first `length` characters of a stream of text, or all of it where it is shorter, without consuming them. */
export async function peek(source: AsyncIterable<string>, length: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  let head = '';
  while (head.length < length) {
    const next = await iterator.next();
    if (next.done === true) break;
    head += next.value;
  }
  return { head, pieces: chain(head, iterator) };
}

async function* chain(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    if (head !== '') yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
