import type { Settings } from '../model/project';
import type { ConsensusColumns } from '../projection/consensus';
import type { Projection } from '../projection/projection';
import { consensusColumns } from './consensus-columns';
import type { Headline } from './quality-figures';
import { QualityRun } from './quality-run';
import { labelsOf } from './read-labels';
import { ValueReaders } from './value-readers';

/** What follows for the items of a project from what everybody says of them. */
export interface ProjectConsensus {
  /** null where no question of single choice was answered by several people. */
  readonly columns: ConsensusColumns | null;
  /** Whether no item completes by itself. */
  readonly isHeld: boolean;
}

/** What `setConsensus` and `hold` of the projection want, computed at one go: the same on every device. */
export function consensusOf(projection: Projection): ProjectConsensus {
  const { consensus, headline } = new QualityRun(
    labelsOf(projection),
    new ValueReaders(projection.schema, projection.pool),
  ).outcome();
  const isHeld = isHeldBy(headline, projection.settings);
  if (consensus.length === 0) return { columns: null, isHeld };
  const columns = consensusColumns(projection, consensus);
  for (;;) {
    const step = columns.next();
    if (step.done) return { columns: step.value, isHeld };
  }
}

/** Gives a projection what follows from its annotations: labels by consensus, and whether anything completes by itself. */
export function settleConsensus(projection: Projection): void {
  projection.expectConsensus();
  const { columns, isHeld } = consensusOf(projection);
  projection.setConsensus(columns);
  projection.hold(isHeld);
}

/** Whether people agree too little for items to complete by themselves; where that cannot be told, nothing is held. */
export const isHeldBy = (headline: Headline | null, { minAnnotators, agreementThreshold }: Settings): boolean =>
  minAnnotators > 1 && agreementThreshold > 0 && headline !== null && headline.value < agreementThreshold;
