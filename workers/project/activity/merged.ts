import type { WalkedCommit } from './walked';

/**
 * One sequence of several that are each in order. With logs of k authors, a step costs k comparisons.
 *
 * @param isBefore whether the first of two comes before the second
 */
export async function* merged(
  logs: readonly AsyncGenerator<WalkedCommit, void>[],
  isBefore: (a: WalkedCommit, b: WalkedCommit) => boolean,
): AsyncGenerator<WalkedCommit, void> {
  const heads = await Promise.all(logs.map(async (log) => ({ log, result: await log.next() })));
  for (;;) {
    let chosen: { head: (typeof heads)[number]; value: WalkedCommit } | null = null;
    for (const head of heads) {
      if (head.result.done) continue;
      const { value } = head.result;
      if (!chosen || isBefore(value, chosen.value)) chosen = { head, value };
    }
    if (!chosen) return;
    yield chosen.value;
    chosen.head.result = await chosen.head.log.next();
  }
}
