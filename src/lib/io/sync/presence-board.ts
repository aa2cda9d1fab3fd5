import type { Verify } from '#core/log/commit';
import { toBase32 } from '#core/model/base32';
import type { AuthorId } from '#core/model/ids';
import type { Presence, PresenceState } from '#core/peers/presence';
import {
  PRESENCE_EVERY_MS,
  PRESENCE_LASTS_MS,
  signPresence,
  verifyPresence,
  type PresenceRecord,
} from '#core/peers/presence-record';
import type { Clock } from './clock';
import type { Replica } from './replica';

export interface BoardListener {
  /** A record that is newer than what was known: to be passed on to whoever has not got it. */
  spread(record: PresenceRecord): void;
  changed(): void;
}

/** `old`: nothing that was not known, or nobody's who may be here; `false`: its author never said so. */
export type Judged = 'new' | 'old' | 'false';

interface Heard {
  readonly record: PresenceRecord;
  readonly at: number;
  /** When their author was linked to last, here or by a neighbour; null where they were not since the record came. */
  nearAt: number | null;
}

/** Whom nobody near is linked with any more is gone so long after: a browser that was killed says no word of leave. */
const LOST_MS = 8_000;

/** Sessions of one author that are shown, and sessions that are remembered, those that ended among them. */
const MAX_PER_AUTHOR = 4;
const MAX_SESSIONS = 4000;

const SESSION_BYTES = 16;

/** Who is where: the newest record of every session, this device's own among them. */
export class PresenceBoard {
  readonly #replica: Replica;
  readonly #clock: Clock;
  readonly #verify: Verify;
  readonly #isNear: (author: AuthorId) => boolean;
  readonly #on: BoardListener;
  readonly #session: string;
  #counter = 0;
  /** What this session says of itself; null until it is told. */
  #state: PresenceState | null = null;
  #own: PresenceRecord | null = null;
  #saidAt = -Infinity;
  /** By session, the least recently heard first. */
  readonly #heard = new Map<string, Heard>();
  /** As listeners were told last. */
  #present: readonly Presence[] = [];

  /** @param isNear whether this device or a neighbour of it is linked with the author */
  constructor(
    replica: Replica,
    clock: Clock,
    verify: Verify,
    isNear: (author: AuthorId) => boolean,
    on: BoardListener,
  ) {
    this.#replica = replica;
    this.#clock = clock;
    this.#verify = verify;
    this.#isNear = isNear;
    this.#on = on;
    this.#session = toBase32(clock.random(SESSION_BYTES));
  }

  /** The other sessions that are there. */
  get present(): readonly Presence[] {
    return this.#present;
  }

  /** What a new link is told. */
  get records(): readonly PresenceRecord[] {
    const others = [...this.#heard.values()].filter((heard) => this.#isThere(heard)).map(({ record }) => record);
    return this.#own ? [this.#own, ...others] : others;
  }

  show(state: PresenceState): void {
    this.#state = state;
    void this.#say(state);
  }

  /** Somebody came who may know more of this author's log than the last word did, and would take it for an old one. */
  greet(): void {
    const { length } = this.#replica.head(this.#replica.signer.author);
    if (this.#state && this.#own && this.#own.length < length) void this.#say(this.#state);
  }

  /** Ends this session; settles when that is said. */
  leave(): Promise<void> {
    const wasShown = this.#state !== null;
    this.#state = null;
    return wasShown ? this.#say(null) : Promise.resolve();
  }

  /** Says again that this session is there, and lets go of those that did not. Called every second or so. */
  tick(): void {
    const now = this.#clock.now();
    if (this.#state && now - this.#saidAt >= PRESENCE_EVERY_MS) void this.#say(this.#state);
    for (const heard of this.#heard.values()) if (this.#isNear(heard.record.author)) heard.nearAt = now;
    this.refresh();
  }

  /** Standings have changed, or time has passed. */
  refresh(): void {
    const before = this.#present;
    this.#present = [...this.#heard.values()]
      .filter((heard) => this.#isThere(heard))
      .map(({ record: { author, session, state }, at }) => ({ author, session, ...state!, heardAt: at }));
    const isSame =
      before.length === this.#present.length && this.#present.every((one, i) => saysTheSame(one, before[i]!));
    if (!isSame) this.#on.changed();
  }

  /** Judges what a peer sent of a session, and takes it where it is newer than what is known. */
  async hear(record: PresenceRecord): Promise<Judged> {
    if (!this.#mayBeNew(record)) return 'old';
    if (!(await verifyPresence(this.#replica.project, record, this.#verify))) return 'false';
    // Another way may have been faster while this was verified.
    if (!this.#mayBeNew(record)) return 'old';
    this.#heard.delete(record.session);
    this.#makeRoom(record.author);
    this.#heard.set(record.session, { record, at: this.#clock.now(), nearAt: null });
    this.#on.spread(record);
    this.refresh();
    return 'new';
  }

  #mayBeNew({ author, session, counter, length }: PresenceRecord): boolean {
    // Whoever was let in by an invite says that they are here before their join has come, and nobody has a standing before the
    // project's beginning has: those who are shown are told apart later.
    const mayBecome = !this.#replica.isFounded || this.#isNear(author);
    const isStranger = this.#replica.standing(author) === 'none' && !mayBecome;
    if (author === this.#replica.signer.author || isStranger) return false;
    if (length < this.#replica.head(author).length) return false;
    const known = this.#heard.get(session)?.record;
    return !known || (known.author === author && counter > known.counter);
  }

  #makeRoom(author: AuthorId): void {
    const theirs = [...this.#heard].filter(([, heard]) => heard.record.author === author && this.#isThere(heard));
    // What is let go of stays known as ended, so that it cannot be played again.
    for (const [session, heard] of theirs.slice(0, Math.max(0, theirs.length - MAX_PER_AUTHOR + 1)))
      this.#heard.set(session, { record: heard.record, at: -Infinity, nearAt: null });
    for (const session of this.#heard.keys()) {
      if (this.#heard.size < MAX_SESSIONS) break;
      this.#heard.delete(session);
    }
  }

  #isThere({ record, at, nearAt }: Heard): boolean {
    const now = this.#clock.now();
    const isFresh = now - at < PRESENCE_LASTS_MS && (nearAt === null || now - nearAt < LOST_MS);
    return isFresh && record.state !== null && this.#replica.standing(record.author) !== 'none';
  }

  async #say(state: PresenceState | null): Promise<void> {
    const counter = ++this.#counter;
    this.#saidAt = this.#clock.now();
    const { project, signer } = this.#replica;
    const { length } = this.#replica.head(signer.author);
    const record = await signPresence(project, { session: this.#session, counter, length, state }, signer);
    if (counter < this.#counter) return;
    this.#own = state ? record : null;
    this.#on.spread(record);
  }
}

const saysTheSame = (a: Presence, b: Presence): boolean =>
  a.session === b.session && a.item === b.item && a.isActive === b.isActive && a.author === b.author;
