/**
 * Proofs that the holder of an invite's or of the recovery key vouches for an author: a signature over the author's
 * public key, bound to its purpose and to the project.
 */
import { fromBase32, toBase32 } from '../model/base32';
import type { AuthorId, ProjectId } from '../model/ids';
import type { AuthorityFact } from './authority-fact';
import { publicKeyOf, type Verify } from './commit';

const DOMAINS = { join: 'concord-join-v1\0', owner: 'concord-owner-v1\0' } as const;

/** `join`: an invite key admits the author (`member.joined`); `owner`: the recovery key makes one (`owner.added`). */
export type Purpose = keyof typeof DOMAINS;

/** What the key signs: the purpose's domain, the 32 bytes of the project's id, the author's public key. */
export function proofMessage(purpose: Purpose, project: ProjectId, author: AuthorId): Uint8Array {
  const [projectBytes, key] = [fromBase32(project), publicKeyOf(author)];
  if (projectBytes === null || key === null) throw new Error('not a project, or not an author');
  const domain = Uint8Array.from(DOMAINS[purpose], (character) => character.charCodeAt(0));
  return Uint8Array.of(...domain, ...projectBytes, ...key);
}

/** Proofs that were found valid. What was not checked does not hold. */
export interface KnownProofs {
  holds(purpose: Purpose, key: Uint8Array, proof: Uint8Array, author: AuthorId): boolean;
}

export const NO_PROOFS: KnownProofs = { holds: () => false };

/** The judgement of one project's proofs, each made once. */
export class Proofs implements KnownProofs {
  readonly #project: ProjectId;
  readonly #verify: Verify;
  readonly #judged = new Map<string, boolean>();

  constructor(project: ProjectId, verify: Verify) {
    this.#project = project;
    this.#verify = verify;
  }

  /**
   * Checks what the facts claim and was not checked before. Facts may come in any order; a recovery is checked once the
   * founding commit, which names the key, is among them.
   *
   * @returns whether a new one was found valid, so that an authority that was built before is out of date
   */
  async check(facts: readonly AuthorityFact[]): Promise<boolean> {
    const recovery = recoveryKey(facts);
    let found = false;
    for (const { author, event } of facts) {
      if (event.type === 'member.joined') {
        if (await this.#judge('join', event.invite, event.proof, author)) found = true;
      } else if (event.type === 'owner.added' && event.proof && recovery && event.author === author) {
        if (await this.#judge('owner', recovery, event.proof, author)) found = true;
      }
    }
    return found;
  }

  holds(purpose: Purpose, key: Uint8Array, proof: Uint8Array, author: AuthorId): boolean {
    return this.#judged.get(claim(purpose, key, proof, author)) === true;
  }

  async #judge(purpose: Purpose, key: Uint8Array, proof: Uint8Array, author: AuthorId): Promise<boolean> {
    const name = claim(purpose, key, proof, author);
    if (this.#judged.has(name)) return false;
    const valid = await this.#verify(key, proofMessage(purpose, this.#project, author), proof);
    this.#judged.set(name, valid);
    return valid;
  }
}

/** The recovery key that the founding commit names. */
export function recoveryKey(facts: readonly AuthorityFact[]): Uint8Array | null {
  for (const { event } of facts) if (event.type === 'project.founded') return event.recovery;
  return null;
}

const claim = (purpose: Purpose, key: Uint8Array, proof: Uint8Array, author: AuthorId): string =>
  `${purpose} ${toBase32(key)} ${toBase32(proof)} ${author}`;
