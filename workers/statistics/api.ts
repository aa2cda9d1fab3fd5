import type { QualitySource } from '#core/quality/label-columns';
import type { QualityFigures, WholeQuality } from '#core/quality/quality-figures';
import type { ValueRows } from '#core/projection/value-pool';

/** What the statistics worker offers to the project worker, over a port that the page hands over. */
export interface StatisticsApi {
  /** Begins anew: computes everything but what takes long. What was computed before is given up. */
  figures(source: QualitySource, values: ValuesSince): Promise<QualityFigures>;
  /** Goes on with what was begun last: intervals and the rest; null where something else was begun meanwhile. */
  rest(): Promise<WholeQuality | null>;
}

/** Rows of the pool of values, after those that this worker has. */
export interface ValuesSince {
  /** Of the first; 0: the pool is another. */
  readonly from: number;
  readonly rows: readonly ValueRows[];
}
