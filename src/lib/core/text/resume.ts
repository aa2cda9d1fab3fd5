/**
 * A stream whose first value was taken out to look at it: gives that, then the rest. Leaving early closes the stream.
 */
export async function* resume<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
