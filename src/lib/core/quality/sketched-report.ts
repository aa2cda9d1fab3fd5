import { undefinedFor } from '../agreement/estimate';
import type { Projection } from '../projection/projection';
import { nominalAlpha } from '../agreement/krippendorff-alpha';
import type { AnnotatorReport, FieldReport, QualityReport, ShareReport } from './quality-report';

const COMING = undefinedFor('This is being computed.');
const NOTHING: ShareReport = { right: 0, of: 0, ci95: null };

/** What can be said at once, before any figure is computed: how many items there are, and who did how much. */
export function sketchedReport(projection: Projection): QualityReport {
  const { schema, settings, tally, control } = projection;
  const fields = schema.fields.map(({ id, name, kind }): FieldReport => {
    return {
      ...{ field: id, name, kind, items: 0, overlapping: 0, labels: 0, annotators: 0 },
      headline: nominalAlpha.id,
      coefficients: [{ id: nominalAlpha.id, name: nominalAlpha.name, estimate: COMING }],
      ...{ history: [], pairs: [], classes: [], confusion: [] },
      consensus: { method: '', name: '', why: COMING.value === null ? COMING.reason : '', unsure: 0 },
    };
  });
  const annotators = [...projection.contributions()]
    .filter(([, { annotated, skipped }]) => annotated + skipped > 0)
    .map(([author, { annotated, skipped, medianLeadMs }]): AnnotatorReport => {
      return {
        ...{ author, name: projection.name(author), role: projection.standing(author) },
        ...{ isPaused: control.paused.has(author), labels: annotated, skipped, medianLeadMs, rushed: 0 },
        ...{ withOthers: null, withConsensus: NOTHING, withExperts: NOTHING, withGold: NOTHING, withSelf: NOTHING },
        ...{ skill: null, confusions: [], trend: [], concerns: [] },
      };
    })
    .sort((a, b) => b.labels - a.labels || (a.author < b.author ? -1 : 1));
  return { project: settings.name, items: tally.items, byStatus: tally.statuses(), fields, annotators };
}
