import { settleConsensus } from '#core/quality/consensus';
import type { Exported } from '#workers/project/export/run';
import type { Session } from '#workers/project/session';
import { Snapshots } from '#workers/project/snapshots/snapshots';

/** What an export takes from a session, with a consensus that is computed where it is asked for. */
export const exported = (session: Session): Exported => ({
  session,
  snapshots: new Snapshots(session),
  quality: {
    settled: () => {
      settleConsensus(session.projection);
      return Promise.resolve();
    },
  },
});
