import type { Projection } from '../projection/projection';
import { settleConsensus } from './consensus';
import type { QualityReport } from './quality-report';
import { QualityRun } from './quality-run';
import { labelsOf } from './read-labels';
import { ValueReaders } from './value-readers';

/**
 * How far the labels of a project can be trusted, with every interval, computed at one go. The projection gets its consensus.
 *
 * @param textLengths see `QualitySource`
 */
export function projectReport(projection: Projection, textLengths: Uint32Array = new Uint32Array(0)): QualityReport {
  settleConsensus(projection);
  const source = { ...labelsOf(projection), textLengths };
  const run = new QualityRun(source, new ValueReaders(projection.schema, projection.pool));
  run.figures();
  const rest = run.rest();
  for (;;) {
    const step = rest.next();
    if (step.done) return step.value.report;
  }
}
