import { ok } from '#core/result';
import type { WithProject } from '../opened';
import type { GoldApi } from './api';
import { discloseGold } from './disclose';
import { pauseMember } from './pause';
import { resolvedAnswers, setGold } from './set-gold';
import { standingOf } from './standing';
import { goldView } from './view';

export function goldCalls(withProject: WithProject): GoldApi {
  return {
    gold: () => withProject(async ({ gold }) => ok(await goldView(gold))),
    setGold: (answers) => withProject(({ gold }) => setGold(gold, answers)),
    setGoldFromResolved: () =>
      withProject(async ({ gold }) => {
        await gold.session.idle();
        await gold.read();
        const answers = resolvedAnswers(gold);
        const made = answers.length === 0 ? ok(null) : await setGold(gold, answers);
        return made.ok ? ok({ set: answers.length }) : made;
      }),
    discloseGold: (answers, practice) =>
      withProject(({ gold }) => discloseGold(gold, answers, practice ? 'practise' : 'feedback')),
    pauseMember: (author, reason) => withProject(({ session }) => pauseMember(session, author, reason)),
    standing: () => withProject(async ({ gold }) => ok(await standingOf(gold))),
  };
}
