import type { ClassId } from '../../model/ids';
import type { AgreementOptions, Confusion, StructuredAgreement } from './agreement';
import type { AnswersOf } from './answers';
import { estimated } from './estimated';
import type { Statistic } from './statistic';

/** The figures of a question before they are computed. */
interface Figures {
  readonly coefficients: readonly { readonly id: string; readonly name: string; readonly statistic: Statistic }[];
  readonly pairs: readonly {
    readonly a: number;
    readonly b: number;
    readonly items: number;
    readonly statistic: Statistic;
  }[];
  readonly classes: readonly { readonly class: ClassId; readonly labels: number; readonly statistic: Statistic }[];
  readonly confusion: readonly Confusion[];
}

/** Computes all figures of a question at once, so that their intervals come from the same resamples. */
export function reported(
  { coefficients, pairs, classes, confusion }: Figures,
  answers: AnswersOf<unknown>,
  options: AgreementOptions,
): StructuredAgreement {
  const statistics = [...coefficients, ...pairs, ...classes].map(({ statistic }) => statistic);
  const estimates = estimated(statistics, answers, options);
  let next = 0;
  const estimate = () => estimates[next++]!;
  return {
    coefficients: coefficients.map(({ id, name }) => ({ id, name, estimate: estimate() })),
    pairs: pairs.map(({ a, b, items }) => ({ a, b, items, estimate: estimate() })),
    classes: classes.map(({ class: id, labels }) => ({ class: id, labels, estimate: estimate() })),
    confusion,
  };
}
