import { fault } from '#core/errors';
import { err, type Result } from '#core/result';
import type { WithProject } from '../opened';
import type { QualityApi } from './api';

const later = (): Promise<Result<never>> => Promise.resolve(err(fault('project.moved', '')));

export function qualityCalls(withProject: WithProject): QualityApi {
  return {
    quality: () => withProject(() => later()),
    exportQuality: () => withProject(() => later()),
    useStatistics: () => Promise.resolve(),
  };
}
