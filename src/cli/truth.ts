import type { NamedRatings } from '#core/agreement/ratings';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import { nearest } from '#core/text/nearest';
import { chooseModel } from '#core/truth/choose';
import { truthModel, truthModels } from '#core/truth/registry';
import { DEFAULT_TRUTH_OPTIONS, type Truth, type TruthModel, type TruthOptions } from '#core/truth/truth-model';
import type { Arguments, Command } from './command';
import { RATINGS_NOTES, RATINGS_OPTIONS, readRatingsFile } from './ratings-file';

/** Classes up to which every probability is printed; of more, those above 0. */
const FEW_CLASSES = 100;
/** Certainty below which an item is worth another look, as in the app. */
const UNSURE = 0.7;

/** Items that the text names. */
const LISTED = 10;

const METHODS = truthModels.map(({ id }) => id);

export const truthCommand: Command = {
  name: 'truth',
  summary: 'Makes one label of the labels that several annotators gave, and says how far each of them can be trusted.',
  operands: ['IN'],
  options: [
    { name: 'method', value: 'M', help: `${METHODS.join(', ')}; otherwise the one that suits IN` },
    {
      name: 'tolerance',
      value: 'T',
      help: `converged below this relative change (${DEFAULT_TRUTH_OPTIONS.tolerance})`,
    },
    { name: 'max-iterations', value: 'N', help: `at most so many iterations (${DEFAULT_TRUTH_OPTIONS.maxIterations})` },
    { name: 'smoothing', value: 'S', help: `added to every count (${DEFAULT_TRUTH_OPTIONS.smoothing})` },
    { name: 'seed', value: 'N', help: `for random starts (${DEFAULT_TRUTH_OPTIONS.seed})` },
    ...RATINGS_OPTIONS,
  ],
  notes: [
    ...RATINGS_NOTES,
    'A repeated item and annotator is a further reading. Ties go to the class that is',
    'more common, then to the first in order.',
  ],

  async run(signal, given) {
    const options = optionsGiven(given);
    if (!options.ok) return options;
    const asked = methodGiven(given);
    if (!asked.ok) return asked;
    const read = await readRatingsFile(signal, given);
    if (!read.ok) return read;
    const { ratings, warnings } = read.value;
    const { model, why } = asked.value
      ? { model: asked.value, why: `${asked.value.name}. ${asked.value.explanation}` }
      : chooseModel(ratings);
    const found = model.run(ratings, options.value);
    if (!found.ok) return err({ ...found.error, path: given.operands[0]! });
    return ok({
      text: inWords(ratings, found.value, why),
      json: asJson(ratings, found.value),
      warnings,
      problems: [],
    });
  },
};

function methodGiven(given: Arguments): Result<TruthModel | null> {
  const word = given.value('method');
  if (word === null) return ok(null);
  const model = truthModel(word);
  if (model) return ok(model);
  return err(fault('usage.word', '', { option: '--method', word, nearest: nearest(word, METHODS), known: METHODS }));
}

function optionsGiven(given: Arguments): Result<TruthOptions> {
  const values = { ...DEFAULT_TRUTH_OPTIONS };
  const checks = [
    ['tolerance', 'tolerance', 'a number, 0 or above', (value: number) => value >= 0],
    [
      'max-iterations',
      'maxIterations',
      'a whole number above 0',
      (value: number) => value > 0 && Number.isInteger(value),
    ],
    ['smoothing', 'smoothing', 'a number, 0 or above', (value: number) => value >= 0],
    ['seed', 'seed', 'a whole number', Number.isSafeInteger],
  ] as const;
  for (const [option, key, expected, isFit] of checks) {
    const said = given.value(option);
    if (said === null) continue;
    const value = said.trim() === '' ? NaN : Number(said);
    if (!Number.isFinite(value) || !isFit(value))
      return err(fault('usage.value', '', { option: `--${option}`, expected, found: said }));
    values[key] = value;
  }
  return ok(values);
}

function asJson(ratings: NamedRatings, truth: Truth): Readonly<Record<string, unknown>> {
  const { itemNames, annotatorNames, categoryNames } = ratings;
  const { method, iterations, converged, logLikelihood, classPriors, label, confidence, skill } = truth;
  const read = itemsRead(ratings);
  // Names may be anything, `__proto__` among it: entries make own properties of them all.
  const byClass = (probabilities: Float64Array) =>
    Object.fromEntries(
      Array.from(probabilities, (probability, at) => [categoryNames[at]!, probability] as const).filter(
        ([, probability]) => probability > 0 || categoryNames.length <= FEW_CLASSES,
      ),
    );
  return {
    ...{ method, iterations, converged, logLikelihood, classPriors: byClass(classPriors) },
    items: Object.fromEntries(
      itemNames.map((name, item) => [
        name,
        label[item]! < 0
          ? { label: null, confidence: null, posterior: {} }
          : {
              label: categoryNames[label[item]!]!,
              confidence: confidence[item]!,
              posterior: byClass(truth.posterior(item)),
            },
      ]),
    ),
    annotators: Object.fromEntries(
      annotatorNames.map((name, who) => [
        name,
        {
          items: read[who]!,
          skill: numberOrNull(skill[who]!),
          confusion: confusionOf(truth, who, categoryNames, byClass),
        },
      ]),
    ),
  };
}

/** The rows of a confusion matrix, without those of which nothing is known; null where the model has none. */
function confusionOf(
  truth: Truth,
  annotator: number,
  names: readonly string[],
  byClass: (row: Float64Array) => Readonly<Record<string, number>>,
): Readonly<Record<string, unknown>> | null {
  const matrix = truth.confusion(annotator);
  if (matrix === null) return null;
  const rows = names.map((name, at) => [name, matrix.subarray(at * names.length, (at + 1) * names.length)] as const);
  return Object.fromEntries(
    rows.filter(([, row]) => row.some((rate) => rate > 0)).map(([name, row]) => [name, byClass(row)]),
  );
}

/** Annotator -> items that they read, however often. */
function itemsRead({ items, annotators, start, annotator }: NamedRatings): Uint32Array {
  const read = new Uint32Array(annotators);
  for (let item = 0; item < items; item++)
    for (const who of new Set(annotator.subarray(start[item], start[item + 1]))) read[who]!++;
  return read;
}

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function inWords(ratings: NamedRatings, truth: Truth, why: string): string[] {
  const { itemNames, annotatorNames, categoryNames } = ratings;
  const { iterations, converged, classPriors, confidence, label, skill, readings } = truth;
  const labelled = label.filter((category) => category >= 0).length;
  const unsure = confidence.filter((probability) => probability < UNSURE).length;
  const byCertainty = [...label.keys()]
    .filter((item) => label[item]! >= 0)
    .sort((a, b) => confidence[a]! - confidence[b]!);
  const bySkill = [...skill.keys()].filter((who) => readings[who]! > 0).sort((a, b) => skill[b]! - skill[a]!);
  return [
    why,
    ...(iterations > 0 ? [`${counted(iterations, 'iteration')}, ${converged ? 'converged' : 'not converged'}.`] : []),
    `${counted(labelled, 'item')} of ${itemNames.length.toLocaleString('en')} labelled, ${unsure.toLocaleString('en')} of them with less than ${percent(UNSURE)} certainty.`,
    '',
    'Classes',
    ...table(categoryNames.map((category, at) => [percent(classPriors[at]!), category])),
    '',
    'Annotators, by skill',
    ...table(bySkill.map((who) => [percent(skill[who]!), counted(readings[who]!, 'label'), annotatorNames[who]!])),
    '',
    'Least certain items',
    ...table(
      byCertainty
        .slice(0, LISTED)
        .map((item) => [percent(confidence[item]!), categoryNames[label[item]!]!, itemNames[item]!]),
    ),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** Columns side by side; all but the last, which may hold anything, are as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, cell.length)), []);
  return rows.map(
    (row) =>
      `  ${row.map((cell, at) => (at === row.length - 1 ? oneLine(cell) : cell.padStart(widths[at]!))).join('  ')}`,
  );
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
