import type { Verify } from '#core/log/commit';
import { hashOf } from '#core/model/hash';
import type { AuthorId } from '#core/model/ids';
import { MAX_NEIGHBOURS } from '#core/peers/neighbours';
import type { Presence, PresenceState } from '#core/peers/presence';
import type { PresenceRecord } from '#core/peers/presence-record';
import { verify as verifyByPlatform } from '../keys';
import type { Channel } from './channel';
import type { Clock } from './clock';
import { PeerLink, type DropReason, type LinkContext, type Verdict } from './peer-link';
import { PresenceBoard } from './presence-board';
import type { Replica } from './replica';
import { SharedLogs } from './shared-logs';
import { SLICE_COMMITS } from './slice';

export type { DropReason } from './peer-link';

/** Hears of a mesh's links. `id` is the connection's. */
export interface MeshListener {
  /** Both sides have admitted each other; `blobs` is the link's second channel. */
  admitted(id: string, author: AuthorId, blobs: Channel): void;
  /** An admitted link is gone. */
  gone(id: string): void;
  /** {@link Mesh.links} or {@link Mesh.present} say something else than before. */
  changed(): void;
  /** A peer refuses this device: it does not know its author, or knows that they were removed. */
  refused(reason: 'stranger' | 'removed'): void;
  /** This side gave the connection up; it had better be closed, and not be made again at once. */
  dropped(id: string, why: DropReason): void;
}

/** An admitted link. */
export interface MeshLink {
  readonly id: string;
  readonly author: AuthorId;
  /** Commits of each author that the other side has, as far as is known here. */
  readonly lengths: ReadonlyMap<AuthorId, number>;
}

const TICK_MS = 1_000;
/** Two ticks so far apart: this device slept. */
const SLEPT_MS = 10_000;
/** Those whom the logs said nothing good of are judged again at most so often, however fast logs grow. */
const JUDGE_MS = 250;
/** What a device hears from a source, before it can tell who that is, ends so long after it can. */
const SOURCE_MS = 60_000;
/** Whoever broke the rules is not linked with again for so long. */
const SHUN_MS = 120_000;
/** Links of all kinds, far above what {@link MAX_NEIGHBOURS} allows for members. */
const MAX_LINKS = 64;

/** What a peer does that no honest one would. */
const OFFENCES: ReadonlySet<DropReason> = new Set<DropReason>(['garbage', 'frame', 'oversize', 'forgery', 'flood']);

/**
 * All links of this device in one project: admits members, exchanges logs with them, spreads presence and proofs of forks, and
 * ends what the logs no longer allow. It neither makes connections nor stores anything: see `Channel` and `Replica`.
 */
export class Mesh {
  readonly #replica: Replica;
  readonly #clock: Clock;
  readonly #on: MeshListener;
  readonly #context: LinkContext;
  readonly #logs: SharedLogs;
  readonly #board: PresenceBoard;
  /** In the order in which they came. */
  readonly #links = new Map<string, PeerLink>();
  /** Those whom `admitted` was told of. */
  readonly #admitted = new Set<PeerLink>();
  readonly #shunned = new Map<AuthorId, number>();
  readonly #endReplica: () => void;
  #endTick: () => void;
  #ticked: number;
  /** When the project's founding commit came; null before. */
  #foundedAt: number | null;
  #isJudging = false;
  #isClosed = false;

  /**
   * @param verify checks signatures; the platform's by default
   */
  constructor(replica: Replica, clock: Clock, on: MeshListener, verify: Verify = verifyByPlatform) {
    this.#replica = replica;
    this.#clock = clock;
    this.#on = on;
    this.#logs = new SharedLogs(replica);
    this.#context = { replica, clock, verify, logs: this.#logs };
    const isNear = (author: AuthorId) =>
      [...this.#admitted].some((link) => link.author === author || link.near.has(author));
    this.#board = new PresenceBoard(replica, clock, verify, isNear, {
      spread: (record) => this.#spread(record),
      changed: () => this.#on.changed(),
    });
    this.#endReplica = replica.onChange(() => this.#logsChanged());
    this.#ticked = clock.now();
    this.#foundedAt = replica.isFounded ? -Infinity : null;
    this.#endTick = clock.later(TICK_MS, () => this.#tick());
  }

  get present(): readonly Presence[] {
    return this.#board.present;
  }

  get links(): readonly MeshLink[] {
    return [...this.#admitted].map((link) => ({ id: link.id, author: link.author!, lengths: link.lengths }));
  }

  /** A connection is made; its channels open in their time. */
  connect(id: string, channels: { readonly sync: Channel; readonly blobs: Channel }): void {
    if (this.#isClosed) return;
    this.#links.get(id)?.close();
    const link: PeerLink = new PeerLink(id, channels, this.#context, {
      proven: () => void this.#judge(link),
      joined: () => this.#joined(link),
      refused: (reason) => this.#on.refused(reason),
      leavesToOthers: (author, missing) => this.#leavesToOthers(link, author, missing),
      presence: (record) => this.#board.hear(record),
      forked: () => this.#logsChanged(),
      near: () => {
        this.#showAll(link);
        link.pump();
      },
      dropped: (why) => this.#dropped(link, why),
      closed: () => this.#ended(link),
    });
    this.#links.set(id, link);
    this.#makeRoom(link);
  }

  /**
   * The connection stands.
   *
   * @param binding SHA-256 over the fingerprints of both ends, 32 bytes: what the challenge is bound to
   */
  connected(id: string, binding: Uint8Array): void {
    this.#links.get(id)?.connected(binding);
  }

  /** The connection is gone. */
  gone(id: string): void {
    this.#links.get(id)?.close();
  }

  /** What this session says of itself from now on. */
  show(state: PresenceState): void {
    this.#board.show(state);
  }

  /** Ends all links, after a word of leave. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#endReplica();
    this.#endTick();
    await this.#board.leave();
    for (const link of [...this.#links.values()]) link.close();
  }

  /** What a link is to be told again when logs grew, by whomever: at once, for somebody waits to see it. */
  #logsChanged(): void {
    this.#logs.changed();
    if (this.#foundedAt === null && this.#replica.isFounded) {
      this.#foundedAt = this.#clock.now();
      // What others have before them is not dealt to whoever begins now.
      this.#board.refresh();
    }
    for (const link of this.#links.values()) {
      const isMember = link.author !== null && this.#replica.standing(link.author) !== 'none';
      if (link.author === null || (link.verdict === 'member' && isMember)) continue;
      this.#judgeSoon();
      break;
    }
    for (const link of this.#admitted) link.pump();
  }

  /** Strangers who know the room may not crowd out members. */
  #makeRoom(newest: PeerLink): void {
    if (this.#links.size <= MAX_NEIGHBOURS) return;
    const refused = [...this.#links.values()].find(({ verdict }) => verdict === 'stranger' || verdict === 'removed');
    if (refused) refused.drop('crowded');
    else if (this.#links.size > MAX_LINKS) newest.drop('crowded');
  }

  #judgeSoon(): void {
    if (this.#isJudging) return;
    this.#isJudging = true;
    this.#clock.later(JUDGE_MS, () => {
      this.#isJudging = false;
      for (const link of [...this.#links.values()]) if (link.author !== null) void this.#judge(link);
      this.#board.refresh();
    });
  }

  async #judge(link: PeerLink): Promise<void> {
    if ((this.#shunned.get(link.author!) ?? -Infinity) > this.#clock.now()) {
      link.drop('shunned');
      return;
    }
    const verdict = await this.#verdictOn(link);
    if (this.#isClosed || this.#links.get(link.id) !== link) return;
    const wasTrusted = link.isTrusted;
    link.judge(verdict);
    if (link.isTrusted && !wasTrusted) this.#joined(link);
  }

  async #verdictOn({ author, credential, verdict, hasGivenAll }: PeerLink): Promise<Verdict> {
    if (!this.#replica.isFounded) return 'source';
    if (this.#replica.standing(author!) !== 'none') return 'member';
    if (credential && (await this.#replica.admits(author!, credential))) return 'member';
    const isOnTrial = verdict === 'source' && this.#clock.now() - (this.#foundedAt ?? 0) < SOURCE_MS;
    if (isOnTrial && !hasGivenAll) return 'source';
    return this.#replica.head(author!).length > 0 ? 'removed' : 'stranger';
  }

  #joined(link: PeerLink): void {
    if (!link.isTrusted || this.#admitted.has(link)) return;
    for (const other of this.#admitted) if (other.author === link.author) other.isSpare = true;
    this.#admitted.add(link);
    this.#tellNear();
    this.#showAll(link);
    this.#board.greet();
    link.pump();
    this.#on.admitted(link.id, link.author!, link.blobs);
    this.#on.changed();
  }

  #dropped(link: PeerLink, why: DropReason): void {
    if (link.author !== null && OFFENCES.has(why)) this.#shunned.set(link.author, this.#clock.now() + SHUN_MS);
    this.#on.dropped(link.id, why);
  }

  #ended(link: PeerLink): void {
    if (this.#links.get(link.id) === link) this.#links.delete(link.id);
    if (!this.#admitted.delete(link)) return;
    const spare = [...this.#admitted].findLast(({ author }) => author === link.author);
    if (spare) {
      spare.isSpare = false;
      spare.pump();
    }
    if (this.#isClosed) return;
    this.#tellNear();
    this.#on.gone(link.id);
    this.#on.changed();
  }

  /**
   * Who is linked with an author hears it from them. Of a long log whose author is not there, one of those who have it sends it: the
   * same in the eyes of all of them, as far as each knows what the others have.
   */
  #leavesToOthers(link: PeerLink, author: AuthorId, missing: number): boolean {
    const me = this.#replica.signer.author;
    if (author === me || link.author === author) return false;
    if (link.near.has(author)) return true;
    if (missing <= SLICE_COMMITS) return false;
    const { length } = this.#replica.head(author);
    const rank = (holder: AuthorId) => hashOf(Uint8Array.from(holder + author, (letter) => letter.charCodeAt(0)));
    const mine = rank(me);
    return [...this.#admitted].some(
      (other) =>
        other.author !== link.author &&
        link.near.has(other.author!) &&
        other.lengthOf(author) >= length &&
        rank(other.author!) > mine,
    );
  }

  #tellNear(): void {
    const authors = [...new Set([...this.#admitted].map(({ author }) => author!))];
    for (const link of this.#admitted) link.tellNear(authors);
  }

  /** A link that is new, or that lost others, may lack what these would have told it. */
  #showAll(link: PeerLink): void {
    for (const record of this.#board.records) this.#showTo(link, record);
  }

  #spread(record: PresenceRecord): void {
    for (const link of this.#admitted) this.#showTo(link, record);
  }

  /** Whom the author is linked with hears it from them. */
  #showTo(link: PeerLink, record: PresenceRecord): void {
    const isMine = record.author === this.#replica.signer.author;
    if (isMine || !(link.near.has(record.author) || link.author === record.author)) link.show(record);
  }

  #tick(): void {
    const now = this.#clock.now();
    const slept = now - this.#ticked > SLEPT_MS;
    this.#ticked = now;
    for (const link of [...this.#links.values()]) {
      if (slept) link.forgiveSilence();
      link.tick();
    }
    for (const [author, until] of this.#shunned) if (until <= now) this.#shunned.delete(author);
    if ([...this.#links.values()].some(({ verdict }) => verdict === 'source')) this.#judgeSoon();
    this.#board.tick();
    this.#endTick = this.#clock.later(TICK_MS, () => this.#tick());
  }
}
