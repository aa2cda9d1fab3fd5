import type { AuthorId, ItemId } from '../model/ids';

/** What a member's session says of itself to the others: small, signed, and forgotten when it is not said again. */
export interface PresenceState {
  /** The item that the member looks at; saying so claims it. */
  readonly item: ItemId | null;
  /** Whether they are there, or the page is hidden. */
  readonly isActive: boolean;
}

/** A session of a member, as its last record that was believed tells it. */
export interface Presence extends PresenceState {
  readonly author: AuthorId;
  /** 16 random bytes in base32: one for each time that a project is opened. */
  readonly session: string;
  /** Milliseconds since the epoch by this device's clock: when the record came. */
  readonly heardAt: number;
}
