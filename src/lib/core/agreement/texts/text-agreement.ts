import type { AgreementOptions, StructuredAgreement } from '../structured/agreement';
import { forEachPair, type AnswersOf } from '../structured/answers';
import type { ClassesOfField } from '../structured/class-numbers';
import { PairRatios } from '../structured/pair-ratios';
import { PooledRatio } from '../structured/pooled-ratio';
import { reported } from '../structured/report';
import { charactersOf, mutualErrorRate, wordsOf } from './error-rate';

const NO_PAIR = 'No two answers can be compared.';

/**
 * How far people agree on texts that they wrote, such as transcripts. Coefficients, each the mean over pairs of
 * answers: `characterAgreement` (the headline: 1 - CER), `wordAgreement` (1 - WER), both rates in both directions and
 * averaged, so that very different texts may agree less than 0; `exactMatch`, the share that are the same after NFC.
 * Pairs of annotators by 1 - CER. A text has no classes.
 */
export function textAgreement(
  answers: AnswersOf<string>,
  _field: ClassesOfField,
  options: AgreementOptions,
): StructuredAgreement {
  const numbers = new Map<string, number>();
  const texts = answers.values.map((text) => ({ characters: charactersOf(text), words: wordsOf(text, numbers) }));
  const characterMethod = '1 - CER, both directions averaged; mean over pairs of answers';
  const characters = new PooledRatio(characterMethod, NO_PAIR);
  const words = new PooledRatio('1 - WER, both directions averaged; mean over pairs of answers', NO_PAIR);
  const exact = new PooledRatio('Share of pairs of answers that are the same text after NFC', NO_PAIR);
  const pairs = new PairRatios(characterMethod, NO_PAIR);

  forEachPair(answers, (item, a, b, valueOfA, valueOfB) => {
    const [one, other] = [texts[valueOfA]!, texts[valueOfB]!];
    const rate = mutualErrorRate(one.characters, other.characters);
    characters.add(item, 1 - rate, 1);
    words.add(item, 1 - mutualErrorRate(one.words, other.words), 1);
    exact.add(item, rate === 0 ? 1 : 0, 1);
    pairs.add(item, a, b, 1 - rate, 1);
  });

  return reported(
    {
      coefficients: [
        { id: 'characterAgreement', name: '1 - CER', statistic: characters },
        { id: 'wordAgreement', name: '1 - WER', statistic: words },
        { id: 'exactMatch', name: 'The same text', statistic: exact },
      ],
      pairs: pairs.list(),
      classes: [],
      confusion: [],
    },
    answers,
    options,
  );
}
