import { AgreementData } from '#core/agreement/agreement-data';
import { agreementByAnnotator } from '#core/agreement/annotator-agreement';
import { agreementByCategory } from '#core/agreement/category-agreement';
import { categoryScale } from '#core/agreement/category-scale';
import { COHEN, cohenKappa } from '#core/agreement/cohen-kappa';
import { brennanPrediger } from '#core/agreement/brennan-prediger';
import type { Coefficient, EstimateOptions } from '#core/agreement/coefficient';
import { congerKappa } from '#core/agreement/conger-kappa';
import { disagreements } from '#core/agreement/disagreements';
import { undefinedFor, type Estimate } from '#core/agreement/estimate';
import { fleissKappa } from '#core/agreement/fleiss-kappa';
import { gwetAC1, gwetAC2Linear, gwetAC2Quadratic } from '#core/agreement/gwet-ac';
import { intervalAlpha, nominalAlpha, ratioAlpha } from '#core/agreement/krippendorff-alpha';
import { ordinalAlpha } from '#core/agreement/ordinal-alpha';
import { pairEstimate } from '#core/agreement/pair-estimate';
import { pairMeans } from '#core/agreement/pair-means';
import { PairTally } from '#core/agreement/pair-tally';
import { percentAgreement } from '#core/agreement/percent-agreement';
import type { NamedRatings } from '#core/agreement/ratings';
import { SCOTT, scottPi } from '#core/agreement/scott-pi';
import { LINEAR, linearKappa, QUADRATIC, quadraticKappa } from '#core/agreement/weighted-kappa';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import type { Arguments, Command } from './command';
import { RATINGS_NOTES, RATINGS_OPTIONS, readRatingsFile } from './ratings-file';

export const agreementCommand: Command = {
  name: 'agreement',
  summary: 'Says how far annotators agree, by every coefficient, with 95 % intervals.',
  operands: ['IN'],
  options: [
    ...RATINGS_OPTIONS,
    { name: 'seed', value: 'N', help: 'of the intervals found by bootstrap; 1 by default' },
  ],
  notes: [...RATINGS_NOTES, 'A figure that the labels cannot give is null, with the reason.'],

  async run(signal, given) {
    const seed = seedGiven(given);
    if (!seed.ok) return seed;
    const read = await readRatingsFile(signal, given);
    if (!read.ok) return read;
    const { ratings, warnings } = read.value;
    const order = given.value('order') === null ? 'own' : 'ordered';
    const data = new AgreementData(ratings, categoryScale(ratings.categoryNames, order));
    const report = reportOf(data, ratings, { interval: 'full', seed: seed.value });
    const [path] = given.operands as readonly [string];
    const repeated = data.setAside === 0 ? [] : [fault('ratings.repeated', path, { readings: data.setAside })];
    return ok({ text: textOf(report), json: report, warnings: [...warnings, ...repeated], problems: [] });
  },
};

function seedGiven(given: Arguments): Result<number> {
  const found = given.value('seed') ?? '1';
  const seed = Number(found);
  return Number.isSafeInteger(seed)
    ? ok(seed)
    : err(fault('usage.value', '', { option: '--seed', expected: 'a whole number', found }));
}

/** Among more annotators only pairs that labelled an item both are listed: they would be millions. */
const MOST_LISTED = 200;

type Report = ReturnType<typeof reportOf>;

/** What `--json` prints. */
function reportOf(data: AgreementData, names: NamedRatings, options: EstimateOptions) {
  const figure = (coefficient: Coefficient) => coefficient.run(data, options);
  const { places } = data.scale;
  const means = pairMeans(data, [COHEN, SCOTT, LINEAR, QUADRATIC], options);
  const [cohen, scott, linear, quadratic] = means.all as [Estimate, Estimate, Estimate, Estimate];
  const ordered = (estimate: Estimate) => (places.isKnown ? estimate : undefinedFor(places.reason));
  return {
    items: names.items,
    annotators: names.annotators,
    labels: data.ratings.category.length,
    categories: names.categoryNames,
    percentAgreement: figure(percentAgreement),
    cohenKappa: { mean: cohen, pairs: pairsOf(data, names, options) },
    weightedKappa: { linear: ordered(linear), quadratic: ordered(quadratic) },
    scottPi: scott,
    fleissKappa: figure(fleissKappa),
    conger: figure(congerKappa),
    krippendorffAlpha: {
      nominal: figure(nominalAlpha),
      ordinal: figure(ordinalAlpha),
      interval: figure(intervalAlpha),
      ratio: figure(ratioAlpha),
    },
    gwetAC1: figure(gwetAC1),
    gwetAC2: { linear: figure(gwetAC2Linear), quadratic: figure(gwetAC2Quadratic) },
    brennanPrediger: figure(brennanPrediger),
    perCategory: agreementByCategory(data, options).map(({ labels, items, estimate }, at) => ({
      ...{ category: names.categoryNames[at]!, labels, items },
      ...estimate,
    })),
    perAnnotator: agreementByAnnotator(data, options).map((own, at) => ({
      ...{ annotator: names.annotatorNames[at]!, labels: own.labels, items: own.items },
      ...{ percentAgreement: own.withOthers, cohenKappa: means.byAnnotator[at]! },
    })),
    disagreements: disagreements(data.counts).map(({ item, agreement }) => ({
      ...{ item: names.itemNames[item]!, agreement },
      labels: Object.fromEntries(
        Array.from({ length: data.ratings.start[item + 1]! - data.ratings.start[item]! }, (_, at) => {
          const reading = data.ratings.start[item]! + at;
          const { annotator, category } = data.ratings;
          return [names.annotatorNames[annotator[reading]!]!, names.categoryNames[category[reading]!]!] as const;
        }),
      ),
    })),
  };
}

/** Cohen's kappa of every pair of annotators, in the order of these. */
function pairsOf(data: AgreementData, { annotators, annotatorNames }: NamedRatings, { interval }: EstimateOptions) {
  const { pairs } = data;
  const tally = new PairTally(pairs, data.places);
  const listed: ({ readonly a: string; readonly b: string; readonly items: number } & Estimate)[] = [];
  const add = (a: number, b: number, items: number, estimate: Estimate) =>
    listed.push({ a: annotatorNames[a]!, b: annotatorNames[b]!, items, ...estimate });
  const apart = undefinedFor('The two labelled no item both.');
  let pair = 0;
  for (let a = 0; a < annotators; a++) {
    for (let b = a + 1; b < annotators; b++) {
      if (pairs.a[pair] === a && pairs.b[pair] === b) {
        tally.count(pair);
        add(a, b, tally.items, pairEstimate(tally, COHEN, interval));
        pair++;
      } else if (annotators <= MOST_LISTED) {
        add(a, b, 0, apart);
      }
    }
  }
  return listed;
}

/** A table for people: each figure with its interval, or why there is none. */
function textOf(report: Report): readonly string[] {
  const rows: (readonly [string, Estimate])[] = [
    [percentAgreement.name, report.percentAgreement],
    [nominalAlpha.name, report.krippendorffAlpha.nominal],
    [ordinalAlpha.name, report.krippendorffAlpha.ordinal],
    [intervalAlpha.name, report.krippendorffAlpha.interval],
    [ratioAlpha.name, report.krippendorffAlpha.ratio],
    [fleissKappa.name, report.fleissKappa],
    [congerKappa.name, report.conger],
    [cohenKappa.name, report.cohenKappa.mean],
    [linearKappa.name, report.weightedKappa.linear],
    [quadraticKappa.name, report.weightedKappa.quadratic],
    [scottPi.name, report.scottPi],
    [gwetAC1.name, report.gwetAC1],
    [gwetAC2Linear.name, report.gwetAC2.linear],
    [gwetAC2Quadratic.name, report.gwetAC2.quadratic],
    [brennanPrediger.name, report.brennanPrediger],
  ];
  const { items, annotators, labels, categories } = report;
  const counts = { items, annotators, labels, categories: categories.length };
  const section = (title: string, lines: readonly (readonly [string, Estimate])[]) =>
    lines.length === 0 ? [] : ['', title, ...table(lines)];
  return [
    Object.entries(counts)
      .map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
      .join(', '),
    '',
    ...table(rows),
    ...section(
      'Classes, each against all others (Fleiss’ kappa)',
      report.perCategory.slice(0, MOST_LINES).map((row) => [row.category, row]),
    ),
    ...section(
      'Annotators with the others (percent agreement)',
      report.perAnnotator.slice(0, MOST_LINES).map((row) => [row.annotator, row.percentAgreement]),
    ),
    '',
    `Items on which annotators disagree, the worst first: ${report.disagreements.length.toLocaleString('en')}`,
    ...report.disagreements.slice(0, MOST_LINES).map(({ item, agreement, labels }) => {
      const said = Object.entries(labels).map(([who, label]) => `${oneLine(who)}: ${oneLine(label)}`);
      return `  ${agreement.toFixed(3)}  ${oneLine(item)}  (${said.join(', ')})`;
    }),
  ];
}

/** Lines of each section; `--json` has all. */
const MOST_LINES = 20;

function table(rows: readonly (readonly [string, Estimate])[]): string[] {
  const width = Math.max(...rows.map(([name]) => oneLine(name).length));
  return rows.map(([name, estimate]) => `  ${oneLine(name).padEnd(width)}  ${inWords(estimate)}`);
}

function inWords(estimate: Estimate): string {
  if (estimate.value === null) return estimate.reason;
  const figure = (value: number) => value.toFixed(3).padStart(6);
  const interval = estimate.ci95 === null ? '' : `  ${estimate.ci95.map(figure).join(' to ')}`;
  return `${figure(estimate.value)}${interval}  ${estimate.method}`;
}

/** Names may be whole paragraphs. */
function oneLine(name: string): string {
  const line = name.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
