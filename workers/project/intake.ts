import { forkEvidence, type ForkEvidence } from '#core/log/chain';
import type { AuthorId } from '#core/model/ids';
import { err, ok, type Result } from '#core/result';
import { verify } from '#io/keys';
import type { ProjectStore } from '#io/storage/project-store';
import { storageFault } from '#io/storage/storage-fault';
import type { Judgement, LogDocument } from '#io/sync/log-document';
import type { Taken } from '#io/sync/replica';
import type { ProjectDocument } from './document';
import type { LiveProjection } from './live-projection';
import type { LogWriter } from './log-writer';

/** Quiet time after which a stale projection is renewed. */
const RENEW_AFTER_MS = 200;
/** While there is no quiet, renewing takes at most one part of this many of the time. */
const RENEWING_SHARE = 5;

/** What taking in changes. */
interface Place {
  readonly author: AuthorId;
  readonly store: ProjectStore;
  readonly document: ProjectDocument;
  readonly live: LiveProjection;
  readonly writer: LogWriter;
}

/**
 * Takes in what peers send, one update after the other: judged by the gate, then durable, then in the document and in the
 * projection. What is told to have been taken is on the disk.
 */
export class Intake {
  readonly #place: Place;
  readonly #onTaken: (commits: number) => void;
  #turns: Promise<unknown> = Promise.resolve();
  #renewal: ReturnType<typeof setTimeout> | undefined;
  /** Milliseconds of `performance.now()` before which the projection is renewed only when nothing comes in. */
  #renewNext = 0;
  #isClosed = false;

  /** @param onTaken told how many commits came in, or that a projection took another's place (0) */
  constructor(place: Place, onTaken: (commits: number) => void) {
    this.#place = place;
    this.#onTaken = onTaken;
  }

  /** @returns what `Replica.take` says; also where the store cannot be read */
  receive(update: Uint8Array): Promise<Result<Taken>> {
    return this.inTurn(() =>
      this.#receive(update).catch((error: unknown) => err(storageFault(error, this.#place.store.name))),
    );
  }

  /** Takes in a proof of a fork that a peer sent; whether it proves something that was not known. */
  takeFork({ author, seq, a, b }: ForkEvidence): Promise<boolean> {
    return this.inTurn(async () => {
      const known = this.#place.live.current.forkOf(author);
      if (known !== null && known <= seq) return false;
      const proven = await forkEvidence(author, a, b, verify);
      if (proven?.seq !== seq) return false;
      // On a full disk it counts until the project is closed, and comes again afterwards.
      await this.#place.store.keepForks([proven]);
      this.#place.live.cut([proven]);
      this.#taken(0);
      return true;
    });
  }

  /** Runs work while nothing else is taken in. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(work);
    this.#turns = done.catch(() => undefined);
    return done;
  }

  /** Settles when everything that was received counts as it should. */
  async settled(): Promise<void> {
    await this.inTurn(() => this.#renew());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#renewal);
    await this.#turns;
  }

  async #receive(update: Uint8Array): Promise<Result<Taken>> {
    const { author, writer, document: documents } = this.#place;
    const document = await documents.read();
    const judged = await document.judge(update);
    if (!judged.ok) return judged;
    if (!judged.value.continuations.some((log) => log.before.author === author))
      return this.#take(document, judged.value);
    // Own commits that this device has forgotten: nothing is appended here while they come in.
    return writer.between(async () => {
      const again = await document.judge(update);
      const result = again.ok ? await this.#take(document, again.value) : again;
      return { head: document.head(author), result };
    });
  }

  async #take(document: LogDocument, { continuations, forks }: Judgement): Promise<Result<Taken>> {
    const { store, live, writer } = this.#place;
    const parts = continuations.map(({ before, after, bytes }) => ({ before, after, commits: bytes }));
    if (parts.length > 0 || forks.length > 0) {
      const stored = await store.append(parts, { forks });
      if (!stored.ok) return stored;
    }
    document.accept(continuations);
    live.cut(forks);
    let count = 0;
    for (const { author, after, commits } of continuations) {
      writer.saw(after.lamport);
      await live.applyForeign(author, commits);
      count += commits.length;
    }
    if (count > 0 || forks.length > 0) this.#taken(count);
    const appended = continuations.map(({ before, after }) => ({
      author: before.author,
      from: before.length,
      to: after.length,
    }));
    return ok({ appended, forks });
  }

  #taken(commits: number): void {
    this.#onTaken(commits);
    if (!this.#place.live.current.isStale || this.#isClosed) return;
    // What comes in one after the other may change who may say what again and again: waiting saves most of the renewals.
    const mayWait = performance.now() < this.#renewNext;
    if (this.#renewal !== undefined && !mayWait) return;
    clearTimeout(this.#renewal);
    // Where the store cannot be read any more, the next opening renews it.
    this.#renewal = setTimeout(() => void this.settled().catch(() => undefined), RENEW_AFTER_MS);
  }

  async #renew(): Promise<void> {
    clearTimeout(this.#renewal);
    this.#renewal = undefined;
    const { live, writer } = this.#place;
    if (!live.current.isStale || this.#isClosed) return;
    const since = performance.now();
    await live.renew((work) =>
      writer.between(async () => {
        await work();
        return { head: writer.head, result: undefined };
      }),
    );
    const now = performance.now();
    this.#renewNext = now + RENEWING_SHARE * (now - since);
    this.#onTaken(0);
  }
}
