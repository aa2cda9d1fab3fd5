import type { AuthorId } from '#core/model/ids';
import type { ForkEvidence } from '#core/log/chain';
import { equalBytes } from '#core/log/commit';
import type { Message, Reach } from '#core/peers/messages';
import type { Replica } from './replica';
import type { SharedLogs } from './shared-logs';
import { sliceEnd, type Slice } from './slice';

/** What a pump writes to. */
export interface PumpOutlet {
  /** Whether nothing may be sent now; {@link LogPump.pump} is called again when something may. */
  readonly isFull: boolean;
  send(message: Message): void;
  /** Calls back when whoever else waits for this thread was heard. */
  yield(work: () => void): void;
  /** Whether somebody else is better placed to send them so many of this author's commits, and is likely to do so. */
  leavesToOthers(author: AuthorId, missing: number): boolean;
  /** The other side's log of this author parts from ours before this length. */
  parted(author: AuthorId, before: number): void;
}

/**
 * Updates that may be on their way at once: the other side says `taken` of each once it is stored. A channel cannot be told to
 * pause, so without this a fast sender would fill a slow receiver's memory. A receiver holds no more than this per link, and
 * cuts off who sends more.
 */
const WINDOW_UPDATES = 8;
const WINDOW_BYTES = 4 << 20;

/** Whether one more update fits into the window beside those that are under way. */
export const fitsWindow = (updates: number, bytes: number, next: number): boolean =>
  updates === 0 || (updates < WINDOW_UPDATES && bytes + next <= WINDOW_BYTES);

/** How much of a log the other side has. */
interface Known {
  readonly length: number;
  /** As they said it; null once it is certain that their branch is ours up to there. */
  readonly hash: Uint8Array | null;
}

/**
 * Sends the other side of a link whatever it lacks of the logs. It remembers what they have, from their heads, from what was sent
 * and from what they sent; so one rule makes the first exchange, live updates and passing on, and nothing is echoed.
 *
 * What somebody else is better placed to send ({@link PumpOutlet.leavesToOthers}) waits until they said twice that they still lack
 * it: so in a full mesh everything goes one way once, and yet nothing hangs on anybody's doing as expected.
 */
export class LogPump {
  /** While it is set, nothing is sent. */
  isPaused = false;
  readonly #replica: Replica;
  readonly #logs: SharedLogs;
  readonly #outlet: PumpOutlet;
  /** The round of the last heads that came; -1 before the first. */
  #round = -1;
  #known = new Map<AuthorId, Known>();
  /** Authors whose branch there is another than ours. */
  #parted = new Set<AuthorId>();
  /** What is not taken yet, in order; `log`: where that log ends there until it is. */
  #underWay: { readonly bytes: number; readonly log: { readonly author: AuthorId; readonly length: number } | null }[] =
    [];
  #bytesUnderWay = 0;
  /** Where the logs part of which they have proof. */
  #told = new Map<AuthorId, number>();
  /** Client ids of their logs: of two authors with one id, a document takes the first alone. */
  readonly #clients = new Set<number>();
  /** How far our logs went when they last said how far theirs go, and the time before. */
  #atHeads: ReadonlyMap<AuthorId, number> = new Map();
  #ripe: ReadonlyMap<AuthorId, number> = new Map();
  /** Single commits that they asked for. */
  #asked: { readonly author: AuthorId; readonly seq: number }[] = [];
  #isYielding = false;
  /** What of theirs is being taken in; null: nothing. */
  arriving: Slice | null = null;

  constructor(replica: Replica, logs: SharedLogs, outlet: PumpOutlet) {
    this.#replica = replica;
    this.#logs = logs;
    this.#outlet = outlet;
  }

  /** Commits that the other side has of each author, as far as is known here: on its disk, not on their way. */
  get lengths(): ReadonlyMap<AuthorId, number> {
    const lengths = new Map([...this.#known].map(([author, { length }]) => [author, length]));
    for (const { log } of this.#underWay)
      if (log) lengths.set(log.author, Math.min(log.length, lengths.get(log.author) ?? Infinity));
    return lengths;
  }

  /** As {@link lengths}, of one author. */
  lengthOf(author: AuthorId): number {
    return this.#known.get(author)?.length ?? 0;
  }

  /** They said how far their logs go. */
  heard(round: number, heads: readonly Reach[]): void {
    if (round < this.#round) return;
    this.#ripe = this.#atHeads;
    this.#atHeads = new Map(this.#logs.reaches.map(({ author, length }) => [author, length]));
    if (round > this.#round) {
      this.#round = round;
      this.#known = new Map();
      this.#parted.clear();
      this.#told.clear();
      this.#clients.clear();
      this.#underWay = [];
      this.#bytesUnderWay = 0;
    }
    for (const { author, length, hash } of heads) {
      this.#clients.add(this.#logs.clientOf(author));
      if (length >= (this.#known.get(author)?.length ?? 0)) this.#known.set(author, { length, hash });
    }
    this.pump();
  }

  /** Their logs are equal to ours. */
  heardEqual(): void {
    for (const { author, length } of this.#logs.reaches) this.#isCertain(author, length);
  }

  /** They sent commits up to here, and these continued our log or were in it. */
  received(author: AuthorId, length: number): void {
    this.#isCertain(author, length);
  }

  /** They took one update; whether any was under way. */
  taken(round: number): boolean {
    if (round !== this.#round) return round < this.#round;
    const update = this.#underWay.shift();
    if (update === undefined) return false;
    this.#bytesUnderWay -= update.bytes;
    this.pump();
    return true;
  }

  /** They ask for a commit of ours; whether it is one that they may ask for. */
  ask(author: AuthorId, seq: number): boolean {
    if (seq >= this.#replica.head(author).length || this.#asked.length >= WINDOW_UPDATES) return false;
    this.#asked.push({ author, seq });
    this.pump();
    return true;
  }

  /** Sends one slice at once, if anything is lacking and may be sent, and the others in turn with whoever waits for this thread. */
  pump(): void {
    if (this.isPaused || this.#isYielding || !this.#sendSlice()) return;
    this.#isYielding = true;
    this.#outlet.yield(() => {
      this.#isYielding = false;
      this.pump();
    });
  }

  /** They have proof of this fork: they sent it. */
  heardFork({ author, seq }: ForkEvidence): void {
    this.#told.set(author, Math.min(seq, this.#told.get(author) ?? Infinity));
  }

  #sendSlice(): boolean {
    if (this.#round < 0 || this.#outlet.isFull) return false;
    const fork = this.#logs.forks.find(({ author, seq }) => seq < (this.#told.get(author) ?? Infinity));
    if (fork) {
      if (!this.#sends(fork.a.length + fork.b.length, null)) return false;
      this.heardFork(fork);
      this.#outlet.send({ type: 'fork', round: this.#round, evidence: fork });
      return true;
    }
    if (!fitsWindow(this.#underWay.length, this.#bytesUnderWay, 1)) return false;
    const [asked] = this.#asked;
    const slice = asked ? { author: asked.author, from: asked.seq, to: asked.seq + 1 } : this.#next();
    if (!slice) return false;
    const { author, from, to } = slice;
    const update = this.#replica.update(author, from, to);
    if (!this.#sends(update.length, asked ? null : { author, length: from })) return false;
    if (asked) this.#asked.shift();
    else this.#known.set(author, { length: to, hash: null });
    this.#outlet.send({ type: 'update', round: this.#round, update });
    return true;
  }

  /** Takes room in the window, where there is enough. */
  #sends(bytes: number, log: { readonly author: AuthorId; readonly length: number } | null): boolean {
    if (!fitsWindow(this.#underWay.length, this.#bytesUnderWay, bytes)) return false;
    this.#underWay.push({ bytes, log });
    this.#bytesUnderWay += bytes;
    return true;
  }

  /** The next commits to send: of owners first, then of whoever lacks the fewest, so that what is new need not wait for bulk. */
  #next(): { author: AuthorId; from: number; to: number } | null {
    let next: { author: AuthorId; from: number; missing: number; isOwner: boolean } | null = null;
    for (const { author, length } of this.#logs.reaches) {
      const known = this.#lengthThere(author, length);
      if (known === null) continue;
      const from = Math.max(known, this.#arriving(author));
      if (from >= length) continue;
      const ripe = this.#outlet.leavesToOthers(author, length - from) ? (this.#ripe.get(author) ?? 0) : length;
      const missing = ripe - from;
      if (missing <= 0) continue;
      const isOwner = this.#replica.standing(author) === 'owner';
      if (!next || Number(isOwner) - Number(next.isOwner) > 0 || (isOwner === next.isOwner && missing < next.missing))
        next = { author, from, missing, isOwner };
    }
    if (!next) return null;
    const { author, from, missing } = next;
    return { author, from, to: sliceEnd(this.#replica, author, from, from + missing) };
  }

  /** How much of the author's log they have; null where theirs is another branch. */
  #lengthThere(author: AuthorId, here: number): number | null {
    if (this.#parted.has(author)) return null;
    const known = this.#known.get(author);
    // Nothing of it is there; where the log of another with its client id is, it never can be.
    if (!known) return this.#clients.has(this.#logs.clientOf(author)) ? null : 0;
    if (known.hash === null || known.length > here) return known.length;
    if (equalBytes(known.hash, this.#replica.hashAt(author, known.length - 1))) {
      this.#isCertain(author, known.length);
      return known.length;
    }
    this.#parted.add(author);
    this.#outlet.parted(author, known.length);
    return null;
  }

  #arriving(author: AuthorId): number {
    return this.arriving && this.arriving.client === this.#logs.clientOf(author) ? this.arriving.to : 0;
  }

  #isCertain(author: AuthorId, length: number): void {
    if (length >= (this.#known.get(author)?.length ?? 0)) this.#known.set(author, { length, hash: null });
  }
}
