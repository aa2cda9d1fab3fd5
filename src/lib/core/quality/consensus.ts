import type { Settings } from '../model/project';
import type { Projection } from '../projection/projection';
import { consensusColumns } from './consensus-columns';
import type { Headline } from './quality-figures';
import { QualityRun } from './quality-run';
import { readLabels } from './read-labels';
import { ValueReaders } from './value-readers';

/** Gives a projection what follows from its annotations: labels by consensus, and whether anything completes by itself. */
export function settleConsensus(projection: Projection): void {
  const steps = settlingConsensus(projection);
  while (!steps.next().done);
}

/**
 * As {@link settleConsensus}, for a projection to which nothing is applied meanwhile. It yields again and again, so that the caller can let
 * others have the thread. What comes out is the same on every device.
 */
export function* settlingConsensus(projection: Projection): Generator<void, void> {
  projection.expectConsensus();
  const source = yield* readLabels(projection);
  yield;
  const readers = new ValueReaders(projection.schema, projection.pool);
  const { consensus, headline } = new QualityRun(source, readers).outcome();
  yield;
  const columns = consensus.length === 0 ? null : yield* consensusColumns(projection, consensus);
  yield* projection.settingConsensus(columns);
  yield* projection.holding(isHeldBy(headline, projection.settings));
}

/** Whether people agree too little for items to complete by themselves; where that cannot be told, nothing is held. */
export const isHeldBy = (headline: Headline | null, { minAnnotators, agreementThreshold }: Settings): boolean =>
  minAnnotators > 1 && agreementThreshold > 0 && headline !== null && headline.value < agreementThreshold;
