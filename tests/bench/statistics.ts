/**
 * The value below which a share of the sample lies, interpolated linearly between neighbours (R's type 7, NumPy's
 * default).
 *
 * @param sample at least one number, in any order
 * @param share from 0 to 1; 0.5 is the median
 */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new Error('A quantile needs at least one number.');
  return below + (above - below) * (position % 1);
}
