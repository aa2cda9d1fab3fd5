import type { ForkEvidence, LogHead } from '#core/log/chain';
import type { Signer } from '#core/log/commit';
import type { Standing } from '#core/log/roles';
import type { AuthorId, ProjectId } from '#core/model/ids';
import { judgeCredential } from '#core/peers/credential';
import type { Credential } from '#core/peers/invitation';
import type { Result } from '#core/result';
import { verify } from '#io/keys';
import type { LogDocument } from '#io/sync/log-document';
import type { Replica, Taken } from '#io/sync/replica';
import type { Session } from '../session';

/** The open project as peers' links read and write it. */
export class SessionReplica implements Replica {
  readonly project: ProjectId;
  readonly signer: Signer;
  readonly credential: Credential | null;
  readonly #session: Session;
  readonly #document: LogDocument;

  static async of(session: Session): Promise<SessionReplica> {
    return new SessionReplica(session, await session.logs(), await credentialOf(session));
  }

  private constructor(session: Session, document: LogDocument, credential: Credential | null) {
    this.project = session.id;
    this.signer = session.signer;
    this.credential = credential;
    this.#session = session;
    this.#document = document;
  }

  /** Owners' logs first: they say who may speak in the others, and where the items are. */
  heads(): readonly LogHead[] {
    const heads = this.#document.authors.map((author) => this.head(author));
    const isOwner = ({ author }: LogHead) => this.standing(author) === 'owner';
    return [...heads.filter(isOwner), ...heads.filter((head) => !isOwner(head))];
  }

  head(author: AuthorId): LogHead {
    return this.#document.head(author);
  }

  hashAt(author: AuthorId, seq: number): Uint8Array {
    return this.#document.hashAt(author, seq);
  }

  update(author: AuthorId, from: number, to: number): Uint8Array {
    return this.#document.update(author, from, to);
  }

  bytes(author: AuthorId, from: number, to: number): number {
    return this.#document.size(author, from, to);
  }

  take(update: Uint8Array): Promise<Result<Taken>> {
    return this.#session.receive(update);
  }

  forks(): readonly ForkEvidence[] {
    return this.#session.forks;
  }

  takeFork(evidence: ForkEvidence): Promise<boolean> {
    return this.#session.receiveFork(evidence);
  }

  get isFounded(): boolean {
    return this.#session.isFounded;
  }

  standing(author: AuthorId): Standing {
    return this.#session.projection.standing(author);
  }

  admits(author: AuthorId, credential: Credential): Promise<boolean> {
    const { facts } = this.#session.projection;
    const known = {
      project: this.project,
      facts,
      isOwner: (issuer: AuthorId) => this.standing(issuer) === 'owner',
      now: Date.now(),
    };
    return judgeCredential(author, credential, known, verify);
  }

  onChange(listener: () => void): () => void {
    return this.#session.onChange(listener);
  }
}

/** What this author shows: the invite they joined by, or the recovery key's word that they are an owner. */
async function credentialOf({ store, projection, author }: Session): Promise<Credential | null> {
  const joined = await store.read('credential');
  if (joined) return joined;
  for (const { author: by, event } of projection.facts) {
    if (by === author && event.type === 'owner.added' && event.author === author && event.proof)
      return { kind: 'recovery', proof: event.proof };
  }
  return null;
}
