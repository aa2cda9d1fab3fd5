import type { ConcordError } from '#core/errors';
import type { AuthorId } from '#core/model/ids';
import { ROLES } from '#core/model/project';
import type { Invitation } from '#core/peers/invitation';
import { sameNameMarks } from '#core/peers/same-names';
import type { Result } from '#core/result';
import type { Invite, InviteId, Member, MemberChange, NewInvite, People as Known } from '#workers/project/api';
import { Paced } from './paced';
import type { ProjectState } from './project.svelte';

/** Whether somebody is there: `away` has the project open and looks at something else. */
export type Attendance = 'here' | 'away' | 'gone';

export interface Person extends Member {
  /** Tells two of one name apart; '' where the name does. */
  readonly mark: string;
  readonly attendance: Attendance;
}

/** How often the list is asked for at most, however much happens. */
const PAUSE_MS = 1_000;

/** The members of the open project and, for its owners, the invites. */
export class People {
  readonly #project: ProjectState;
  #known = $state.raw<Known | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #isBusy = $state(false);
  readonly #list = new Paced(() => this.#look(), PAUSE_MS);

  constructor(project: ProjectState) {
    this.#project = project;
  }

  readonly #everybody = $derived.by((): readonly Person[] => {
    const members = this.#known?.members ?? [];
    const marks = sameNameMarks(members);
    const present = this.#attendances;
    const person = (member: Member): Person => ({
      ...member,
      mark: marks.get(member.author) ?? '',
      attendance: member.isMe ? 'here' : (present.get(member.author) ?? 'gone'),
    });
    return members.map(person).sort(byRole);
  });

  /** null until they are known. */
  get members(): readonly Person[] | null {
    return this.#known && this.#everybody.filter(({ role }) => role !== 'none');
  }
  get removed(): readonly Person[] {
    return this.#everybody.filter(({ role }) => role === 'none');
  }
  /** Newest first; nobody but owners has any. */
  get invites(): readonly Invite[] {
    return this.#known?.invites ?? [];
  }
  /** What was asked for last and failed. */
  get failure() {
    return this.#failure;
  }
  /** Whether an invite or a change is being stored. */
  get isBusy() {
    return this.#isBusy;
  }

  find(author: AuthorId): Person | undefined {
    return this.#everybody.find((person) => person.author === author);
  }

  /** Asks for the list: now, or once a while has passed since it was asked for. */
  refresh(): void {
    this.#list.ask();
  }

  /** Pauses somebody; '' lets them go on. */
  async pause(author: AuthorId, reason: string): Promise<void> {
    await this.#act(() => this.#project.client.pauseMember(author, reason));
  }

  /** Says how the others know this owner; whether that worked. */
  async nameMyself(name: string): Promise<boolean> {
    const named = await this.#act(() => this.#project.client.nameMyself(name));
    return named?.ok === true;
  }

  /** The invite's link, ready to be sent; null where it failed. */
  async invite(invite: NewInvite): Promise<Invitation | null> {
    const made = await this.#act(() => this.#project.client.invite(invite));
    return made?.ok ? made.value : null;
  }

  async withdraw(invite: InviteId): Promise<void> {
    await this.#act(() => this.#project.client.withdrawInvite(invite));
  }

  async change(author: AuthorId, change: MemberChange): Promise<void> {
    await this.#act(() => this.#project.client.changeMember(author, change));
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  close(): void {
    this.#list.close();
  }

  get #attendances(): ReadonlyMap<AuthorId, Attendance> {
    const present = new Map<AuthorId, Attendance>();
    for (const { author, isActive } of this.#project.peers?.present ?? []) {
      if (isActive || !present.has(author)) present.set(author, isActive ? 'here' : 'away');
    }
    return present;
  }

  async #act<T>(work: () => Promise<Result<T>>): Promise<Result<T> | null> {
    if (this.#isBusy) return null;
    this.#isBusy = true;
    const done = await work();
    this.#failure = done.ok ? null : done.error;
    await this.#look();
    this.#isBusy = false;
    return done;
  }

  async #look(): Promise<void> {
    const found = await this.#project.client.people();
    if (found.ok) this.#known = found.value;
    else this.#failure = found.error;
  }
}

const RANKS: readonly string[] = [...ROLES, 'none'];

/** By role, then in the order in which they came. */
const byRole = (a: Person, b: Person): number =>
  RANKS.indexOf(a.role) - RANKS.indexOf(b.role) || (a.joinedAt ?? Infinity) - (b.joinedAt ?? Infinity);
