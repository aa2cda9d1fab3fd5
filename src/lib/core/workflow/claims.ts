import type { AuthorId, ItemId } from '../model/ids';
import type { Presence } from '../peers/presence';

/** That somebody has an item before them now, so that others need not take it. */
export interface Claim {
  readonly author: AuthorId;
  readonly item: ItemId;
}

/** How long a claim holds after its holder was last heard of, milliseconds. */
const CLAIM_MS = 60_000;
/** How long an item stays claimed after its holder went on: that they did may be known before what they answered. */
const LEFT_MS = 5_000;

interface HeldClaim extends Claim {
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * The claims of others, as their presence tells them. A claim lasts while its holder is heard of and the page is before
 * them: who died, or turned to something else, holds an item for a minute.
 */
export class Claims {
  /** By session. */
  readonly #held = new Map<string, HeldClaim>();
  #left: HeldClaim[] = [];

  /** @param present the sessions of others that are known now; one that is missing is not heard of any more */
  hear(present: readonly Presence[], now: number): void {
    for (const { session, author, item, isActive, heardAt } of present) {
      const before = this.#held.get(session);
      if (before && before.item !== item) this.#left.push({ ...before, until: now + LEFT_MS });
      if (item === null) this.#held.delete(session);
      else if (before?.item !== item || isActive) this.#held.set(session, { author, item, until: heardAt + CLAIM_MS });
    }
  }

  /** The claims that hold now; one item may be claimed by several, and by one author twice. */
  live(now: number): readonly Claim[] {
    this.#left = this.#left.filter(({ until }) => until > now);
    for (const [session, { until }] of this.#held) if (until <= now) this.#held.delete(session);
    return [...this.#held.values(), ...this.#left];
  }
}
