import type { QualitySettings } from '../model/project';
import type { Field } from '../model/schema';
import type { ChoiceFigures } from './choice-figures';
import type { ConsensusReport } from './quality-report';

/** What a truth model makes of a question of single choice. */
export function consensusReport({ truth, model }: ChoiceFigures, { lowConfidence }: QualitySettings): ConsensusReport {
  const unsure = truth ? truth.confidence.reduce((sum, one) => sum + (one < lowConfidence ? 1 : 0), 0) : 0;
  return { ...model, unsure };
}

/** How the answers to a question that is more than a category become one: item by item, without a model of the people. */
export function fusionReport({ kind }: Field): ConsensusReport {
  return { method: `fusion-${kind}`, ...FUSIONS[kind], unsure: 0 };
}

const FUSIONS: Readonly<Record<Field['kind'], Pick<ConsensusReport, 'name' | 'why'>>> = {
  choice: { name: 'Majority of each class', why: 'Each class that more than half of an item’s annotators chose.' },
  box: {
    name: 'Weighted box fusion',
    why: 'Boxes of different people that overlap by half or more become their mean, where half of the people drew them.',
  },
  span: {
    name: 'Majority by pieces',
    why: 'Spans that more than half of an item’s annotators marked alike; what is left is voted on piece by piece.',
  },
};
