import { emptyLog, verifyRun } from '#core/log/chain';
import type { Commit } from '#core/log/commit';
import { Proofs } from '#core/log/proofs';
import type { AuthorId } from '#core/model/ids';
import { Projection } from '#core/projection/projection';
import { verify } from '#io/keys';
import type { RatedProject } from '../support/rated-project';
import { annotatedProject } from './annotated-project';
import type { Benchmark } from './benchmark';
import { quantile } from './statistics';

/** Fewer by CONCORD_BENCH_ANNOTATIONS, for a look in between. */
const ANNOTATIONS = Number(process.env['CONCORD_BENCH_ANNOTATIONS'] ?? 100_000);
const AUTHORS = 5;
const RUNS = 3;
/** Commits that are verified by one signature: what a peer sends at once. */
const RUN = 1_000;

/** Logs of 100,000 annotations: verified by their chains and last signatures, and projected from nothing. */
export const verifyProject: Benchmark = {
  name: 'verify-project',
  async run() {
    const project = await annotatedProject(ANNOTATIONS, AUTHORS);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const from = performance.now();
      const projection = await verifyAndProject(project);
      times.push((performance.now() - from) / 1000);
      const { completed } = projection.tally.statuses();
      if (completed !== ANNOTATIONS) throw new Error(`${completed} of ${ANNOTATIONS} count`);
    }
    const name = `${ANNOTATIONS.toLocaleString('en')} annotations by ${AUTHORS}: verified and projected from nothing, median`;
    return [{ name, value: quantile(times, 0.5), unit: 's', reach: 3 }];
  },
};

async function verifyAndProject({ project, logs, chunks }: RatedProject): Promise<Projection> {
  const verified: [AuthorId, readonly Commit[]][] = [];
  for (const [author, log] of logs) {
    let head = emptyLog(project, author);
    for (let at = 0; at < log.length; at += RUN) {
      const run = await verifyRun(head, log.slice(at, at + RUN), verify);
      if (!run.ok) throw new Error(run.error.message);
      head = run.value.head;
      verified.push([author, run.value.commits]);
    }
  }
  const projection = new Projection(null, new Proofs(project, verify));
  for (const [author, commits] of verified) for (const commit of commits) projection.apply(author, commit);
  for (const { hash, items } of chunks) projection.addChunk(hash, items);
  return projection;
}
