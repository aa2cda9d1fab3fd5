/** Milliseconds since the epoch as of the worker's start, by a clock that nobody sets back. */
export const steadyNow = (): number => performance.timeOrigin + performance.now();
