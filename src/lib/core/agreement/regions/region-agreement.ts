import { Alpha } from '../structured/alpha';
import type { AgreementOptions, StructuredAgreement } from '../structured/agreement';
import type { AnswersOf } from '../structured/answers';
import { ClassNumbers, type ClassesOfField } from '../structured/class-numbers';
import { ConfusionCounts } from '../structured/confusion-counts';
import { F1Tally, NOTHING_MARKED } from '../structured/f1-tally';
import { PooledRatio } from '../structured/pooled-ratio';
import { reported } from '../structured/report';
import { matchedUnits, type MatchOfAnswers } from './matched-units';
import type { RegionKind } from './region-kind';
import { regionList, type RegionList } from './region-list';
import { regionMatches } from './region-matches';

export interface RegionAgreementOptions extends AgreementOptions {
  /** How similar two regions must be to mean the same thing, above 0 to 1; 0.5 by default. */
  readonly threshold?: number;
}

const DEFAULT_THRESHOLD = 0.5;

/**
 * How far people agree on regions of images, pooled over items and pairs of annotators. Coefficients:
 *
 * - `f1` (the headline): regions of the same class, matched one to one ({@link regionMatches});
 * - `f1AnyClass`: matched whatever their classes;
 * - `meanSimilarity`: of the regions that are matched whatever their classes, the mean of what they were matched by;
 * - `classAlpha`: Krippendorff's nominal alpha of the classes of what two or more people found
 *   ({@link matchedUnits}); what one person alone found has one value, which takes no part: as missing.
 *
 * Pairs of annotators and classes by `f1`. Confusion counts the classes of regions that are matched whatever their
 * classes.
 */
export function regionAgreement<R>(
  answers: AnswersOf<readonly R[]>,
  kind: RegionKind<R>,
  field: ClassesOfField,
  { threshold = DEFAULT_THRESHOLD, ...options }: RegionAgreementOptions,
): StructuredAgreement {
  const numbers = new ClassNumbers(field);
  const lists = answers.values.map((value) => regionList(value, kind, numbers));
  const { noun, measure } = kind;
  const matched = `matched one to one at ${measure} of at least ${threshold}, micro-averaged over pairs of answers`;
  const f1 = new F1Tally(`F1 of ${noun} of the same class, ${matched}`, numbers);
  const anyClass = new PooledRatio(`F1 of ${noun} of any class, ${matched}`, NOTHING_MARKED);
  const similarity = new PooledRatio(`Mean ${measure} of matched ${noun}`, `No two ${noun} could be matched.`);
  const alpha = new Alpha(
    `Krippendorff’s alpha, nominal, of the classes of matched ${noun}`,
    `All ${noun} that could be matched are of one class, or none could be: chance cannot be told from agreement.`,
    numbers.ids.length,
    (counts) => counts.reduce((sum, n) => sum + n, 0) ** 2 - counts.reduce((sum, n) => sum + n * n, 0),
  );
  const confusion = new ConfusionCounts();

  for (let item = 0; item < answers.items; item++) {
    const found: MatchOfAnswers[] = [];
    const given = answersTo(answers, item, lists);
    for (const [a, { annotator: annotatorA, list: one }] of given.entries()) {
      for (let b = a + 1; b < given.length; b++) {
        const { annotator: annotatorB, list: other } = given[b]!;
        const matches = regionMatches(one, other, kind, threshold);
        const annotators = [annotatorA, annotatorB] as const;
        f1.add(
          item,
          annotators,
          one,
          other,
          matches.sameClass.map((match) => one.classes[match.one]!),
        );
        anyClass.add(item, 2 * matches.anyClass.length, one.regions.length + other.regions.length);
        for (const match of matches.anyClass) {
          similarity.add(item, match.similarity, 1);
          confusion.add(one.classes[match.one]!, other.classes[match.other]!);
          found.push({ a, b, one: match.one, other: match.other, similarity: match.similarity });
        }
      }
    }
    for (const unit of matchedUnits(found)) {
      const classes = unit.map(({ answer, place }) => given[answer]!.list.classes[place]!);
      alpha.addUnit(item, classes, differingPairs(classes));
    }
  }

  return reported(
    {
      coefficients: [
        { id: 'f1', name: 'F1, same class', statistic: f1.overall },
        { id: 'f1AnyClass', name: 'F1, any class', statistic: anyClass },
        { id: 'meanSimilarity', name: `Mean ${measure} of matched ${noun}`, statistic: similarity },
        { id: 'classAlpha', name: 'Krippendorff’s alpha, classes of what was matched', statistic: alpha },
      ],
      pairs: f1.pairs(),
      classes: f1.classes(Array.from(answers.value, (place) => lists[place]!)),
      confusion: confusion.list(numbers),
    },
    answers,
    options,
  );
}

/** The answers to an item by annotators. */
function answersTo<R>({ start, annotator, value }: AnswersOf<unknown>, item: number, lists: readonly RegionList<R>[]) {
  const given = [];
  for (let answer = start[item]!; answer < start[item + 1]!; answer++)
    given.push({ annotator: annotator[answer]!, list: lists[value[answer]!]! });
  return given.sort((one, other) => one.annotator - other.annotator);
}

function differingPairs(classes: readonly number[]): number {
  let differing = 0;
  for (const [at, id] of classes.entries()) for (const other of classes.slice(at + 1)) if (other !== id) differing++;
  return differing;
}
