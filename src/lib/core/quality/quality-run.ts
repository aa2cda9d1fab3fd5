import { fieldConsensus, choiceFigures, type ChoiceFigures } from './choice-figures';
import { annotatorReports } from './annotator-reports';
import { choiceAgreement, headlineCoefficient, headlineHistory } from './choice-agreement';
import { choiceRatings } from './choice-ratings';
import { consensusReport, fusionReport } from './consensus-report';
import { countsOf, countsOfChoice } from './field-counts';
import { fieldReport } from './field-report';
import type { Field } from '../model/schema';
import type { QualitySource } from './label-columns';
import type { Headline, QualityFigures, SuspectAnswer, WholeQuality } from './quality-figures';
import type { FieldReport, HistoryPoint, QualityReport } from './quality-report';
import { similarities, type WithOthers } from './similarities';
import { agreementOn, comparedItems, compareWithOthers, structuredAnswers } from './structured-figures';
import { suspectAnswers } from './suspect-answers';
import { isSingleChoice, type ValueReaders } from './value-readers';
import { Verdicts } from './verdicts';

const SEED = 1;
/** Of the bootstrap, and of very many items: those are drawn less often, and vary less. */
const RESAMPLES = { few: 1_000, many: 200 } as const;
const MANY_ITEMS = 5_000;

/**
 * Computes the figures of a project as it was at one moment: first {@link figures}, the points and the consensus, then {@link rest}.
 * All of it is the same wherever it is computed: nothing hangs on the order in which labels came, and seeds are fixed.
 */
export class QualityRun {
  readonly #source: QualitySource;
  readonly #readers: ValueReaders;
  readonly #choices: readonly ChoiceFigures[];
  readonly #compared: Uint32Array;
  readonly #verdicts: Verdicts;
  #withOthers: WithOthers | null = null;

  /** @param readers of the source's schema and of the pool that its values are in */
  constructor(source: QualitySource, readers: ValueReaders) {
    const { schema, settings, columns } = source;
    this.#source = source;
    this.#readers = readers;
    this.#choices = schema.fields
      .filter(isSingleChoice)
      .map((field) => choiceFigures(field, choiceRatings(columns, readers.chosen(field)), settings.quality));
    this.#compared = comparedItems(columns);
    this.#verdicts = new Verdicts(columns.values.length, settings.agreementThreshold);
  }

  /** What is made of the answers, and the coefficient that stands for the project: all that its items hang on. */
  outcome(): Pick<QualityFigures, 'consensus' | 'headline'> {
    const [first] = this.#source.schema.fields;
    return {
      consensus: this.#choices.flatMap((figures) => fieldConsensus(figures) ?? []),
      headline: first ? this.#headline(first) : null,
    };
  }

  /** The points, without what takes long. */
  figures(): QualityFigures {
    const { schema } = this.#source;
    for (const { ratings, others } of this.#choices) if (others) this.#verdicts.addChoices(ratings, others);
    if (!this.#hasRegions) this.#withOthers = drained(this.#similarities());
    const fields = schema.fields.map((field) => drained(this.#field(field, 'none', [])));
    return {
      report: this.#report(fields),
      headline: headlineOf(fields[0]),
      consensus: this.#choices.flatMap((figures) => fieldConsensus(figures) ?? []),
    };
  }

  /** The whole report, after {@link figures}. It yields between its parts, none of which takes long. */
  *rest(): Generator<void, WholeQuality> {
    const { schema, columns, authors } = this.#source;
    const fields: FieldReport[] = [];
    if (this.#hasRegions) {
      this.#withOthers = yield* this.#similarities();
      for (const field of schema.fields)
        if (!isSingleChoice(field))
          yield* compareWithOthers(columns, field, this.#compared, this.#readers, this.#verdicts);
    }
    for (const field of schema.fields) {
      const figures = this.#choices.find((choice) => choice.field === field);
      const history: HistoryPoint[] = [];
      if (figures) {
        for (const point of headlineHistory(figures, columns.time, this.#source.settings.quality)) {
          history.push(point);
          yield;
        }
      }
      fields.push(yield* this.#field(field, 'bootstrap', history));
      yield;
    }
    const suspects: SuspectAnswer[] = [];
    for (const figures of this.#choices) {
      suspects.push(...suspectAnswers(figures, authors));
      yield;
    }
    return { report: this.#report(fields), suspects };
  }

  /** The coefficient of a question by itself. */
  #headline(field: Field): Headline | null {
    const figures = this.#choices.find((choice) => choice.field === field);
    if (!figures) return headlineOf(drained(this.#field(field, 'none', [])));
    const coefficient = headlineCoefficient(this.#source.settings.quality);
    const { value } = coefficient.run(figures.data, { interval: 'none', seed: SEED });
    const labels = figures.ratings.category.length;
    return value === null ? null : { field: field.id, coefficient: coefficient.id, value, labels };
  }

  get #hasRegions(): boolean {
    return !this.#source.schema.fields.every(isSingleChoice);
  }

  #similarities(): Generator<void, WithOthers> {
    const { schema, columns } = this.#source;
    const which = this.#hasRegions ? this.#compared : Uint32Array.from({ length: columns.items }, (_, item) => item);
    return similarities(columns, which, this.#readers.pool, schema);
  }

  *#field(field: Field, interval: Interval, history: readonly HistoryPoint[]): Generator<void, FieldReport> {
    const { columns, authors, settings } = this.#source;
    const figures = this.#choices.find((choice) => choice.field === field);
    if (figures) {
      const agreement = yield* choiceAgreement(figures, settings.quality, {
        interval: interval === 'none' ? interval : 'full',
        seed: SEED,
      });
      const consensus = consensusReport(figures, settings.quality);
      return fieldReport({ field, counts: countsOfChoice(figures), agreement, history, consensus }, authors);
    }
    const answers = structuredAnswers(columns, field, this.#compared, this.#readers);
    const resamples = RESAMPLES[answers.items > MANY_ITEMS ? 'many' : 'few'];
    const counts = countsOf(columns, (ref) => this.#readers.isAnswered(field, ref));
    const { textLengths } = this.#source;
    const agreement = agreementOn(answers, field, counts.overlapping, {
      ...{ interval, seed: SEED, resamples },
      ...(field.kind === 'span' && { lengths: this.#compared.map((item) => textLengths[item] ?? 0) }),
    });
    return fieldReport({ field, counts, agreement, history, consensus: fusionReport(field) }, authors);
  }

  #report(fields: readonly FieldReport[]): QualityReport {
    const { settings, byStatus, columns } = this.#source;
    return {
      ...{ project: settings.name, items: columns.items, byStatus, fields },
      annotators: annotatorReports(this.#source, this.#readers.pool, {
        ...{ choices: this.#choices, verdicts: this.#verdicts, withOthers: this.#withOthers },
      }),
    };
  }
}

type Interval = 'none' | 'bootstrap';

/** The headline of the first question stands for the project. */
function headlineOf(field: FieldReport | undefined): Headline | null {
  const estimate = field?.coefficients.find(({ id }) => id === field.headline)?.estimate;
  if (!field || !estimate || estimate.value === null) return null;
  return { field: field.field, coefficient: field.headline, value: estimate.value, labels: field.labels };
}

function drained<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
