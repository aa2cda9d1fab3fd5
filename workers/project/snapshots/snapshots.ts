import { fault } from '#core/errors';
import { commitHash } from '#core/log/commit';
import { MAX_NAME } from '#core/log/event-schemas';
import type { SnapshotHead } from '#core/log/events';
import { Proofs } from '#core/log/proofs';
import { ItemReader } from '#core/projection/item-reader';
import type { Projection } from '#core/projection/projection';
import { err, ok, type Result } from '#core/result';
import { projectionAt } from '#core/snapshots/projection-at';
import { snapshotsOf, type Snapshot, type SnapshotId } from '#core/snapshots/snapshot';
import { verify } from '#io/keys';
import type { Session } from '../session';
import type { Task } from '../tasks';
import { storedSource } from './source';

/** States that are kept: two are compared with each other, and exported one after the other. */
const KEPT = 2;

/** A state of the project, whenever it was. */
export interface ProjectState {
  readonly projection: Projection;
  readonly reader: ItemReader;
}

/** The snapshots of the open project: takes them, and projects again what they name. */
export class Snapshots {
  readonly #session: Session;
  readonly #proofs: Proofs;
  /** Least recently used first. */
  readonly #kept = new Map<SnapshotId, ProjectState>();
  #turns: Promise<unknown> = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
    this.#proofs = new Proofs(session.id, verify);
  }

  /** Those that were taken, in canonical order. */
  async all(): Promise<readonly Snapshot[]> {
    await this.#session.idle();
    return snapshotsOf(this.#session.projection);
  }

  /**
   * Takes a snapshot of everything that is here and counts; what is done while it is being stored may not be in it.
   *
   * @returns `snapshot.unnamed`, `text.too-long`, `role.lacking`; what storing it says
   */
  async take(name: string): Promise<Result<SnapshotId>> {
    const called = name.trim();
    if (called === '') return err(fault('snapshot.unnamed', 'name'));
    if (called.length > MAX_NAME) return err(fault('text.too-long', 'name', { limit: MAX_NAME }));
    const session = this.#session;
    await session.idle();
    await session.settled();
    const heads = await this.#heads();
    const taken = await session.append(() => [{ type: 'snapshot.taken', name: called, heads }]);
    session.tell();
    if (!taken.ok) return taken;
    const mine = snapshotsOf(session.projection).filter(({ author }) => author === session.author);
    return ok(mine.at(-1)!.id);
  }

  /**
   * The state that a snapshot names.
   *
   * @returns `snapshot.…` where it cannot be projected here; `cancelled`
   */
  state(id: SnapshotId, task: Task | null = null): Promise<Result<ProjectState>> {
    const turn = this.#turns.then(() => this.#state(id, task));
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  async #state(id: SnapshotId, task: Task | null): Promise<Result<ProjectState>> {
    const kept = this.#kept.get(id);
    const state = kept ? ok(kept) : await this.#projected(id, task);
    if (!state.ok) return state;
    this.#kept.delete(id);
    this.#kept.set(id, state.value);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return state;
  }

  async #projected(id: SnapshotId, task: Task | null): Promise<Result<ProjectState>> {
    const snapshot = (await this.all()).find((taken) => taken.id === id);
    if (!snapshot) return err(fault('snapshot.unknown', id));
    const { name, heads } = snapshot;
    const { store } = this.#session;
    const total = heads.reduce((sum, { length }) => sum + length, 0);
    let done = 0;
    const source = storedSource(this.#session, await store.heads.toArray(), (commits) => {
      task?.signal.throwIfAborted();
      task?.report((done += commits), total, name);
    });
    try {
      const projected = await projectionAt(heads, this.#proofs, source);
      if (!projected.ok) return projected;
      const projection = projected.value;
      const reader = new ItemReader(
        (hash) => store.chunk(hash),
        () => projection,
      );
      return ok({ projection, reader });
    } catch (error) {
      if (task?.signal.aborted) return err(fault('cancelled', ''));
      throw error;
    }
  }

  /** Where the logs of all who are or were members end, as far as they count. */
  async #heads(): Promise<SnapshotHead[]> {
    const { store, projection } = this.#session;
    const members = new Set(projection.members);
    const heads: SnapshotHead[] = [];
    for (const { author, length, hash } of await store.heads.toArray()) {
      const counted = Math.min(length, projection.forkOf(author) ?? Infinity);
      if (!members.has(author) || counted === 0 || hash === null) continue;
      if (counted === length) heads.push({ author, length, hash });
      else {
        const [last] = await store.commitsFrom(author, counted - 1, 1);
        heads.push({ author, length: counted, hash: commitHash(last!.bytes) });
      }
    }
    return heads;
  }
}
