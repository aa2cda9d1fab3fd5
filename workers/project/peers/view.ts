import { toBase32 } from '#core/model/base32';
import type { AuthorId } from '#core/model/ids';
import type { Presence } from '#core/peers/presence';
import type { PeersView, PresentMember } from '../api';
import type { Session } from '../session';

/** What is known of the others; without any connection, nothing but who held what when last met. */
export interface Known {
  readonly links: readonly { readonly author: AuthorId; readonly lengths: ReadonlyMap<AuthorId, number> }[];
  readonly present: readonly Presence[];
  /** Chunks and images that are still to come. */
  readonly missing: number;
  /** Authors whose devices hold everything that this one's author did. */
  readonly holders: readonly AuthorId[];
  readonly refused: PeersView['refused'];
}

/** What the page shows of the others. */
export function viewOf(session: Session, { links, present, missing, holders, refused }: Known): PeersView {
  const isMember = (author: AuthorId) => author !== session.author && session.projection.standing(author) !== 'none';
  const connected = new Set(links.map(({ author }) => author)).size;
  return {
    isShared: isShared(session),
    connected,
    present: presentMembers(session, present),
    holders: holders.filter(isMember).length,
    behind: { commits: commitsBehind(session, links), blobs: links.length === 0 ? 0 : missing },
    refused: connected > 0 ? null : refused,
  };
}

/** Whether there is, or may be, anybody else: this author was invited, others are members, or an invite is open. */
function isShared({ author, projection }: Session): boolean {
  const isOther = (member: AuthorId) => member !== author && projection.standing(member) !== 'none';
  if (projection.members.some(isOther)) return true;
  const open = new Set<string>();
  for (const { author: by, event } of projection.facts) {
    if (event.type === 'member.joined' && by === author) return true;
    if (event.type === 'invite.issued') open.add(toBase32(event.invite));
    else if (event.type === 'invite.withdrawn') open.delete(toBase32(event.invite));
  }
  return open.size > 0;
}

/** One line for each person, however many sessions of theirs are heard: the one that does something now. */
function presentMembers({ author, projection }: Session, present: readonly Presence[]): PresentMember[] {
  const members = new Map<AuthorId, Presence>();
  for (const presence of present) {
    const known = members.get(presence.author);
    if (presence.author !== author && (!known || isNearer(presence, known))) members.set(presence.author, presence);
  }
  return [...members.values()]
    .flatMap(({ author: member, item, isActive }): PresentMember[] => {
      const role = projection.standing(member);
      return role === 'none' ? [] : [{ author: member, name: projection.name(member), role, item, isActive }];
    })
    .sort((a, b) => a.name.localeCompare(b.name) || (a.author < b.author ? -1 : 1));
}

const isNearer = (a: Presence, b: Presence): boolean =>
  a.isActive === b.isActive ? a.heardAt > b.heardAt : a.isActive;

/** Commits that somebody who is connected has and that are not here. */
function commitsBehind({ projection }: Session, links: Known['links']): number {
  const longest = new Map<AuthorId, number>();
  for (const { lengths } of links)
    for (const [author, length] of lengths) longest.set(author, Math.max(length, longest.get(author) ?? 0));
  return [...longest].reduce((sum, [author, length]) => sum + Math.max(0, length - projection.applied(author)), 0);
}
