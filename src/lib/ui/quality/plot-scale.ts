/** A linear scale from what is measured to pixels. */
export interface PlotScale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  at(value: number): number;
}

/**
 * @param domain from lowest to highest; a span of nothing is widened by one
 * @param range pixels of the two ends
 * @param about how many ticks there should be, about
 */
export function linearScale(
  domain: readonly [low: number, high: number],
  range: readonly [from: number, to: number],
  about: number,
): PlotScale {
  const [low, given] = domain;
  const high = given > low ? given : low + 1;
  const [from, to] = range;
  return {
    low,
    high,
    ticks: ticks(low, high, about),
    at: (value) => from + ((value - low) / (high - low)) * (to - from),
  };
}

/** Round values within [low, high], one, two or five times a power of ten apart: at least one and at most twice as many as asked for. */
function ticks(low: number, high: number, about: number): number[] {
  const raw = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((times) => times * power).find((candidate) => candidate >= raw * 0.999) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Rounded, since a sum of tenths is not the tenth that is meant.
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
