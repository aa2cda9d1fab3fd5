/** A figure with its 95 % interval, or why there is none. */
export type Estimate =
  | {
      readonly value: number;
      /** null where it is still being computed. */
      readonly ci95: readonly [low: number, high: number] | null;
      /** What was computed and how the interval was found, in words: `Fleiss' kappa; interval: Gwet 2014`. */
      readonly method: string;
    }
  | {
      readonly value: null;
      /** Why the data cannot say, in a sentence for people. */
      readonly reason: string;
    };

export const undefinedFor = (reason: string): Estimate => ({ value: null, reason });
