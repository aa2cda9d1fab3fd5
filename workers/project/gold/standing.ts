import { itemName } from '#core/model/item';
import { isRight } from '#core/workflow/gold-answers';
import { isRoundOver } from '#core/workflow/gold-practice';
import { ANNOTATION } from '#core/projection/answers';
import type { GoldFeedback, GoldStanding, PracticeView } from './api';
import type { Gold } from './gold';
import { knownOf, practiceFor, type PracticeStanding } from './practice';

/** What holds for this person: whether they are paused, are to practise first, and how their last answer was. */
export async function standingOf(gold: Gold): Promise<GoldStanding> {
  const { session } = gold;
  await session.idle();
  const { projection, author } = session;
  const standing = practiceFor(projection, author);
  return {
    paused: session.paused,
    practice: standing && practiceView(gold, standing),
    feedback: await feedbackOn(gold, standing),
  };
}

function practiceView(gold: Gold, standing: PracticeStanding): PracticeView {
  const { session, dealing } = gold;
  const { practice, settings, items } = standing;
  const [next] = practice.isPassed ? [] : dealing.next(-1, 1, () => []);
  return {
    ...{ done: practice.round.done.length, right: practice.round.right, of: settings.of, bar: settings.bar },
    state: stateOf(standing, items.includes(dealing.lastAnnotated ?? -1)),
    next: next === undefined ? null : session.projection.id(next.item),
  };
}

function stateOf({ practice, settings }: PracticeStanding, isLast: boolean): PracticeView['state'] {
  if (practice.isPassed) return isLast ? 'passed' : 'over';
  return isRoundOver(practice, settings) ? 'failed' : 'under-way';
}

/** How the last answer was; null where the true one may not be told, which is as long as it was not disclosed. */
async function feedbackOn({ session, dealing }: Gold, standing: PracticeStanding | null): Promise<GoldFeedback | null> {
  const { projection, author, reader } = session;
  const { gold, agreementThreshold } = projection.settings;
  const item = dealing.lastAnnotated;
  const isPractice = item !== null && (standing?.items.includes(item) ?? false);
  if (item === null || !(gold.feedback || isPractice)) return null;
  const id = projection.id(item);
  const disclosed = projection.control.disclosed.get(id);
  const answer = projection.answer(item, author);
  if (!disclosed || answer.kind !== ANNOTATION) return null;
  const values = knownOf(projection, item);
  return {
    ...{ item: id, name: itemName(await reader.record(item)), values, why: disclosed.why },
    isRight: isRight(projection.pool.read(answer.values), values, projection.schema, agreementThreshold),
  };
}
