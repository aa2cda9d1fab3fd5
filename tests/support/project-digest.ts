import type { Session } from '#workers/project/session';

/** Everything that can be seen of a project, by ids: equal on devices that hold the same logs, whatever came first. */
export function projectDigest({ projection }: Session) {
  const { tally, pool } = projection;
  return {
    name: projection.settings.name,
    schema: projection.schema,
    members: projection.members
      .map((author) => [author, projection.standing(author), projection.name(author), projection.forkOf(author)])
      .sort(),
    items: Array.from(projection.order, (row) => ({
      id: projection.id(row),
      status: projection.status(row),
      label: projection.label(row) && pool.read(projection.label(row)),
      flagged: projection.isFlagged(row),
      annotations: projection.annotations(row).map(({ author, values }) => [author, pool.read(values)]),
      history: projection
        .historyOf(row)
        .map(({ type, author, lamport, text }) => [type, projection.author(author), lamport, text]),
    })),
    statuses: tally.statuses(),
    classes: tally.classes(),
  };
}
