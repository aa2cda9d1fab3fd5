import { classById } from '#core/model/schema';
import type { Projection } from '#core/projection/projection';
import type { Stage } from '#core/workflow/stage';
import type { Suspect } from '../quality/quality';

/** For what an item waits at each stage, in a few words. */
const WAITS: Readonly<Record<Stage, string>> = {
  label: '',
  again: 'Sent back to its annotators',
  'further-disputed': 'Disputed: one more annotator is asked',
  'further-ambiguous': 'Unsure: one more annotator is asked',
  peer: 'Drawn for a look by another annotator',
  'expert-disputed': 'Annotators disagree',
  'expert-ambiguous': 'The consensus is unsure',
  'expert-rejected': 'Rejected by another annotator',
  'expert-reworked': 'Answered anew after it was sent back',
  'expert-gated': 'Everything waits for a review',
  'expert-sampled': 'Drawn for a look',
  'expert-held': 'Agreement in the project is too low',
  done: '',
};

/** Why an item is worth a look, the weightiest first. */
export function whyOf(projection: Projection, item: number, suspect: Suspect | undefined): string[] {
  const { schema, settings } = projection;
  const why = [WAITS[projection.stage(item)]];
  if (suspect) {
    const field = schema.fields.find(({ id }) => id === suspect.field);
    const name = (id: string) => (field && classById(field, id)?.name) ?? id;
    why.push(`“${name(suspect.said)}” is probably “${name(suspect.likely)}”`);
  }
  const confidence = projection.confidence(item);
  if (confidence < settings.quality.lowConfidence) why.push(`Consensus ${Math.round(100 * confidence)} % certain`);
  const agreement = projection.agreement(item);
  if (agreement < 1) why.push(`Agreement ${Math.round(100 * agreement)} %`);
  if (projection.isFlagged(item)) why.push('Flagged');
  return why.filter((reason) => reason !== '');
}
