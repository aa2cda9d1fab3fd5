import { Authority } from '#core/log/authority';
import type { ForkEvidence, LogHead } from '#core/log/chain';
import type { Commit } from '#core/log/commit';
import { isControlEvent } from '#core/log/events';
import { Proofs } from '#core/log/proofs';
import type { AuthorId, ProjectId } from '#core/model/ids';
import type { ControlFact } from '#core/projection/control';
import type { Projection } from '#core/projection/projection';
import { verify } from '#io/keys';
import { compactLog } from '#io/storage/compaction';
import type { ProjectStore } from '#io/storage/project-store';
import { Checkpoints } from './checkpoints';
import { Pace } from './pace';
import { catchUp, restore, type HeldCommits } from './restore';

/** Events after which a new checkpoint is worth its writing; replaying as many commits of one each takes some 20 ms. */
const CHECKPOINT_AFTER = 500;
/** Quiet time before a checkpoint is written. */
const CHECKPOINT_IDLE_MS = 2_000;

/** The projection of an open project, in step with what is stored: every commit is applied once it is durable. */
export class LiveProjection {
  readonly proofs: Proofs;
  readonly #store: ProjectStore;
  readonly #checkpoints: Checkpoints;
  #current: Projection;
  #forks: readonly ForkEvidence[];
  /** How far the logs of authors consist of runs. */
  readonly #compacted = new Map<AuthorId, number>();
  #sinceCheckpoint = 0;
  #checkpointTimer: ReturnType<typeof setTimeout> | undefined;

  /** Reads the project from its store: the last checkpoint, then the commits since. */
  static async open(
    id: ProjectId,
    store: ProjectStore,
    me: AuthorId,
    heads: readonly LogHead[],
  ): Promise<LiveProjection> {
    const proofs = new Proofs(id, verify);
    const checkpoints = new Checkpoints(store);
    const forks = await store.forks.toArray();
    const current = await restore(store, checkpoints, me, proofs, heads, forks);
    return new LiveProjection(store, proofs, checkpoints, current, forks);
  }

  private constructor(
    store: ProjectStore,
    proofs: Proofs,
    checkpoints: Checkpoints,
    current: Projection,
    forks: readonly ForkEvidence[],
  ) {
    this.#store = store;
    this.proofs = proofs;
    this.#checkpoints = checkpoints;
    this.#current = current;
    this.#forks = forks;
  }

  /** Another one takes its place when logs that came in late change who may say what; rows mean the same in both. */
  get current(): Projection {
    return this.#current;
  }

  /** Proofs of the forks that it takes account of, and of later ones in the same logs. */
  get forks(): readonly ForkEvidence[] {
    return this.#forks;
  }

  /** Takes account of proofs that are stored. */
  cut(forks: readonly ForkEvidence[]): void {
    this.#forks = [...this.#forks, ...forks];
    for (const { author, seq } of forks) this.#current.cut(author, seq);
  }

  /** Applies an author's next commits. */
  apply(author: AuthorId, commits: readonly Commit[]): void {
    for (const commit of commits) this.#current.apply(author, commit);
    this.#count(commits);
  }

  /** As {@link apply}, of commits that nobody here signed: what they claim is checked first. The page is answered meanwhile. */
  async applyForeign(author: AuthorId, commits: readonly Commit[]): Promise<void> {
    const claims = claimsOf(author, commits);
    const isProven = claims.length > 0 && (await this.proofs.check([...this.#current.facts, ...claims]));
    const pace = new Pace();
    for (const commit of commits) {
      if (pace.isDue) await pace.rest();
      this.#current.apply(author, commit);
    }
    // The founding commit, when it comes late, proves what was claimed before it.
    if (isProven) this.#current.recheckAuthority();
    this.#count(commits);
  }

  /** Reads what was stored by others than {@link apply} knows of. */
  async catchUp(heads: readonly LogHead[], held?: ReadonlyMap<AuthorId, HeldCommits>): Promise<void> {
    this.#forks = await this.#store.forks.toArray();
    for (const { author, seq } of this.#forks) this.#current.cut(author, seq);
    this.#current = await catchUp(this.#store, this.#current, this.proofs, heads, held);
    this.#sinceCheckpoint = CHECKPOINT_AFTER;
    this.#plan();
  }

  /**
   * Puts another one in the place of a stale one. Commits go on being applied to that until the end.
   *
   * @param between runs work while nothing is applied
   */
  async renew(between: (work: () => Promise<void>) => Promise<void>): Promise<void> {
    if (!this.#current.isStale) return;
    const heads = () => this.#store.heads.toArray();
    const renewed = await catchUp(this.#store, this.#current.renewed(), this.proofs, await heads());
    await between(async () => {
      this.#current = await catchUp(this.#store, renewed, this.proofs, await heads());
    });
    this.#sinceCheckpoint = CHECKPOINT_AFTER;
    this.#plan();
  }

  async checkpoint(): Promise<void> {
    clearTimeout(this.#checkpointTimer);
    this.#sinceCheckpoint = 0;
    await this.#checkpoints.write(this.#current);
  }

  /** The checkpoint makes the next opening quick. */
  async close(): Promise<void> {
    clearTimeout(this.#checkpointTimer);
    if (this.#sinceCheckpoint > 0) await this.checkpoint();
  }

  /** Commits that came one by one are stored together now that nobody waits. */
  async #compact(): Promise<void> {
    try {
      for (const author of await this.#store.heads.toCollection().primaryKeys())
        this.#compacted.set(author, await compactLog(this.#store, author, this.#compacted.get(author) ?? 0));
    } catch {
      // On a full disk, or while the project is closed, they stay as they are.
    }
  }

  #count(commits: readonly Commit[]): void {
    this.#sinceCheckpoint += commits.reduce((sum, { events }) => sum + events.length, 0);
    this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#checkpointTimer);
    if (this.#sinceCheckpoint < CHECKPOINT_AFTER) return;
    this.#checkpointTimer = setTimeout(() => void this.checkpoint().then(() => this.#compact()), CHECKPOINT_IDLE_MS);
  }
}

/** What the commits say of who may say what, some of it with proofs. */
const claimsOf = (author: AuthorId, commits: readonly Commit[]): ControlFact[] =>
  commits.flatMap(({ seq, lamport, time, events }) =>
    events.flatMap((event, index) =>
      isControlEvent(event) && Authority.isChangedBy(event) ? [{ author, seq, index, lamport, time, event }] : [],
    ),
  );
