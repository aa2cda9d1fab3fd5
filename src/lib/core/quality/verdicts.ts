import type { ChoiceRatings } from './choice-ratings';
import type { LeftOut } from './leave-one-out';

/**
 * Whether each annotation is what the others' consensus makes of its item: every single choice is the same, and in the mean over its
 * questions it is similar to it by the threshold, as with answers that are known.
 */
export class Verdicts {
  readonly #threshold: number;
  readonly #sum: Float32Array;
  readonly #questions: Uint16Array;
  readonly #isWrong: Uint8Array;

  /** @param threshold similarity from which an answer is right, 0 to 1 */
  constructor(annotations: number, threshold: number) {
    this.#threshold = threshold;
    this.#sum = new Float32Array(annotations);
    this.#questions = new Uint16Array(annotations);
    this.#isWrong = new Uint8Array(annotations);
  }

  /** Takes in a question of single choice. */
  addChoices({ annotation, category }: ChoiceRatings, others: LeftOut): void {
    for (let reading = 0; reading < category.length; reading++) {
      const consensus = others.category[reading]!;
      if (consensus < 0) continue;
      const at = annotation[reading]!;
      this.add(at, category[reading] === consensus ? 1 : 0);
      if (category[reading] !== consensus) this.#isWrong[at] = 1;
    }
  }

  /** Takes in how similar an annotation's answer to one question is to what the others say, 0 to 1. */
  add(annotation: number, similarity: number): void {
    this.#sum[annotation]! += similarity;
    this.#questions[annotation]!++;
  }

  /** null where too few others answered the item. */
  of(annotation: number): 'right' | 'wrong' | null {
    const questions = this.#questions[annotation]!;
    if (questions === 0) return null;
    const isRight = this.#isWrong[annotation] === 0 && this.#sum[annotation]! / questions >= this.#threshold;
    return isRight ? 'right' : 'wrong';
  }
}
