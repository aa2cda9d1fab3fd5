import type { Ratings } from '../agreement/ratings';
import { chooseModel } from '../truth/choose';
import { majority } from '../truth/majority';
import { truthModel } from '../truth/registry';
import { DEFAULT_TRUTH_OPTIONS, type Truth, type TruthOptions } from '../truth/truth-model';

/**
 * How models run in the app, where they run again after labels: a change of the likelihood by a hundred thousandth moves no label,
 * and a tenth of a count in every confusion keeps what nobody happened to say yet from counting as impossible.
 */
const OPTIONS: TruthOptions = { ...DEFAULT_TRUTH_OPTIONS, tolerance: 1e-5, maxIterations: 50, smoothing: 0.1 };

interface FittedTruth {
  /** null where the ratings say nothing. */
  readonly truth: Truth | null;
  readonly method: string;
  readonly name: string;
  /** Why this model, in a sentence or two for people. */
  readonly why: string;
}

/** @param setting id of a model; `auto`, or one that there is not (any more): whichever suits the ratings */
export function fittedTruth(ratings: Ratings, setting: string): FittedTruth {
  const asked = truthModel(setting);
  const { model, why } = asked
    ? { model: asked, why: `${asked.name}, as the project’s settings say. ${asked.explanation}` }
    : chooseModel(ratings);
  const found = model.run(ratings, OPTIONS);
  if (found.ok) return { truth: found.value, method: model.id, name: model.name, why };
  const plain = majority.run(ratings, OPTIONS);
  const instead = `Majority vote, since ${model.name} cannot be computed: ${found.error.message}`;
  return plain.ok
    ? { truth: plain.value, method: majority.id, name: majority.name, why: model === majority ? why : instead }
    : { truth: null, method: model.id, name: model.name, why: 'Nobody has answered yet.' };
}
