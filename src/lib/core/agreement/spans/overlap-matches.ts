import type { Match } from './exact-matches';
import type { SpanList } from './span-list';

/**
 * As many pairs of spans as possible that are of the same class and share any text, each span at most once: the matches of
 * the overlap F1. Spans may nest and overlap.
 *
 * By class, all spans of both answers are taken by their ends. A span is paired, if it still can be, with the free span of the
 * other answer that ends first among those that end no earlier and begin before its end. That is optimal: every free span it can
 * be paired with holds its last character, and of two such spans the one that ends first meets no more of what is left
 * than the other, so whatever an optimal pairing does with the other it can do with this one.
 *
 * O((n + m) log (n + m)) where spans are of similar length; O(n m) at worst, where long ones hold many short ones.
 *
 * Example: [0, 5) and [5, 9) against [0, 9), of one class: one pair, because [0, 9) can be taken once. F1 = 2/3.
 *
 * @param without places in `a` and `b` that are taken already
 */
export function overlapMatches(
  a: SpanList,
  b: SpanList,
  without: readonly [Uint8Array, Uint8Array] = [new Uint8Array(a.length), new Uint8Array(b.length)],
): Match[] {
  const matches: Match[] = [];
  const queues = [queueOf(a, without[0]), queueOf(b, without[1])] as const;
  for (const id of queues[0].keys()) {
    const [ones, others] = [queues[0].get(id)!, queues[1].get(id)];
    if (others === undefined) continue;
    const [takenOnes, takenOthers] = [new Uint8Array(ones.length), new Uint8Array(others.length)];
    let [one, other] = [0, 0];
    while (one < ones.length && other < others.length) {
      if (a.ends[ones[one]!]! <= b.ends[others[other]!]!) {
        const partner = takenOnes[one] === 1 ? -1 : firstFree(b, others, takenOthers, other, a.ends[ones[one]!]!);
        if (partner >= 0) {
          takenOthers[partner] = 1;
          matches.push([ones[one]!, others[partner]!]);
        }
        one++;
      } else {
        const partner = takenOthers[other] === 1 ? -1 : firstFree(a, ones, takenOnes, one, b.ends[others[other]!]!);
        if (partner >= 0) {
          takenOnes[partner] = 1;
          matches.push([ones[partner]!, others[other]!]);
        }
        other++;
      }
    }
  }
  return matches;
}

/** Places of the free spans of each class, by their ends. */
function queueOf({ length, ends, classes }: SpanList, taken: Uint8Array): Map<number, number[]> {
  const queues = new Map<number, number[]>();
  for (let at = 0; at < length; at++) {
    if (taken[at] === 1) continue;
    const queue = queues.get(classes[at]!);
    if (queue === undefined) queues.set(classes[at]!, [at]);
    else queue.push(at);
  }
  for (const queue of queues.values()) queue.sort((one, other) => ends[one]! - ends[other]! || one - other);
  return queues;
}

/** The first of a queue, from a place on, that is free and starts before `end`; -1 for none. */
function firstFree(
  { starts }: SpanList,
  queue: readonly number[],
  taken: Uint8Array,
  from: number,
  end: number,
): number {
  for (let at = from; at < queue.length; at++) if (taken[at] === 0 && starts[queue[at]!]! < end) return at;
  return -1;
}
