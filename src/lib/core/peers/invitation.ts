import type { AuthorId, ProjectId } from '../model/ids';
import type { Role } from '../model/project';

/** What an owner's signature under an invite says, so that peers who have not heard of the invite yet can believe it. */
export interface InviteTerms {
  readonly project: ProjectId;
  /** Ed25519 public key of the invite, 32 bytes. */
  readonly invite: Uint8Array;
  readonly role: Exclude<Role, 'owner'>;
  /** Milliseconds since the epoch; guides honest clients only. */
  readonly expires: number;
}

/** Terms signed by an owner. */
export interface Certificate extends InviteTerms {
  readonly issuer: AuthorId;
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array;
}

/** All that an invite link carries, in the part of the address that no server sees. */
export interface Invitation {
  readonly certificate: Certificate;
  /** Private half of the invite's key, 32 bytes. */
  readonly seed: Uint8Array;
  readonly projectName: string;
  readonly inviterName: string;
  /** Signaling servers of the project, beside that of the app's own origin. */
  readonly servers: readonly string[];
  /** The highest logical clock that the inviter knew of: joining comes after what was there. */
  readonly lamport: number;
}

/** What an author shows to a peer that does not know them as a member. */
export type Credential =
  | {
      readonly kind: 'join';
      readonly certificate: Certificate;
      readonly name: string;
      /** The author's public key signed by the invite's key, as in `member.joined`. */
      readonly proof: Uint8Array;
    }
  /** Signed by the recovery key, as in `owner.added`. */
  | { readonly kind: 'recovery'; readonly proof: Uint8Array };
