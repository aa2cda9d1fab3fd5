import type { QualityReport } from '#core/quality/quality-report';
import type { Result } from '#core/result';

/** How far the project's labels can be trusted, computed on this device. */
export interface QualityApi {
  /** What is known now: at once, with intervals that may still be coming. After that the notice `quality` says when to ask again. */
  quality(): Promise<Result<QualityView>>;
  /** The same as JSON, for dashboards. */
  exportQuality(): Promise<Result<{ readonly name: string; readonly blob: Blob }>>;
  /** Hands over the other end of a statistics worker, after the notice `statistics-wanted`; null: it stopped. */
  useStatistics(port: MessagePort | null): Promise<void>;
}

export interface QualityView {
  readonly report: QualityReport;
  /** Whether every figure is of the labels as they are now, with its interval. */
  readonly isSettled: boolean;
  readonly warning: QualityWarning | null;
}

/** That agreement was too low when it was last looked at. */
export interface QualityWarning {
  /** The question that it is about. */
  readonly field: string;
  readonly coefficient: string;
  readonly value: number;
  /** How many labels there were. */
  readonly labels: number;
}
