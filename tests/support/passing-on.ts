import type { AuthorId } from '#core/model/ids';
import type { Session } from '#workers/project/session';
import { value } from './devices';

/** How what one device has comes to another. */
export interface Way {
  /** Commits of one update. */
  readonly slice: number;
  /** Puts the authors' logs into the order in which they come; by default owners first, as links send them. */
  readonly order?: (authors: AuthorId[]) => AuthorId[];
}

/** Gives a session everything of the logs that another has and it lacks, without any link between. */
export async function passOn(from: Session, to: Session, { slice, order }: Way = { slice: 1_000 }): Promise<void> {
  const [theirs, ours] = await Promise.all([from.logs(), to.logs()]);
  const isOwner = (author: AuthorId) => from.projection.standing(author) === 'owner';
  const authors = [...theirs.authors].sort((a, b) => Number(isOwner(b)) - Number(isOwner(a)));
  for (const author of order?.(authors) ?? authors) {
    const end = theirs.lengthOf(author);
    for (let seq = ours.lengthOf(author); seq < end; seq = ours.lengthOf(author)) {
      const taken = value(await to.receive(theirs.update(author, seq, Math.min(seq + slice, end))));
      if (taken.forks.length > 0) break;
    }
  }
  for (const fork of from.forks) await to.receiveFork(fork);
}

/** Passes on until all have the same. */
export async function meetAll(sessions: readonly Session[], way?: Way): Promise<void> {
  for (let round = 0; round < 2; round++)
    for (const from of sessions) for (const to of sessions) if (from !== to) await passOn(from, to, way);
  for (const session of sessions) await session.settled();
}
