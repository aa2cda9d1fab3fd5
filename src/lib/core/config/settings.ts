import { fault } from '../errors';
import { formatById } from '../formats/registry';
import { DEFAULT_SETTINGS, type ExportSettings, type LearningSettings, type Settings } from '../model/project';
import { checkpointWarning } from './checkpoint';
import type { ConfigNode, ConfigReader } from './config-reader';
import { EXPORT_FORMATS, fittingFormats, misfit } from './export-formats';
import type { Questions } from './questions';
import { Section } from './section';
import { STRATEGIES } from './strategies';

/** What holds where a config is silent. */
const DEFAULTS = {
  minAnnotators: 2,
  agreementThreshold: 0.75,
  batchSize: 100,
  retrainEvery: 500,
  trainShare: 0.85,
} as const;

const QUALITY = [
  'min_annotators_per_sample',
  'agreement_threshold',
  'review_gate',
  'auto_flag_low_confidence',
] as const;
const LEARNING = ['enabled', 'strategy', 'model_checkpoint', 'query_batch_size', 'retrain_every_n_labels'] as const;
const EXPORT = ['format', 'output_dir', 'train_val_split'] as const;

const MAX_PATH = 2_000;
const MAX_ANNOTATORS = 1_000;
const SHARE = { min: 0, max: 1, step: 'any' } as const;
const COUNT = { min: 1, max: Infinity, step: 'whole' } as const;

/** @param node undefined where the config has no such section, here and below */
export function readQuality(reader: ConfigReader, node: ConfigNode | undefined) {
  const section = node === undefined ? undefined : Section.read(reader, node, '“quality”', QUALITY);
  const asked = { min: 1, max: MAX_ANNOTATORS, step: 'whole' } as const;
  return {
    minAnnotators: section?.number('min_annotators_per_sample', asked) ?? DEFAULTS.minAnnotators,
    agreementThreshold: section?.number('agreement_threshold', SHARE) ?? DEFAULTS.agreementThreshold,
    reviewGate: section?.flag('review_gate') ?? DEFAULT_SETTINGS.reviewGate,
    autoFlagLowConfidence: section?.flag('auto_flag_low_confidence') ?? DEFAULT_SETTINGS.autoFlagLowConfidence,
  } satisfies Partial<Settings>;
}

export function readLearning(reader: ConfigReader, node: ConfigNode | undefined): LearningSettings {
  const section = node === undefined ? undefined : Section.read(reader, node, '“active_learning”', LEARNING);
  const { learning } = DEFAULT_SETTINGS;
  const enabled = section?.flag('enabled') ?? learning.enabled;
  if (section && enabled) {
    const detail = {
      what: '“active_learning”',
      instead: 'Until then, items are labelled in the order of their import.',
    };
    reader.warnings.push(fault('config.later', section.place('enabled'), detail));
  }
  const checkpoint = section?.text('model_checkpoint', MAX_PATH) ?? learning.checkpoint;
  const unrunnable = checkpoint === '' ? null : checkpointWarning(checkpoint, section!.place('model_checkpoint'));
  if (unrunnable) reader.warnings.push(unrunnable);
  return {
    enabled,
    strategy: section?.word('strategy', STRATEGIES, 'strategy')?.means ?? learning.strategy,
    checkpoint,
    batchSize: section?.number('query_batch_size', COUNT) ?? DEFAULTS.batchSize,
    retrainEvery: section?.number('retrain_every_n_labels', COUNT) ?? DEFAULTS.retrainEvery,
  };
}

export function readExport(
  reader: ConfigReader,
  node: ConfigNode | undefined,
  { schema, content }: Questions,
): ExportSettings {
  const section = node === undefined ? undefined : Section.read(reader, node, '“export”', EXPORT);
  const format = section?.word('format', EXPORT_FORMATS, 'format');
  if (section && format) {
    const asked = { kinds: schema.fields.map(({ kind }) => kind), content };
    const known = formatById(format.means);
    const why = known && misfit(known, asked);
    const fitting = fittingFormats(asked);
    const path = section.place('format');
    if (!known) {
      const detail = { what: `The format “${format.word}”`, instead: `It can write: ${fitting.join(', ')}.` };
      reader.warnings.push(fault('config.later', path, detail));
    } else if (why) reader.warnings.push(fault('config.format-unfit', path, { format: format.word, why, fitting }));
  }
  const trainShare = section?.number('train_val_split', SHARE) ?? DEFAULTS.trainShare;
  return {
    format: format?.means ?? DEFAULT_SETTINGS.export.format,
    outputDir: section?.text('output_dir', MAX_PATH) ?? DEFAULT_SETTINGS.export.outputDir,
    // All for training is no split.
    trainShare: trainShare === 1 ? null : trainShare,
  };
}
