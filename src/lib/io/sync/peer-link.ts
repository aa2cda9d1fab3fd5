import { equalBytes, type Verify } from '#core/log/commit';
import type { AuthorId } from '#core/model/ids';
import type { Credential } from '#core/peers/invitation';
import {
  decodeMessage,
  encodeMessage,
  MAX_MESSAGE,
  MAX_NEAR,
  MAX_RECORDS,
  MAX_STRANGERS_MESSAGE,
  type Message,
  type Reach,
} from '#core/peers/messages';
import type { PresenceRecord } from '#core/peers/presence-record';
import { Allowance } from './allowance';
import type { Channel } from './channel';
import type { Clock } from './clock';
import { ForkSearch } from './fork-search';
import { Handshake, type Answer } from './handshake';
import { LogIntake } from './log-intake';
import { LogPump, type PumpOutlet } from './log-pump';
import type { Replica } from './replica';
import type { SharedLogs } from './shared-logs';
import { Wire, type WireViolation } from './wire';

/**
 * What the logs here say of whoever is at the other end. `source`: nothing yet, because this device has not got the project's
 * beginning; it listens, since logs prove themselves, and says nothing of its own.
 */
export type Verdict = 'member' | 'source' | 'stranger' | 'removed';

/** Why a link was given up by this side. */
export type DropReason =
  | WireViolation
  /** No message of this protocol, or none that may come now. */
  | 'garbage'
  /** Another version of the protocol. */
  | 'version'
  /** They could not prove who they say they are. */
  | 'unproven'
  /** They sent what its author never said, or updates that no honest peer sends. */
  | 'forgery'
  /** They asked or sent more than a device can deal with. */
  | 'flood'
  /** Nothing was heard of them for too long. */
  | 'silent'
  /** They are no member any more. */
  | 'removed'
  /** They were given up a moment ago. */
  | 'shunned'
  /** More connections than anybody needs. */
  | 'crowded';

/** What a link shares with the others of its mesh. */
export interface LinkContext {
  readonly replica: Replica;
  readonly logs: SharedLogs;
  readonly clock: Clock;
  readonly verify: Verify;
}

export interface LinkListener {
  /** They are who they say: {@link PeerLink.judge} decides. */
  proven(): void;
  /** Both sides have admitted each other. */
  joined(): void;
  /** The other side refuses us. */
  refused(reason: 'stranger' | 'removed'): void;
  /** See {@link PumpOutlet.leavesToOthers}. */
  readonly leavesToOthers: PumpOutlet['leavesToOthers'];
  presence(record: PresenceRecord): Promise<'new' | 'old' | 'false'>;
  /** Forks were proved by what came. */
  forked(): void;
  /** The set of those that the other side is linked with has changed. */
  near(): void;
  dropped(why: DropReason): void;
  closed(): void;
}

/** Milliseconds from the connection to a proof. */
const PROOF_WITHIN_MS = 20_000;
const BEAT_MS = 5_000;
/** Without a word for so long, they are gone: four beats. */
const SILENCE_MS = 20_000;
/** Heads go again at most so often, and only when beats show that the logs differ. */
const HEADS_MS = 8_000;
const HEADS_JITTER_MS = 4_000;

/** What a peer may ask: see {@link Allowance}. A message costs one and its size; updates are bounded by their own window. */
const AT_ONCE = 3_000;
const PER_SECOND = 500;
const BYTES_PER_UNIT = 4096;
/** An answer to a question for hashes reads commits, so their size counts too. */
const HASHED_PER_UNIT = 64 << 10;

/** Refused updates after which the link is given up: one can be a misunderstanding. */
const MAX_STRIKES = 3;

/** Presence records go at once after a pause, and else together, so often. */
const SPREAD_MS = 200;

/**
 * The life of one connection: mutual challenge, admission, then logs pumped both ways by what the other side lacks, presence, and
 * heartbeats until it is gone. It decides nothing by itself: {@link judge} is told what the logs say of the other side.
 */
export class PeerLink {
  readonly id: string;
  readonly blobs: Channel;
  readonly #context: LinkContext;
  readonly #on: LinkListener;
  readonly #wire: Wire;
  readonly #handshake: Handshake;
  readonly #pump: LogPump;
  #hadStanding = false;
  readonly #intake: LogIntake;
  readonly #search: ForkSearch;
  readonly #allowance: Allowance;

  #author: AuthorId | null = null;
  #credential: Credential | null = null;
  #verdict: Verdict | null = null;
  #isWelcome = false;
  #isClosed = false;
  /** Whether another link to the same device carries the logs. */
  isSpare = false;

  readonly #begun: number;
  #heardAt: number;
  #beatAt: number;
  #headsAt = -Infinity;
  #strikes = 0;

  #near: ReadonlySet<AuthorId> = new Set();
  /** By session, the counter of the newest record that they have. */
  readonly #shown = new Map<string, number>();
  #toShow = new Map<string, PresenceRecord>();
  #shownAt = -Infinity;
  #isShowing = false;

  constructor(
    id: string,
    channels: { readonly sync: Channel; readonly blobs: Channel },
    context: LinkContext,
    on: LinkListener,
  ) {
    this.id = id;
    this.blobs = channels.blobs;
    this.#context = context;
    this.#on = on;
    const { replica, logs, clock, verify } = context;
    this.#begun = this.#heardAt = this.#beatAt = clock.now();
    this.#allowance = new Allowance(AT_ONCE, PER_SECOND, clock.now());
    this.#wire = new Wire(channels.sync, MAX_STRANGERS_MESSAGE, {
      opened: () => this.#answer(this.#handshake.begin()),
      message: (bytes) => this.#hear(bytes),
      drained: () => this.#pump.pump(),
      closed: () => this.#end(),
      violated: (why) => this.#on.dropped(why),
    });
    const send = (message: Message) => this.#send(message);
    this.#handshake = new Handshake(replica, verify, (bytes) => clock.random(bytes), send);
    this.#search = new ForkSearch(replica, send);
    const isFull = () => !this.isTrusted || this.#wire.isFull;
    this.#pump = new LogPump(replica, logs, {
      get isFull() {
        return isFull();
      },
      send,
      yield: (work) => void clock.later(0, () => this.#isClosed || work()),
      leavesToOthers: (author, missing) => this.isSpare || this.#on.leavesToOthers(author, missing),
      parted: (author, before) => this.#search.begin(author, before),
    });
    const reaches = () => this.#reaches;
    this.#intake = new LogIntake(replica, logs, {
      send,
      get reaches() {
        return reaches();
      },
      later: (ms, work) => void clock.later(ms, work),
      heads: ({ round, heads }) => this.#pump.heard(round, heads),
      taking: (slice) => (this.#pump.arriving = slice),
      received: (author, length) => this.#pump.received(author, length),
      fork: ({ evidence }, isNews) => {
        this.#pump.heardFork(evidence);
        if (isNews) this.#on.forked();
      },
      refused: () => {
        if (++this.#strikes >= MAX_STRIKES) this.drop('forgery');
      },
      repeated: () => this.#spend(1),
    });
  }

  /** Who is at the other end, once that is proven. */
  get author(): AuthorId | null {
    return this.#author;
  }

  get credential(): Credential | null {
    return this.#credential;
  }

  get verdict(): Verdict | null {
    return this.#verdict;
  }

  /** Whether logs go over it: both sides have admitted each other. */
  get isJoined(): boolean {
    return this.#isWelcome && !this.#isClosed && (this.#verdict === 'member' || this.#verdict === 'source');
  }

  /** Whether the other side hears what this device has: {@link isJoined}, and they are known to be a member. */
  get isTrusted(): boolean {
    return this.isJoined && this.#verdict === 'member';
  }

  /** Commits that the other side has of each author. */
  get lengths(): ReadonlyMap<AuthorId, number> {
    return this.#pump.lengths;
  }

  /** As {@link lengths}, of one author. */
  lengthOf(author: AuthorId): number {
    return this.#pump.lengthOf(author);
  }

  /** Whether all that they said to have is here, or was not taken. */
  get hasGivenAll(): boolean {
    return (
      this.#intake.isIdle &&
      [...this.lengths].every(([author, length]) => this.#context.replica.head(author).length >= length)
    );
  }

  /** The authors whom they are linked with. */
  get near(): ReadonlySet<AuthorId> {
    return this.#near;
  }

  /** @param binding SHA-256 over the fingerprints of both ends, 32 bytes */
  connected(binding: Uint8Array): void {
    this.#answer(this.#handshake.bind(binding));
  }

  /** Admits or refuses the other side; once more whenever what the logs say of them has changed. */
  judge(verdict: Verdict): void {
    const before = this.#verdict;
    if (this.#isClosed || verdict === before) return;
    const [wasJoined, wasAdmitted] = [this.isJoined, before === 'member' || before === 'source'];
    this.#verdict = verdict;
    if (verdict === 'stranger' || verdict === 'removed') {
      this.#wire.limit = MAX_STRANGERS_MESSAGE;
      this.#send({ type: 'refused', reason: verdict });
      // What stood under other facts ends: the page makes a new connection, where they will be refused anew.
      if (wasAdmitted) this.drop('removed');
      return;
    }
    this.#wire.limit = MAX_MESSAGE;
    if (!wasAdmitted) this.#send({ type: 'welcome' });
    if (this.isJoined && !wasJoined) this.#join();
    else if (this.isJoined) this.#tellHeads();
  }

  /**
   * Sends what is lacking there, if anything. Who has lost their standing is told what took it, and from then on nothing more, until
   * they are judged.
   */
  pump(): void {
    const hasStanding = this.#author !== null && this.#context.replica.standing(this.#author) !== 'none';
    this.#pump.isPaused &&= !hasStanding;
    this.#pump.pump();
    // Who was let in by an invite has none before their join is here.
    if (this.#hadStanding && !hasStanding) this.#pump.isPaused = true;
    this.#hadStanding ||= hasStanding;
  }

  /** Tells what a session says of itself, where they have not heard it. */
  show(record: PresenceRecord): void {
    if (!this.isTrusted || (this.#shown.get(record.session) ?? -1) >= record.counter) return;
    this.#toShow.set(record.session, record);
    if (this.#isShowing) return;
    const wait = this.#shownAt + SPREAD_MS - this.#context.clock.now();
    if (wait <= 0) {
      this.#flushPresence();
      return;
    }
    this.#isShowing = true;
    this.#context.clock.later(wait, () => {
      this.#isShowing = false;
      if (this.isTrusted) this.#flushPresence();
    });
  }

  /** Tells with whom this device is linked. */
  tellNear(authors: readonly AuthorId[]): void {
    if (this.isTrusted) this.#send({ type: 'near', authors: authors.slice(0, MAX_NEAR) });
  }

  /** Beats, and looks whether the other side still does. Called every second or so. */
  tick(): void {
    const now = this.#context.clock.now();
    if (this.#author === null && now - this.#begun > PROOF_WITHIN_MS) this.drop('silent');
    if (!this.isJoined) return;
    if (now - this.#heardAt > SILENCE_MS) this.drop('silent');
    else if (now - this.#beatAt >= BEAT_MS) {
      this.#beatAt = now;
      this.#send({ type: 'beat', digest: this.#context.logs.digest });
    }
  }

  /** This device slept: that nothing was heard meanwhile says nothing. */
  forgiveSilence(): void {
    this.#heardAt = this.#context.clock.now();
  }

  drop(why: DropReason): void {
    if (this.#isClosed) return;
    this.#on.dropped(why);
    this.close();
  }

  close(): void {
    this.#wire.close();
    this.#end();
  }

  get #reaches(): readonly Reach[] {
    return this.#verdict === 'member' ? this.#context.logs.reaches : [];
  }

  #join(): void {
    this.forgiveSilence();
    // It tells first with whom this device is linked: they see then what they need not send.
    this.#on.joined();
    this.#tellHeads();
  }

  #tellHeads(): void {
    const { clock } = this.#context;
    this.#headsAt = clock.now() + clock.number() * HEADS_JITTER_MS;
    this.#send({ type: 'heads', round: this.#intake.round, heads: this.#reaches });
  }

  #hear(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    const { clock } = this.#context;
    this.#heardAt = clock.now();
    const read = decodeMessage(bytes);
    if (!read.ok) {
      this.drop('garbage');
      return;
    }
    const message = read.value;
    const isBulk = message.type === 'update' || message.type === 'fork';
    if (!this.#spend(isBulk ? 0 : 1 + bytes.length / BYTES_PER_UNIT)) return;
    switch (message.type) {
      case 'hello':
      case 'proof':
        this.#answer(this.#handshake.hear(message));
        return;
      case 'refused':
        this.#isWelcome = false;
        this.#on.refused(message.reason);
        return;
      case 'welcome': {
        const wasJoined = this.isJoined;
        this.#isWelcome = true;
        if (this.isJoined && !wasJoined) this.#join();
        return;
      }
      default:
        // Who was refused since may not have heard of it yet.
        if (this.isJoined) this.#hearMember(message);
        else if (this.#author === null) this.drop('garbage');
    }
  }

  #hearMember(message: Exclude<Message, { type: 'hello' | 'proof' | 'refused' | 'welcome' }>): void {
    const { logs, clock } = this.#context;
    switch (message.type) {
      case 'heads':
      case 'update':
      case 'fork':
        if (!this.#intake.hear(message)) this.drop('flood');
        return;
      case 'taken':
        if (!this.#pump.taken(message.round)) this.drop('garbage');
        return;
      case 'ask':
        this.#answerHashes(message.author, message.seqs);
        return;
      case 'hashes':
        this.#search.hear(message.author, message.seqs, message.hashes);
        return;
      case 'fetch':
        if (this.isTrusted && !this.#pump.ask(message.author, message.seq)) this.drop('garbage');
        return;
      case 'presence':
        if (this.isTrusted) for (const record of message.records) void this.#hearPresence(record);
        return;
      case 'near':
        this.#near = new Set(message.authors);
        this.#on.near();
        return;
      case 'beat':
        if (!this.isTrusted) return;
        if (equalBytes(message.digest, logs.digest)) this.#pump.heardEqual();
        else if (clock.now() - this.#headsAt >= HEADS_MS) this.#tellHeads();
        return;
      default:
        message satisfies never;
    }
  }

  #answerHashes(author: AuthorId, seqs: readonly number[]): void {
    if (!this.isTrusted) return;
    const { replica } = this.#context;
    const { length } = replica.head(author);
    const bytes = seqs.reduce((sum, seq) => sum + (seq < length ? replica.bytes(author, seq, seq + 1) : 0), 0);
    if (!this.#spend(bytes / HASHED_PER_UNIT)) return;
    const hashes = seqs.map((seq) => (seq < length ? replica.hashAt(author, seq) : null));
    this.#send({ type: 'hashes', author, seqs, hashes });
  }

  async #hearPresence(record: PresenceRecord): Promise<void> {
    if ((this.#shown.get(record.session) ?? -1) < record.counter) this.#shown.set(record.session, record.counter);
    if ((await this.#on.presence(record)) === 'false') this.drop('forgery');
  }

  #flushPresence(): void {
    const records = [...this.#toShow.values()].slice(0, MAX_RECORDS);
    this.#toShow = new Map([...this.#toShow].slice(MAX_RECORDS));
    this.#shownAt = this.#context.clock.now();
    const news = records.filter(({ session, counter }) => (this.#shown.get(session) ?? -1) < counter);
    for (const { session, counter } of news) this.#shown.set(session, counter);
    if (news.length > 0) this.#send({ type: 'presence', records: news });
  }

  #answer(answer: Promise<Answer> | Answer): void {
    void Promise.resolve(answer).then((came) => {
      if (this.#isClosed || came.kind === 'more') return;
      if (came.kind === 'failed') {
        this.drop(came.why);
        return;
      }
      this.#author = came.author;
      this.#credential = came.credential;
      this.#on.proven();
    });
  }

  #send(message: Message): void {
    this.#wire.send(encodeMessage(message));
  }

  /** Whether they may go on; a link that may not is dropped. */
  #spend(amount: number): boolean {
    if (this.#allowance.spend(amount, this.#context.clock.now())) return true;
    this.drop('flood');
    return false;
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#intake.close();
    this.blobs.close();
    this.#on.closed();
  }
}
