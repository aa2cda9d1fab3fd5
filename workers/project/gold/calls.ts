import { fault } from '#core/errors';
import { err, type Result } from '#core/result';
import type { WithProject } from '../opened';
import type { GoldApi } from './api';

const later = (): Promise<Result<never>> => Promise.resolve(err(fault('project.moved', '')));

export function goldCalls(withProject: WithProject): GoldApi {
  return {
    gold: () => withProject(() => later()),
    setGold: () => withProject(() => later()),
    discloseGold: () => withProject(() => later()),
    pauseMember: () => withProject(() => later()),
    standing: () => withProject(() => later()),
  };
}
