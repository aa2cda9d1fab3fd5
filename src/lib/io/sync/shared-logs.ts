import type { ForkEvidence } from '#core/log/chain';
import { clientOf } from '#core/log/gate';
import type { AuthorId } from '#core/model/ids';
import { headsDigest } from '#core/peers/heads-digest';
import { MAX_HEADS, type Reach } from '#core/peers/messages';
import type { Replica } from './replica';

/**
 * This device's logs as it speaks of them to others: a log that is known to be forked ends where its branches part. What lies
 * beyond counts nowhere and differs from device to device, so it is neither compared nor passed on.
 */
export class SharedLogs {
  readonly #replica: Replica;
  /** What was drawn from the replica since it last changed. */
  #reaches: readonly Reach[] | null = null;
  #digest: Uint8Array | null = null;
  /** Of each forked author, the evidence of the earliest parting. */
  #forks: Map<AuthorId, ForkEvidence> | null = null;
  readonly #clients = new Map<AuthorId, number>();

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  /** Logs have grown, or forks were proved. */
  changed(): void {
    this.#reaches = null;
    this.#digest = null;
    this.#forks = null;
  }

  /** How far each log goes, owners' first: they say who may speak in the others. */
  get reaches(): readonly Reach[] {
    if (this.#reaches) return this.#reaches;
    const reaches = this.#replica.heads().flatMap(({ author, length, hash }): Reach[] => {
      const common = Math.min(length, this.forkedAt(author));
      if (common === 0 || hash === null) return [];
      return [{ author, length: common, hash: common === length ? hash : this.#replica.hashAt(author, common - 1) }];
    });
    this.#reaches = reaches.slice(0, MAX_HEADS);
    return this.#reaches;
  }

  /** See {@link headsDigest}. */
  get digest(): Uint8Array {
    return (this.#digest ??= headsDigest(this.reaches));
  }

  /** Proof of where each forked log parts. */
  get forks(): readonly ForkEvidence[] {
    return [...this.#earliest.values()];
  }

  /** The place in which the author's branches part; Infinity where none are known. */
  forkedAt(author: AuthorId): number {
    return this.#earliest.get(author)?.seq ?? Infinity;
  }

  /** Whether the evidence says more than is known: that a log parts, or parts earlier. */
  isNews({ author, seq }: ForkEvidence): boolean {
    return seq < this.forkedAt(author);
  }

  /** As {@link clientOf}. */
  clientOf(author: AuthorId): number {
    const known = this.#clients.get(author) ?? clientOf(author);
    this.#clients.set(author, known);
    return known;
  }

  get #earliest(): ReadonlyMap<AuthorId, ForkEvidence> {
    if (this.#forks) return this.#forks;
    this.#forks = new Map();
    for (const fork of this.#replica.forks())
      if (fork.seq < (this.#forks.get(fork.author)?.seq ?? Infinity)) this.#forks.set(fork.author, fork);
    return this.#forks;
  }
}
