import type { FieldAnswers } from '../agreement/field-answers';
import type { Ratings } from '../agreement/ratings';
import { compareSpans, newSpan } from '../fields/span';
import type { Span, SpanValue } from '../model/annotation';
import type { ClassId } from '../model/ids';
import { ok, type Result } from '../result';
import type { Truth, TruthModel, TruthOptions } from './truth-model';

export interface SpanTruth {
  /** Item -> its spans; null for an item that nobody answered. */
  readonly values: readonly (SpanValue | null)[];
  /** Item -> mean probability of the labels of its tokens; 1 where nobody marked anything, NaN where nobody answered. */
  readonly confidence: Float64Array;
  /** Of the tokens, with the classes in their order and "no class" after them. */
  readonly truth: Truth;
}

/** A piece of an item's text that no span begins or ends in. */
interface Token {
  readonly item: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Spans by a truth model, token by token (Rodrigues, Pereira and Ribeiro 2014 compare such ways): between the ends of all spans that anybody
 * marked in a text lie its tokens, and every annotator of the text says a class, or none, of each. With Dawid-Skene so the confusions
 * of classes, what people overlook and what they mark too much of are all told apart.
 *
 * Whoever has spans of several classes over a token has given several readings of it. Neighbouring tokens of one class are one span,
 * except where more annotators begin a span of that class than go on with one.
 * O(spans x tokens) for each text, and the model's own time.
 *
 * @param classes in the order of the schema; spans of other classes do not count
 * @returns `truth.…` as the model does, such as where nobody marked anything
 */
export function spanTruth(
  answers: FieldAnswers<SpanValue>,
  classes: readonly ClassId[],
  model: TruthModel,
  options: TruthOptions,
): Result<SpanTruth> {
  const tokens: Token[] = [];
  for (let item = 0; item < answers.items; item++) tokens.push(...tokensOf(valuesOf(answers, item), item));
  const run = model.run(tokenRatings(answers, classes, tokens), options);
  if (!run.ok) return run;
  const truth = run.value;

  const values = Array.from({ length: answers.items }, (_, item): Span[] | null =>
    answers.start[item] === answers.start[item + 1] ? null : [],
  );
  const confidence = new Float64Array(answers.items);
  const count = new Uint32Array(answers.items);
  for (const [at, { item, start, end }] of tokens.entries()) {
    confidence[item]! += truth.confidence[at]!;
    count[item]!++;
    const id = classes[truth.label[at]!];
    if (id === undefined) continue;
    const spans = values[item]!;
    const last = spans.at(-1);
    if (last?.end === start && last.class === id && !isBegun(valuesOf(answers, item), id, start))
      spans[spans.length - 1] = { ...last, end };
    else spans.push({ id: '', class: id, start, end });
  }
  return ok({
    values: values.map((spans) => spans && numbered(spans)),
    confidence: confidence.map((sum, item) =>
      values[item] === null ? NaN : count[item] === 0 ? 1 : sum / count[item]!,
    ),
    truth,
  });
}

const valuesOf = ({ start, value, values }: FieldAnswers<SpanValue>, item: number): SpanValue[] =>
  Array.from(value.subarray(start[item], start[item + 1]), (at) => values[at]!);

function tokensOf(answers: readonly SpanValue[], item: number): Token[] {
  const ends = [...new Set(answers.flatMap((spans) => spans.flatMap(({ start, end }) => [start, end])))].sort(
    (a, b) => a - b,
  );
  return ends.slice(1).map((end, at) => ({ item, start: ends[at]!, end }));
}

/** Who says what of each token. */
function tokenRatings(
  answers: FieldAnswers<SpanValue>,
  classes: readonly ClassId[],
  tokens: readonly Token[],
): Ratings {
  const numbers = new Map(classes.map((id, number) => [id, number]));
  const start = new Uint32Array(tokens.length + 1);
  const annotator: number[] = [];
  const category: number[] = [];
  for (const [at, token] of tokens.entries()) {
    for (let answer = answers.start[token.item]!; answer < answers.start[token.item + 1]!; answer++) {
      const said = classesOver(answers.values[answers.value[answer]!]!, token)
        .map((id) => numbers.get(id))
        .filter((number) => number !== undefined);
      for (const number of said.length > 0 ? said : [classes.length]) {
        annotator.push(answers.annotator[answer]!);
        category.push(number);
      }
    }
    start[at + 1] = annotator.length;
  }
  return {
    ...{ items: tokens.length, annotators: answers.annotators, categories: classes.length + 1, start },
    ...{ annotator: Uint32Array.from(annotator), category: Uint32Array.from(category) },
  };
}

const classesOver = (spans: SpanValue, { start, end }: Token): ClassId[] => [
  ...new Set(spans.filter((span) => span.start <= start && span.end >= end).map((span) => span.class)),
];

/** Whether more annotators begin a span of a class at a place than have one that goes on across it. */
function isBegun(answers: readonly SpanValue[], id: ClassId, at: number): boolean {
  const having = (test: (span: Span) => boolean) =>
    answers.filter((spans) => spans.some((span) => span.class === id && test(span))).length;
  return having(({ start }) => start === at) > having(({ start, end }) => start < at && end > at);
}

const numbered = (spans: readonly Span[]): SpanValue =>
  [...spans].sort(compareSpans).map((span, at) => newSpan({ ...span, id: String(at + 1) }));
