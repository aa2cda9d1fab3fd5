import type { Estimate } from '#core/agreement/estimate';
import type { AnnotatorReport, FieldReport, QualityReport, ShareReport } from '#core/quality/quality-report';

const METHOD = "Krippendorff's alpha, nominal; interval: bootstrap over items";

export const estimate = (
  value: number,
  ci95: readonly [number, number] | null = [value - 0.04, value + 0.04],
): Estimate => ({
  ...{ value, ci95, method: METHOD },
});

const share = (right: number, of: number): ShareReport => ({ right, of, ci95: of === 0 ? null : [0.7, 0.95] });

/** A question that four people answered, 412 items of it twice or more. */
export function fieldReport(changes: Partial<FieldReport> = {}): FieldReport {
  return {
    field: 'label',
    name: 'Label',
    kind: 'choice',
    ...{ items: 2000, overlapping: 412, labels: 3100, annotators: 4 },
    headline: 'krippendorff-alpha-nominal',
    coefficients: [
      { id: 'krippendorff-alpha-nominal', name: "Krippendorff's alpha", estimate: estimate(0.81, [0.77, 0.85]) },
    ],
    history: [],
    pairs: [],
    classes: [],
    confusion: [],
    consensus: { method: 'majority', name: 'Majority', why: 'Few items have more than two labels.', unsure: 0 },
    ...changes,
  };
}

export function annotatorReport(changes: Partial<AnnotatorReport> = {}): AnnotatorReport {
  return {
    ...{ author: 'ada', name: 'Ada', role: 'annotator', isPaused: false },
    ...{ labels: 120, skipped: 3, medianLeadMs: 4200, rushed: 0 },
    withOthers: { value: 0.9, items: 80 },
    withConsensus: share(90, 100),
    withExperts: share(0, 0),
    withGold: share(18, 20),
    withSelf: share(0, 0),
    skill: null,
    ...{ confusions: [], trend: [], concerns: [] },
    ...changes,
  };
}

export function qualityReport(changes: Partial<QualityReport> = {}): QualityReport {
  return {
    project: 'birds',
    items: 2000,
    byStatus: {
      ...{ pending: 1000, 'pre-annotated': 0, 'in-progress': 200, disputed: 100 },
      ...{ 'in-review': 0, completed: 700, skipped: 0 },
    },
    fields: [fieldReport()],
    annotators: [annotatorReport()],
    ...changes,
  };
}
