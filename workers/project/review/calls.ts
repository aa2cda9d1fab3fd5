import { ok } from '#core/result';
import type { WithProject } from '../opened';
import type { ReviewApi } from './api';
import { comment, decide, resolve } from './decide';
import { reviewItem } from './item';

export function reviewCalls(withProject: WithProject): ReviewApi {
  return {
    reviewQueue: (request) => withProject(async ({ review }) => ok(await review.page(request))),
    reviewItem: (item) => withProject((project) => reviewItem(project, item)),
    decide: (item, verdict, why) => withProject(({ session }) => decide(session, item, verdict, why)),
    resolve: (item, values) => withProject(({ session }) => resolve(session, item, values)),
    comment: (item, text) => withProject(({ session }) => comment(session, item, text)),
  };
}
