/**
 * Runs work for each input, up to `depth` at once, and yields the results in the inputs' order.
 *
 * A failure is thrown at its place; what was started before then settles unseen.
 */
export async function* ahead<In, Out>(
  inputs: Iterable<In> | AsyncIterable<In>,
  depth: number,
  work: (input: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const started: Promise<Out>[] = [];
  for await (const input of inputs) {
    const result = work(input);
    result.catch(() => undefined);
    started.push(result);
    if (started.length >= depth) yield started.shift()!;
  }
  for (const result of started) yield result;
}
