import { AgreementData } from '../agreement/agreement-data';
import { categoryScale } from '../agreement/category-scale';
import type { QualitySettings } from '../model/project';
import { displayClass, type ChoiceField } from '../model/schema';
import type { Truth } from '../truth/truth-model';
import type { ChoiceRatings } from './choice-ratings';
import { fittedTruth } from './fitted-truth';
import { leaveOneOut, type LeftOut } from './leave-one-out';
import type { FieldConsensus } from './quality-figures';

/** Likeliest classes of an item that are kept. */
const MOST_LIKELY = 5;

/** All that is known of the answers to a question of single choice before anything of it is told. */
export interface ChoiceFigures {
  readonly field: ChoiceField;
  readonly ratings: ChoiceRatings;
  readonly data: AgreementData;
  /** null where nobody answered. */
  readonly truth: Truth | null;
  readonly model: { readonly method: string; readonly name: string; readonly why: string };
  readonly others: LeftOut | null;
  /** Author -> what they said where the others' consensus was something else, most often first. */
  readonly confusions: ReadonlyMap<number, readonly SaidInstead[]>;
  /** Author -> the class that they say most, of items that others answered too. */
  readonly favourites: ReadonlyMap<number, Favourite>;
}

interface SaidInstead {
  readonly said: number;
  readonly consensus: number;
  readonly count: number;
}

interface Favourite {
  readonly category: number;
  /** Items that others answered too, and those of which the author said it. */
  readonly of: number;
  readonly own: number;
  /** Sum over the same items of the share of the others who said it. */
  readonly others: number;
}

export function choiceFigures(field: ChoiceField, ratings: ChoiceRatings, settings: QualitySettings): ChoiceFigures {
  const names = ratings.classes.map((id) => displayClass(field, id).name);
  const { truth, ...model } = fittedTruth(ratings, settings.truth);
  const others = truth && leaveOneOut(ratings, truth);
  return {
    field,
    ratings,
    data: new AgreementData(ratings, categoryScale(names, 'own')),
    ...{ truth, model, others },
    confusions: others ? confusionsOf(ratings, others) : new Map(),
    favourites: favouritesOf(ratings),
  };
}

/** What the model makes of every item; null where it makes nothing, or nobody answered together with anybody. */
export function fieldConsensus({ field, ratings, data, truth }: ChoiceFigures): FieldConsensus | null {
  if (!truth || data.counts.pairable === 0) return null;
  const most = Math.min(MOST_LIKELY, ratings.categories);
  const likely = {
    most,
    category: new Uint16Array(ratings.items * most),
    probability: new Float32Array(ratings.items * most),
  };
  for (let item = 0; item < ratings.items; item++) {
    if (truth.label[item]! < 0) continue;
    const posterior = truth.posterior(item);
    for (let rank = 0; rank < most; rank++) {
      let best = rank === 0 ? truth.label[item]! : 0;
      if (rank > 0) for (let c = 1; c < posterior.length; c++) if (posterior[c]! > posterior[best]!) best = c;
      if (!(posterior[best]! > 0)) break;
      likely.category[item * most + rank] = best;
      likely.probability[item * most + rank] = posterior[best]!;
      posterior[best] = -1;
    }
  }
  const confidence = Float32Array.from(truth.confidence);
  return { field: field.id, classes: ratings.classes, label: truth.label, confidence, likely };
}

function confusionsOf({ annotator, category, categories }: ChoiceRatings, others: LeftOut) {
  const counts = new Map<number, Map<number, number>>();
  for (let reading = 0; reading < category.length; reading++) {
    const consensus = others.category[reading]!;
    const said = category[reading]!;
    if (consensus < 0 || consensus === said) continue;
    const of = counts.get(annotator[reading]!) ?? new Map<number, number>();
    counts.set(annotator[reading]!, of);
    of.set(said * categories + consensus, (of.get(said * categories + consensus) ?? 0) + 1);
  }
  return new Map(
    Array.from(counts, ([author, of]) => {
      const all = Array.from(of, ([key, count]): SaidInstead => {
        return { said: Math.floor(key / categories), consensus: key % categories, count };
      });
      return [author, all.sort((a, b) => b.count - a.count || a.said - b.said || a.consensus - b.consensus)] as const;
    }),
  );
}

/** Two passes over the readings of items that two or more people answered. */
function favouritesOf(ratings: ChoiceRatings): ReadonlyMap<number, Favourite> {
  const { annotators, annotator, category, categories } = ratings;
  const said = new Map<number, number>();
  const of = new Uint32Array(annotators);
  eachShared(ratings, (reading) => {
    const key = annotator[reading]! * categories + category[reading]!;
    said.set(key, (said.get(key) ?? 0) + 1);
    of[annotator[reading]!]!++;
  });
  const favourite = new Int32Array(annotators).fill(-1);
  const own = new Uint32Array(annotators);
  for (const [key, count] of said) {
    const [author, chosen] = [Math.floor(key / categories), key % categories];
    const isMore = count > own[author]! || (count === own[author]! && chosen < favourite[author]!);
    if (isMore) [favourite[author], own[author]] = [chosen, count];
  }
  const others = new Float64Array(annotators);
  eachShared(ratings, (reading, from, to) => {
    const author = annotator[reading]!;
    let same = 0;
    for (let other = from; other < to; other++) if (other !== reading && category[other] === favourite[author]) same++;
    others[author]! += same / (to - from - 1);
  });
  return new Map(
    Array.from(favourite, (chosen, author) => {
      return [author, { category: chosen, of: of[author]!, own: own[author]!, others: others[author]! }] as const;
    }).filter(([, { category: chosen }]) => chosen >= 0),
  );
}

function eachShared({ items, start }: ChoiceRatings, visit: (reading: number, from: number, to: number) => void): void {
  for (let item = 0; item < items; item++) {
    const [from, to] = [start[item]!, start[item + 1]!];
    if (to - from > 1) for (let reading = from; reading < to; reading++) visit(reading, from, to);
  }
}
