import type { Settings } from '../model/project';
import { displayClass } from '../model/schema';
import type { ChoiceFigures } from './choice-figures';
import type { LabelAuthor } from './label-columns';
import type { AnnotatorReport, ShareReport } from './quality-report';
import { shareOf } from './share';

/** Comparisons from which anything is said of a person. */
const LEAST = 20;
/** Others to compare with, from which somebody can be called unusual. */
const LEAST_PEOPLE = 3;
/** Robust z-score beyond which a figure is an outlier (Iglewicz and Hoaglin 1993, "How to Detect and Handle Outliers"). */
const OUTLIER = 3.5;
/** Scale of the median absolute deviation, as that of a normal distribution: 1 / 0.6745. */
const MAD_SCALE = 1.4826;
/** Deviation that is taken for granted among people: without it, three who agree to the percent would make a fourth an outlier. */
const LEAST_DEVIATION = 0.03;
/** Share of rushed answers above which it is no accident. */
const RUSHED_SHARE = 0.1;
/** Agreement with oneself below which answers are guesses. */
const SELF_BAR = 0.7;

interface ConcernSource {
  readonly settings: Settings;
  readonly rushedBelowMs: number;
  readonly choices: readonly ChoiceFigures[];
  readonly authors: readonly LabelAuthor[];
}

/**
 * What sets people apart, in sentences, for each of them. Nothing is said on little data: a share counts by the end of its 95 %
 * interval that speaks for the person (Wilson 1927), and an outlier is far from the median of at least three people by the median
 * absolute deviation:
 *
 *     z = (x - median) / (1.4826 MAD) < -3.5
 *
 * with at least 0.03 for the divisor.
 *
 * @example agreements 0.91, 0.93, 0.9 and, of 200, 0.52 -> the last is told: their interval ends at 0.59
 */
export function concernsOf(people: readonly AnnotatorReport[], source: ConcernSource): readonly (readonly string[])[] {
  const compared = people.map(({ withConsensus }) => withConsensus).filter(({ of }) => of >= LEAST);
  const usual = spread(compared.map(({ right, of }) => right / of));
  return people.map((person) => [
    ...belowOthers(person.withConsensus, compared.length, usual),
    ...wrongOfKnown(person.withGold, source.settings),
    ...unlikeThemselves(person.withSelf),
    ...rushing(person, source.rushedBelowMs),
    ...oneAnswer(person, source),
    ...decline(person),
  ]);
}

interface Spread {
  readonly median: number;
  readonly deviation: number;
}

function spread(values: readonly number[]): Spread {
  const middle = (list: readonly number[]) => {
    const sorted = [...list].sort((a, b) => a - b);
    return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
  };
  const median = middle(values);
  const deviation = MAD_SCALE * middle(values.map((value) => Math.abs(value - median)));
  return { median, deviation: Math.max(LEAST_DEVIATION, deviation) };
}

function belowOthers({ right, of, ci95 }: ShareReport, people: number, { median, deviation }: Spread): string[] {
  if (people < LEAST_PEOPLE || of < LEAST || !ci95 || ci95[1] >= median) return [];
  if ((right / of - median) / deviation > -OUTLIER) return [];
  return [
    `Agrees with the others’ consensus on ${percent(right / of)} of ${count(of)} items; half of the people do on ${percent(median)} or more.`,
  ];
}

function wrongOfKnown({ right, of, ci95 }: ShareReport, { gold: { bar, least } }: Settings): string[] {
  if (of < least || !ci95 || ci95[1] >= bar) return [];
  return [`Right on ${count(right)} of ${count(of)} items whose answers are known; ${percent(bar)} is asked for.`];
}

function unlikeThemselves({ right, of, ci95 }: ShareReport): string[] {
  if (!ci95 || ci95[1] >= SELF_BAR) return [];
  return [`Asked again, gave the same answer to ${count(right)} of ${count(of)} items.`];
}

function rushing({ rushed, labels }: AnnotatorReport, belowMs: number): string[] {
  const { ci95 } = shareOf(rushed, labels);
  if (labels < LEAST || !ci95 || ci95[0] <= RUSHED_SHARE) return [];
  return [`${count(rushed)} of ${count(labels)} answers took less than ${seconds(belowMs)}, too short to look.`];
}

/** Who says one class nearly always, where the others say something else of the same items. */
function oneAnswer({ author }: AnnotatorReport, { choices, authors }: ConcernSource): string[] {
  const number = authors.findIndex((known) => known.author === author);
  return choices.flatMap(({ field, ratings, favourites }) => {
    const favourite = favourites.get(number);
    if (!favourite || favourite.of < LEAST) return [];
    const own = shareOf(favourite.own, favourite.of);
    const others = favourite.others / favourite.of;
    if (own.ci95![0] < 0.8 || own.right / own.of - others < 0.25) return [];
    const id = ratings.classes[favourite.category]!;
    const name = id === '' ? 'none of these' : displayClass(field, id).name;
    return [
      `Said “${name}” of ${count(favourite.own)} of ${count(favourite.of)} items; of the same items the others did in ${percent(others)} of their answers.`,
    ];
  });
}

/** Whose last answers are worse than those before, beyond what chance does. */
function decline({ trend }: AnnotatorReport): string[] {
  const last = trend.at(-1);
  if (!last || trend.length < 3) return [];
  const before = trend.slice(0, -1);
  const usual = before.reduce((sum, { value }) => sum + value, 0) / before.length;
  const { deviation } = spread(before.map(({ value }) => value));
  const answers = last.labels - before.at(-1)!.labels;
  if (answers < LEAST || (last.value - usual) / deviation > -OUTLIER) return [];
  return [
    `Agreed with the others on ${percent(last.value)} of the last ${count(answers)} items, and on ${percent(usual)} before.`,
  ];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const count = (number: number): string => number.toLocaleString('en');
const seconds = (ms: number): string => `${(ms / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s`;
