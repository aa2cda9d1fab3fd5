import type { AuthorId } from '#core/model/ids';
import type { Projection } from '#core/projection/projection';
import { Assignment } from '#core/workflow/assignment';
import type { Claim } from '#core/workflow/claims';
import { nextItems } from '#core/workflow/next-items';
import type { WalkRequest } from './api';
import type { Session } from './session';

/**
 * Rows of the open items after (or before) another, going on from the other end, never that one itself, in the order in which
 * this author should take them: what is theirs by rank first, then what is others'. In a project of one person that is its order.
 *
 * @param from -1: from the beginning (or, backwards, the end)
 * @param claims of other members, on items that they have before them
 */
export function nextOpen(
  { projection, author }: Pick<Session, 'projection' | 'author'>,
  from: number,
  { direction, count }: Pick<WalkRequest, 'direction' | 'count'>,
  claims: readonly Claim[],
): number[] {
  const hand = handsOf(projection);
  const labelers = new Set(projection.members.filter((member) => mayLabel(projection, member)).map(hand));
  const claimers = new Map<number, AuthorId[]>();
  for (const claim of claims) {
    if (claim.author === author || !labelers.has(hand(claim.author))) continue;
    const item = projection.find(claim.item);
    claimers.set(item, [...(claimers.get(item) ?? []), claim.author]);
  }
  // What somebody sent back to this author nobody else can answer: before anything else.
  const sentBack = projection.sentBackTo(author);
  const others = nextItems(without(sentBack, openAround(projection, from, direction)), count, {
    assignment: new Assignment(hand(author), [...labelers]),
    bits: (item) => projection.idBits(item),
    takers: (item) => {
      const annotators = projection.annotators(item);
      const claiming = claimers.get(item);
      return claiming ? [...new Set([...annotators, ...claiming])] : annotators;
    },
    wanted: (item) => projection.wanted(item),
  });
  return [...sentBack.filter((item) => item !== from), ...others].slice(0, count);
}

function* without(excluded: readonly number[], items: Iterable<number>): Generator<number> {
  for (const item of items) if (!excluded.includes(item)) yield item;
}

function* openAround(projection: Projection, from: number, direction: WalkRequest['direction']): Generator<number> {
  const last = projection.order.length - 1;
  const [step, end] = direction === 'next' ? [1, 0] : [-1, last];
  const place = from >= 0 ? projection.position(from) : end - step;
  yield* projection.openFrom(place + step, direction);
  for (const item of projection.openFrom(end, direction)) {
    if ((projection.position(item) - place) * step >= 0) return;
    yield item;
  }
}

/**
 * In whose place an author labels. Whoever founded the project, and whoever the recovery code made an owner, are one person on several
 * devices: a founder whose device is gone, or was a command line, is dealt no items that wait for nobody.
 */
function handsOf({ facts }: Projection): (author: AuthorId) => AuthorId {
  const founder = facts.find(({ event }) => event.type === 'project.founded')?.author;
  const devices = new Set([founder]);
  for (const { author, event } of facts)
    if (event.type === 'owner.added' && event.author === author && event.proof) devices.add(author);
  return (author) => (founder !== undefined && devices.has(author) ? founder : author);
}

function mayLabel(projection: Projection, member: AuthorId): boolean {
  const role = projection.role(member);
  return role !== 'none' && role !== 'viewer';
}
