import { valueIn } from '../model/schema';
import type { ValuePool } from '../projection/value-pool';
import { isRight } from '../workflow/gold-answers';
import { median } from '../stats/median';
import { NONE_OF_THESE } from './chosen-classes';
import { concernsOf } from './concerns';
import type { ChoiceFigures } from './choice-figures';
import type { QualitySource } from './label-columns';
import type { AnnotatorReport } from './quality-report';
import { rushedBelow } from './rushing';
import { shareOf } from './share';
import type { WithOthers } from './similarities';
import type { Verdicts } from './verdicts';

/** Confusions of one person that are told. */
const MOST_CONFUSIONS = 5;
/** Labels that make one point of a trend. */
const TREND_STEP = 100;

/** What is known of the answers when people are told apart. */
interface AnnotatorSource {
  readonly choices: readonly ChoiceFigures[];
  readonly verdicts: Verdicts;
  /** null while it is being computed. */
  readonly withOthers: WithOthers | null;
}

/** One person while their answers are counted. */
interface Tally {
  readonly annotations: number[];
  right: number;
  compared: number;
  readonly experts: Share;
  readonly gold: Share;
  readonly self: Share;
}
interface Share {
  right: number;
  of: number;
}

/** Everybody who annotated or skipped anything, most labels first. O(annotations log annotations). */
export function annotatorReports(
  source: QualitySource,
  pool: ValuePool,
  { choices, verdicts, withOthers }: AnnotatorSource,
): AnnotatorReport[] {
  const { columns, authors, settings } = source;
  const tallies = tallied(source, pool, verdicts);
  const tooFast = rushedBelow(columns.leadMs);
  const told = authors.map((author, number): AnnotatorReport => {
    const { annotations, right, compared, experts, gold, self } = tallies[number]!;
    const timed = Uint32Array.from(annotations, (at) => columns.leadMs[at]!).filter((ms) => ms > 0);
    const items = withOthers?.items[number] ?? 0;
    return {
      ...author,
      labels: annotations.length,
      skipped: columns.skipped[number]!,
      medianLeadMs: median(timed),
      rushed: timed.filter((ms) => ms < tooFast).length,
      withOthers: items === 0 ? null : { value: withOthers!.sum[number]! / items, items },
      withConsensus: shareOf(right, compared),
      withExperts: shareOf(experts.right, experts.of),
      withGold: shareOf(gold.right, gold.of),
      withSelf: shareOf(self.right, self.of),
      skill: skillOf(choices, number),
      confusions: confusionsOf(choices, number),
      trend: trendOf(annotations, columns.time, verdicts),
      concerns: [],
    };
  });
  const active = told.filter(({ labels, skipped }) => labels + skipped > 0);
  const concerns = concernsOf(active, { settings, rushedBelowMs: tooFast, choices, authors });
  return active
    .map((annotator, at) => ({ ...annotator, concerns: concerns[at]! }))
    .sort((a, b) => b.labels - a.labels || (a.author < b.author ? -1 : 1));
}

function tallied({ schema, settings, columns, authors, gold }: QualitySource, pool: ValuePool, verdicts: Verdicts) {
  const { items, start, author, values, resolution, again } = columns;
  const share = (): Share => ({ right: 0, of: 0 });
  const tallies = authors.map((): Tally => ({
    annotations: [],
    right: 0,
    compared: 0,
    experts: share(),
    gold: share(),
    self: share(),
  }));
  const count = (into: Share, isOne: boolean) => {
    into.of++;
    if (isOne) into.right++;
  };
  const isAlike = (said: number, known: number): boolean =>
    said === known || isRight(pool.read(said), pool.read(known), schema, settings.agreementThreshold);
  for (let item = 0; item < items; item++) {
    const known = gold.get(item);
    const resolved = resolution[item]!;
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      const tally = tallies[author[at]!]!;
      tally.annotations.push(at);
      const verdict = verdicts.of(at);
      if (verdict !== null) tally.compared++;
      if (verdict === 'right') tally.right++;
      if (resolved !== 0) count(tally.experts, isAlike(values[at]!, resolved));
      if (known) count(tally.gold, isRight(pool.read(values[at]!), known, schema, settings.agreementThreshold));
    }
  }
  for (const [at, who] of again.author.entries()) {
    // A question that was asked only later, or removed, is no change of mind.
    const [before, after] = [pool.read(again.before[at]!), pool.read(again.after[at]!)];
    if (schema.fields.every((field) => valueIn(before, field) === undefined)) continue;
    count(tallies[who]!.self, isRight(after, before, schema, settings.agreementThreshold));
  }
  return tallies;
}

/** The mean over questions of what the models make of somebody, by their answers to each; null where no model says. */
function skillOf(choices: readonly ChoiceFigures[], author: number): number | null {
  let sum = 0;
  let readings = 0;
  for (const { truth } of choices) {
    const skill = truth?.skill[author] ?? NaN;
    if (Number.isNaN(skill)) continue;
    sum += skill * truth!.readings[author]!;
    readings += truth!.readings[author]!;
  }
  return readings === 0 ? null : sum / readings;
}

function confusionsOf(choices: readonly ChoiceFigures[], author: number): AnnotatorReport['confusions'] {
  const found = choices.flatMap(({ field, ratings, confusions }) =>
    (confusions.get(author) ?? []).flatMap(({ said, consensus, count }) => {
      const [one, other] = [ratings.classes[said]!, ratings.classes[consensus]!];
      return one === NONE_OF_THESE || other === NONE_OF_THESE
        ? []
        : [{ field: field.id, said: one, consensus: other, count }];
    }),
  );
  return found.sort((a, b) => b.count - a.count).slice(0, MOST_CONFUSIONS);
}

/** Share of right answers in each hundred of somebody's answers, as they gave them; the last of them may have fewer. */
function trendOf(annotations: readonly number[], time: Float64Array, verdicts: Verdicts): AnnotatorReport['trend'] {
  const inTime = [...annotations].sort((a, b) => time[a]! - time[b]! || a - b);
  const points: { labels: number; value: number }[] = [];
  for (let from = 0; from < inTime.length; from += TREND_STEP) {
    const step = inTime.slice(from, from + TREND_STEP).map((at) => verdicts.of(at));
    const compared = step.filter((verdict) => verdict !== null).length;
    const right = step.filter((verdict) => verdict === 'right').length;
    if (compared > 0) points.push({ labels: from + step.length, value: right / compared });
  }
  return points;
}
