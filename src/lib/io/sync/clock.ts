/** Time and chance, as links and the mesh need them: real in the app, simulated in tests. */
export interface Clock {
  /** Milliseconds since the epoch, of a clock that is never set back. */
  readonly now: () => number;
  /** Does the work after so many milliseconds; gives what calls it off. */
  readonly later: (ms: number, work: () => void) => () => void;
  /** Random bytes that nobody can foretell. */
  readonly random: (bytes: number) => Uint8Array;
  /** 0 <= x < 1. */
  readonly number: () => number;
}
