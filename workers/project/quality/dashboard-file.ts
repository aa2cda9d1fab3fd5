import type { QualityReport } from '#core/quality/quality-report';
import { fileName } from '../export/file-name';

/** The report as `concord report --json` prints it. */
export const dashboardFile = (report: QualityReport): { readonly name: string; readonly blob: Blob } => ({
  name: `${fileName(report.project)}-quality.json`,
  blob: new Blob([JSON.stringify(report, null, 2), '\n'], { type: 'application/json' }),
});
