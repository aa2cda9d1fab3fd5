import { fault } from '#core/errors';
import { err, type Result } from '#core/result';
import type { WithProject } from '../opened';
import type { ReviewApi } from './api';

const later = (): Promise<Result<never>> => Promise.resolve(err(fault('project.moved', '')));

export function reviewCalls(withProject: WithProject): ReviewApi {
  return {
    reviewQueue: () => withProject(() => later()),
    reviewItem: () => withProject(() => later()),
    decide: () => withProject(() => later()),
    resolve: () => withProject(() => later()),
    comment: () => withProject(() => later()),
  };
}
