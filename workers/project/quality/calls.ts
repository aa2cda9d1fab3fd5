import { ok } from '#core/result';
import type { WithProject } from '../opened';
import type { QualityApi } from './api';
import { dashboardFile } from './dashboard-file';

export function qualityCalls(withProject: WithProject): QualityApi {
  return {
    quality: () =>
      withProject(async ({ session, quality }) => {
        await session.idle();
        return ok(quality.view());
      }),
    exportQuality: () => withProject(async ({ quality }) => ok(dashboardFile(await quality.whole()))),
    useStatistics: async (port) => {
      await withProject(({ quality }) => {
        quality.link.use(port);
        return Promise.resolve(ok(null));
      });
    },
  };
}
