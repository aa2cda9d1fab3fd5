import { toBase32 } from '#core/model/base32';
import { isExpired } from '#core/peers/credential';
import type { InviteId, PeersView } from '../api';
import type { Session } from '../session';
import { withdrawInvite, withdrawnFrom } from './invites';

const LOOK_EVERY_MS = 30_000;

/**
 * Withdraws invites that have expired, as long as an owner's project is open: expiry alone guides honest devices, a withdrawal
 * binds all.
 *
 * A withdrawal shuts out whoever is not known here to have joined. So it waits until this device has been told of everything that
 * a peer knows: whoever joined in time while the owner was away for a week stays a member. Where nobody joined yet, there is
 * nobody to hear of it from.
 */
export class Expiry {
  readonly #session: Session;
  readonly #peers: () => PeersView;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(session: Session, peers: () => PeersView) {
    this.#session = session;
    this.#peers = peers;
    this.#timer = setInterval(() => void this.look(Date.now()), LOOK_EVERY_MS);
  }

  /** @param now milliseconds since the epoch by this device's clock */
  async look(now: number): Promise<void> {
    const expired = this.#expired(now);
    if (expired.length === 0 || !this.#hasHeardAll) return;
    // What fails, on a full disk for one, is tried again.
    for (const invite of expired) await withdrawInvite(this.#session, invite).catch(() => undefined);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  get #hasHeardAll(): boolean {
    const { connected, behind } = this.#peers();
    const { projection, author } = this.#session;
    const isAlone = projection.members.every((member) => member === author);
    return isAlone || (connected > 0 && behind.commits === 0);
  }

  #expired(now: number): readonly InviteId[] {
    const { projection, role } = this.#session;
    if (role !== 'owner') return [];
    const withdrawn = withdrawnFrom(projection);
    return projection.facts.flatMap((fact) => {
      if (fact.event.type !== 'invite.issued' || !isExpired(fact.event, now) || !projection.counts(fact)) return [];
      const id = toBase32(fact.event.invite);
      return withdrawn.has(id) ? [] : [id];
    });
  }
}
