/**
 * Who may say what: a pure function of the set of control events, whatever order they arrived in.
 *
 * Clocks lie, so neither time nor lamport gives authority. What is left is each author's own order, and who vouches for
 * whom:
 *
 * 1. **Rank.** An owner made by the recovery key has rank 0, the founder 1, an owner made by an owner of rank r has rank
 *    r + 1. What owners decide about an owner counts only from equal or lower ranks, so a stolen device of a later owner cannot
 *    depose the founder, and the recovery code deposes a stolen founder.
 * 2. **Decisions** (`member.changed`, `owner.added`) say a role and from which commit of the member's own log on it holds. An
 *    owner's later decision replaces their earlier ones from there on. Between owners, the decision that holds
 *    from the later commit counts, because it knew more of the member's log; if both hold from the same commit, the lesser
 *    role counts. Nobody decides about themselves.
 * 3. Two owners of one rank who depose each other are both deposed, whoever says to have been first: neither can prove
 *    it. A lower rank settles it by deposing one of them as of an earlier commit, which voids that one's decision. Who was
 *    deposed by an owner of the same rank makes nobody an owner afterwards.
 * 4. **Invites** admit whom no owner decided about, from the joining commit on. An invite of two owners gives the lesser role;
 *    a withdrawal by any owner binds, and after several only those are admitted whom all of them list. An invite outlives
 *    its issuer's ownership: who deposes an owner withdraws that owner's invites.
 * 5. **Forks.** Of a log that tells two stories only what comes before the first commit that there are two of counts,
 *    whatever it says. A removal names a commit by its number: the hash beside it tells which story the owner knew, which is
 *    for people and for `concord verify`, and decides nothing, since what is before the fork is the same in both.
 */
import { toBase32 } from '../model/base32';
import type { AuthorId } from '../model/ids';
import type { AuthorityFact } from './authority-fact';
import type { ControlEvent, LogEvent } from './events';
import { NO_PROOFS, recoveryKey, type KnownProofs } from './proofs';
import { greatestOf, leastOf, mayCommit, type Standing } from './roles';

/** The role from commit `from` of the member's log on, until the next span. */
interface Span {
  readonly from: number;
  readonly role: Standing;
}

interface Decision extends Span {
  readonly issuer: AuthorId;
  readonly seq: number;
  readonly member: AuthorId;
}

/** A standing that no owner decided: of the founder, by the recovery key, or by an invite. */
interface Admission extends Span {
  readonly member: AuthorId;
}

/** Where logs were forked: of each, the first commit that does not count. */
export type Cuts = ReadonlyMap<AuthorId, number>;

const NO_CUTS: Cuts = new Map();
const FOUNDER_RANK = 1;
const RECOVERED_RANK = 0;

const AUTHORITY_EVENTS: ReadonlySet<ControlEvent['type']> = new Set<ControlEvent['type']>([
  'project.founded',
  'owner.added',
  'invite.issued',
  'invite.withdrawn',
  'member.joined',
  'member.changed',
]);

/** The standing of every author under a set of facts. Immutable; rebuilt when a fact that changes it arrives. */
export class Authority {
  readonly #spans: ReadonlyMap<AuthorId, readonly Span[]>;
  readonly #cuts: Cuts;

  /**
   * @param facts control events of all authors in any order; others than those of {@link Authority.isChangedBy} are passed over
   * @param proofs which joins and recoveries were verified; the others admit nobody
   */
  constructor(facts: readonly AuthorityFact[], proofs: KnownProofs = NO_PROOFS, cuts: Cuts = NO_CUTS) {
    this.#cuts = cuts;
    const ordered = facts
      .filter(({ author, seq, event }) => Authority.isChangedBy(event) && !this.#isCut(author, seq))
      .sort(compareOwnOrder);
    const decisions = ordered.flatMap(decisionsOf);
    const { ranks, bases } = roots(ordered, proofs);
    const { owners, heard } = ownersByRank(decisions, ranks, bases);
    const counted = decisions.filter((decision) => isOwner(owners, decision.issuer, decision.seq));
    const joins = joinsOf(
      ordered,
      ordered.filter((fact) => isOwner(owners, fact.author, fact.seq)),
      proofs,
    );
    const admitted = [...bases, ...joins];
    const members = new Set([...admitted, ...counted].map(({ member }) => member));
    this.#spans = new Map(
      [...members].map((member) => [member, spansOf(member, heard.get(member) ?? counted, admitted)]),
    );
  }

  /** Whether an event of this type can change anybody's standing. */
  static isChangedBy(event: LogEvent): boolean {
    return AUTHORITY_EVENTS.has(event.type as ControlEvent['type']);
  }

  /** Everybody who has or had a standing. */
  get members(): readonly AuthorId[] {
    return [...this.#spans.keys()];
  }

  /** The role under which commit `seq` of the author's log stands; after a fork, none. */
  roleAt(author: AuthorId, seq: number): Standing {
    return this.#isCut(author, seq) ? 'none' : this.standingAt(author, seq);
  }

  /** As {@link roleAt}, whether the log was forked or not: who told two stories is a member nevertheless until an owner removes them. */
  standingAt(author: AuthorId, seq: number): Standing {
    return roleIn(this.#spans.get(author), seq);
  }

  /** Whether an event in commit `seq` of the author's log counts; projections ignore the others. */
  counts(author: AuthorId, seq: number, event: LogEvent): boolean {
    return mayCommit(this.roleAt(author, seq), event);
  }

  /** Whether the first `length` commits of the author stand under the same roles in both. */
  agreesWith(other: Authority, author: AuthorId, length: number): boolean {
    return [...this.#changesOf(author), ...other.#changesOf(author), 0].every(
      (seq) => seq >= length || this.roleAt(author, seq) === other.roleAt(author, seq),
    );
  }

  /** Where the author's role may become another. */
  #changesOf(author: AuthorId): number[] {
    return [...(this.#spans.get(author) ?? []).map(({ from }) => from), this.#cuts.get(author) ?? 0];
  }

  #isCut(author: AuthorId, seq: number): boolean {
    return seq >= (this.#cuts.get(author) ?? Infinity);
  }
}

/** Each author's own order, which is all that is known for certain. */
const compareOwnOrder = (a: AuthorityFact, b: AuthorityFact): number =>
  a.author < b.author ? -1 : a.author > b.author ? 1 : a.seq - b.seq || a.index - b.index;

function decisionsOf({ author, seq, event }: AuthorityFact): Decision[] {
  if (event.type !== 'member.changed' && event.type !== 'owner.added') return [];
  if (event.author === author) return [];
  const [role, from] = event.type === 'owner.added' ? (['owner', 0] as const) : [event.role, event.asOf.seq + 1];
  return [{ issuer: author, seq, member: event.author, role, from }];
}

/** Who is an owner by nobody's decision: the founder and the recovered. */
function roots(ordered: readonly AuthorityFact[], proofs: KnownProofs) {
  const ranks = new Map<AuthorId, number>();
  const bases: Admission[] = [];
  const recovery = recoveryKey(ordered);
  for (const { author, seq, event } of ordered) {
    if (event.type === 'project.founded') {
      if (!ranks.has(author)) ranks.set(author, FOUNDER_RANK);
      bases.push({ member: author, from: seq, role: 'owner' });
    } else if (event.type === 'owner.added' && event.author === author && event.proof && recovery) {
      if (!proofs.holds('owner', recovery, event.proof, author)) continue;
      ranks.set(author, RECOVERED_RANK);
      bases.push({ member: author, from: seq, role: 'owner' });
    }
  }
  return { ranks, bases };
}

/**
 * Settles who is an owner, rank by rank: owners of one rank hang only on decisions of lower ranks, which are settled before,
 * and on each other's.
 *
 * @returns the spans of all who ever were owners, and the decisions that count about each of them
 */
function ownersByRank(
  decisions: readonly Decision[],
  roots: ReadonlyMap<AuthorId, number>,
  bases: readonly Admission[],
) {
  const ranks = new Map(roots);
  const owners = new Map<AuthorId, readonly Span[]>();
  const heard = new Map<AuthorId, readonly Decision[]>();
  for (let rank = RECOVERED_RANK; rank <= Math.max(...ranks.values()); rank++) {
    const peers = [...ranks].filter(([, theirs]) => theirs === rank).map(([author]) => author);
    const peersUnder = (counted: readonly Decision[]) =>
      new Map(peers.map((peer) => [peer, spansOf(peer, counted, bases)]));
    const settled = decisions.filter(({ issuer, seq }) => isOwner(owners, issuer, seq));
    const undisputed = peersUnder(settled);
    const deposing = decisions.filter(({ role, issuer, seq }) => role !== 'owner' && isOwner(undisputed, issuer, seq));
    const certain = new Set([...settled, ...deposing]);
    const surviving = peersUnder([...certain]);
    const counted = decisions.filter(
      (decision) => certain.has(decision) || isOwner(surviving, decision.issuer, decision.seq),
    );
    for (const [peer, spans] of peersUnder(counted)) {
      heard.set(peer, counted);
      owners.set(peer, spans);
    }
    for (const { role, member, issuer, seq } of decisions) {
      const appoints = role === 'owner' && ranks.get(issuer) === rank && isOwner(owners, issuer, seq);
      if (appoints && !ranks.has(member)) ranks.set(member, rank + 1);
    }
  }
  return { owners, heard };
}

/** Who was admitted by an invite that an owner issued and that no withdrawal takes from them. */
function joinsOf(
  ordered: readonly AuthorityFact[],
  byOwners: readonly AuthorityFact[],
  proofs: KnownProofs,
): Admission[] {
  const invited = new Map<string, Standing>();
  const withdrawn = new Map<string, ReadonlySet<AuthorId>>();
  for (const { event } of byOwners) {
    if (event.type === 'invite.issued') {
      const invite = toBase32(event.invite);
      invited.set(invite, leastOf(invited.get(invite) ?? event.role, event.role));
    } else if (event.type === 'invite.withdrawn') {
      const invite = toBase32(event.invite);
      const before = withdrawn.get(invite);
      withdrawn.set(invite, new Set(event.admitted.filter((author) => before?.has(author) ?? true)));
    }
  }
  return ordered.flatMap(({ author, seq, event }) => {
    if (event.type !== 'member.joined') return [];
    const invite = toBase32(event.invite);
    const role = invited.get(invite);
    if (role === undefined || withdrawn.get(invite)?.has(author) === false) return [];
    return proofs.holds('join', event.invite, event.proof, author) ? [{ member: author, from: seq, role }] : [];
  });
}

/** A member's spans, ascending, under decisions in their issuers' order and, where none applies, under admissions. */
function spansOf(member: AuthorId, decisions: readonly Decision[], admissions: readonly Admission[]): Span[] {
  const decided = decisions.filter((decision) => decision.member === member);
  const admitted = admissions.filter((admission) => admission.member === member);
  const changes = new Set([...decided, ...admitted].map(({ from }) => from));
  return [...changes]
    .sort((a, b) => a - b)
    .map((from) => ({ from, role: decidedRole(decided, from) ?? greatestRole(admitted, from) }));
}

function decidedRole(decided: readonly Decision[], seq: number): Standing | undefined {
  const standing = new Map<AuthorId, Decision>();
  for (const decision of decided) if (decision.from <= seq) standing.set(decision.issuer, decision);
  const latest = Math.max(...[...standing.values()].map(({ from }) => from));
  return [...standing.values()]
    .filter(({ from }) => from === latest)
    .map(({ role }) => role)
    .reduce<Standing | undefined>((least, role) => (least === undefined ? role : leastOf(least, role)), undefined);
}

function roleIn(spans: readonly Span[] | undefined, seq: number): Standing {
  return spans?.findLast(({ from }) => from <= seq)?.role ?? 'none';
}

const greatestRole = (admitted: readonly Admission[], seq: number): Standing =>
  admitted.reduce<Standing>(
    (greatest, { from, role }) => (from <= seq ? greatestOf(greatest, role) : greatest),
    'none',
  );

const isOwner = (spans: ReadonlyMap<AuthorId, readonly Span[]>, author: AuthorId, seq: number): boolean =>
  roleIn(spans.get(author), seq) === 'owner';
