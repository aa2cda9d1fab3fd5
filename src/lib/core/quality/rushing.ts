import { median } from '../stats/median';

/** Share of the usual time below which nobody can have looked. */
const SHARE = 0.2;
/** Below this nobody reacts to what they see, let alone chooses (Luce 1986, "Response Times": choices take 300 ms and more). */
const LEAST_MS = 300;
/** The threshold of long tasks: whoever takes ten seconds over one has looked. */
const MOST_MS = 10_000;
/** Timed answers from which the usual time can be told. */
const LEAST_TIMES = 20;

/**
 * The time below which an answer was rushed, in milliseconds: a normative threshold as in Wise and Ma 2012 ("Setting response time
 * thresholds for a CAT item pool: the normative threshold method", NCME), which is a share of the usual time on the item, at most 10 s.
 * The usual time is the median here, which breaks do not draw up, and the share a fifth; it is at least 300 ms.
 *
 * @param leadMs of everybody's answers; 0 where nobody looked
 * @returns 300 where there are too few to tell
 */
export function rushedBelow(leadMs: Uint32Array): number {
  const timed = leadMs.filter((ms) => ms > 0);
  const usual = timed.length < LEAST_TIMES ? null : median(timed);
  return usual === null ? LEAST_MS : Math.min(MOST_MS, Math.max(LEAST_MS, SHARE * usual));
}
