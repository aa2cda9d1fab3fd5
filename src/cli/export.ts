import { EXPORT_FORMATS } from '#core/config/export-formats';
import { fault, type ConcordError } from '#core/errors';
import type { Dataset, Format, FormatOptions } from '#core/formats/format';
import { datasetOf, type DatasetRequest, type ProjectContents } from '#core/formats/project-dataset';
import { formatById, formats } from '#core/formats/registry';
import type { Schema } from '#core/model/schema';
import { projectIn } from '#core/project-file/project';
import { settleConsensus } from '#core/quality/consensus';
import { snapshotIn } from '#core/project-file/snapshot';
import { err, ok, type Result } from '#core/result';
import { nearest } from '#core/text/nearest';
import { verify } from '#io/keys';
import type { Arguments, Command } from './command';
import { openProject, within } from './input-file';
import { fillFolder, mayFill } from './output-folder';

const WHICH = ['labelled', 'completed', 'all'] as const satisfies readonly DatasetRequest['which'][];

export const exportCommand: Command = {
  name: 'export',
  summary: 'Writes what the app’s export of a project would, into a folder.',
  operands: ['FILE.concord'],
  options: [
    { name: 'format', value: 'F', help: `one of ${formats.map(({ id }) => id).join(', ')}` },
    { name: 'out', value: 'DIR', help: 'the folder to write; made where it is not there' },
    { name: 'snapshot', value: 'NAME', help: 'the state to export: a snapshot’s name; now by default' },
    { name: 'split', value: 'SHARE', help: 'share of the training part, such as 0.85; 1: not split' },
    { name: 'seed', value: 'N', help: 'the same seed gives the same parts; 1 by default' },
    { name: 'which', value: 'ITEMS', help: `${WHICH.join(', ')}; ${WHICH[0]} by default` },
    { name: 'no-images', value: null, help: 'leave the image files out' },
    { name: 'option', value: 'KEY=VALUE', isList: true, help: 'an option of the format, as often as needed' },
    { name: 'force', value: null, help: 'write into a folder that has files already' },
  ],
  notes: [
    'Format, folder and split are those of the project’s config where they are not given.',
    'The options of a format, with the first value by default, are those of the app:',
    '  csv   shape=wide|long|regions  cells=exact|spreadsheet',
    '  hf    metadata=jsonl|parquet',
    '  yolo  task=detect|obb',
    'and, for coco, yolo and imagenet where there are several fields, field=ID.',
  ],

  async run(signal, given) {
    const [path] = given.operands as readonly [string];
    const file = await openProject(signal, path);
    if (!file.ok) return file;
    const now = within(path, await projectIn(file.value, verify));
    if (!now.ok) return now;
    const snapshot = given.value('snapshot');
    const project =
      snapshot === null ? now : within(path, await snapshotIn(file.value, now.value.projection, snapshot, verify));
    if (!project.ok) return project;
    if (snapshot === null) settleConsensus(project.value.projection);
    const { schema, settings } = project.value.projection;

    const format = formatGiven(given, settings.export.format);
    if (!format.ok) return format;
    const options = optionsGiven(given, format.value, schema);
    if (!options.ok) return options;
    const request = requestGiven(given, format.value, settings.export.trainShare);
    if (!request.ok) return request;
    const out = given.value('out') ?? settings.export.outputDir;
    if (out === '')
      return err(fault('usage.missing', '', { option: '--out', otherwise: ', since the project names no folder' }));
    const existing = given.has('force') ? 'replace' : 'keep';
    const may = await mayFill(out, existing);
    if (!may.ok) return may;

    const absent = new Set<string>();
    const dataset = datasetOf(noting(project.value, absent), request.value);
    if (dataset.size === 0) return err(fault('export.empty', path));
    const why = await misfitOf(format.value, project.value, dataset);
    if (why !== null) return err(fault('export.carries-nothing', path, { format: format.value.id, why }));
    const files = format.value.serialize(watched(signal, dataset), options.value);
    const written = await fillFolder(signal, out, files, existing);
    if (!written.ok) return written;

    const warnings: ConcordError[] =
      absent.size > 0 ? [fault('export.images-absent', path, { images: absent.size })] : [];
    const losses = format.value.losses(schema, options.value);
    const { which, trainShare, seed } = request.value;
    return ok({
      text: [
        `${dataset.size.toLocaleString('en')} items in ${written.value.files.toLocaleString('en')} files, as ${format.value.name}, in ${out}`,
        ...losses.map(({ what, why }) => `Not carried: ${what}. ${why}`),
      ],
      json: {
        ...{
          project: file.value.manifest.project,
          format: format.value.id,
          snapshot,
          out,
          which,
          trainShare,
          seed,
        },
        ...{ items: dataset.size, ...written.value, losses, warnings },
      },
      warnings,
      problems: [],
    });
  },
};

/** The format that was asked for, else that of the project's config. */
function formatGiven(given: Arguments, configured: string): Result<Format> {
  const word = given.value('format') ?? configured;
  if (word === '') {
    return err(fault('usage.missing', '', { option: '--format', otherwise: ', since the project names none' }));
  }
  const format = formatById(EXPORT_FORMATS.get(word) ?? word);
  if (format) return ok(format);
  const known = formats.map(({ id }) => id);
  return err(fault('usage.word', '', { option: '--format', word, nearest: nearest(word, known), known }));
}

/** Every option of the format, as the app's export page has it: what was asked for, else its default. */
function optionsGiven(given: Arguments, format: Format, schema: Schema): Result<FormatOptions> {
  const offered = format.options(schema);
  const options: Record<string, string> = Object.fromEntries(offered.map((option) => [option.id, option.default]));
  for (const said of given.values('option')) {
    const [, key = said, value = ''] = /^([^=]*)=(.*)$/s.exec(said) ?? [];
    const option = offered.find(({ id }) => id === key);
    const known = option ? option.choices.map((choice) => choice.value) : offered.map(({ id }) => id);
    const word = option ? value : key;
    if (!option || !known.includes(value)) {
      const name = option ? `--option ${key}` : '--option';
      return err(fault('usage.word', '', { option: name, word, nearest: nearest(word, known), known }));
    }
    options[key] = value;
  }
  return ok(options);
}

function requestGiven(given: Arguments, format: Format, configured: number | null): Result<DatasetRequest> {
  const wrong = (option: string, expected: string) =>
    err(fault('usage.value', '', { option, expected, found: given.value(option.slice(2)) ?? '' }));
  const split = given.value('split');
  const share = split === null ? configured : Number(split);
  if (share !== null && !(share > 0 && share <= 1)) return wrong('--split', 'a number above 0 and up to 1');
  const seed = Number(given.value('seed') ?? 1);
  if (!Number.isSafeInteger(seed)) return wrong('--seed', 'a whole number');
  const word = given.value('which') ?? WHICH[0];
  const which = WHICH.find((known) => known === word);
  if (which === undefined) {
    return err(fault('usage.word', '', { option: '--which', word, nearest: nearest(word, WHICH), known: WHICH }));
  }
  const includeImages = !given.has('no-images') || format.needsImages;
  return ok({ which, trainShare: share === 1 ? null : share, seed, includeImages });
}

/** Why the format would carry nothing at all, in the middle of a sentence; null where it carries something. */
async function misfitOf(format: Format, { projection }: ProjectContents, dataset: Dataset): Promise<string | null> {
  const { fields } = projection.schema;
  if (!fields.some(({ kind }) => format.fields.includes(kind))) return 'it has no place for any of its questions';
  for await (const { content } of dataset.items()) if (format.content.includes(content.kind)) return null;
  return 'it has no place for items of this kind';
}

/** The same project, noting the images that its file does not hold. */
function noting(project: ProjectContents, absent: Set<string>): ProjectContents {
  return {
    ...project,
    async files(hashes) {
      const found = await project.files(hashes);
      for (const hash of hashes) if (!found.has(hash)) absent.add(hash);
      return found;
    },
  };
}

/** The same data set, ending when the signal is aborted. */
function watched(signal: AbortSignal, dataset: Dataset): Dataset {
  return {
    ...dataset,
    async *items() {
      for await (const item of dataset.items()) {
        signal.throwIfAborted();
        yield item;
      }
    },
  };
}
