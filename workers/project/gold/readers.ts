import type { Reader } from '#core/gold/sealing';
import type { Projection } from '#core/projection/projection';

/** Owners and reviewers who have said what is encrypted to them with. */
export function readersOf(projection: Projection): Reader[] {
  const { keys } = projection.control;
  return projection.members.flatMap((author) => {
    const standing = projection.standing(author);
    const key = standing === 'owner' || standing === 'reviewer' ? keys.get(author) : undefined;
    return key ? [{ author, key }] : [];
  });
}
