import { mayAccept, neighboursOf, surplus } from '#core/peers/neighbours';
import type { Message } from './signals';

/** Milliseconds after which somebody who announced nothing is thought to have left: several announcements were lost, or none was made. */
const THERE_FOR = 60_000;
/** Milliseconds for which a browser that was dropped is not listened to. */
const SHUN_FOR = 60_000;
/** Others who are kept in mind, the last heard: more than one room holds, should somebody make them up. */
const MOST_HEARD = 1_000;

/** Who is in the room as far as this page has heard, and with whom of them it wants a connection. */
export class Neighbourhood {
  readonly #self: string;
  readonly #connected: () => ReadonlySet<string>;
  /** When each was heard last. */
  readonly #heard = new Map<string, number>();
  /** Until when. */
  readonly #shunned = new Map<string, number>();
  #wanted: ReadonlySet<string> | null = null;

  /**
   * @param self this page's id in the room
   * @param connected ids of those with whom a connection stands or is being made
   */
  constructor(self: string, connected: () => ReadonlySet<string>) {
    this.#self = self;
    this.#connected = connected;
  }

  /** Takes note of what was heard; whether it is to be followed, by making a connection where there is none. */
  heeds(message: Message, now: number): boolean {
    const { from } = message;
    if (from === this.#self || (this.#shunned.get(from) ?? -Infinity) > now) return false;
    this.#note(from, now);
    if (message.type === 'announce') return this.#neighbours().has(from);
    return message.to === this.#self && mayAccept(from, this.#neighbours(), this.#connected());
  }

  /** Those to let go, because there are too many. */
  surplus(now: number): readonly string[] {
    for (const [id, at] of this.#heard) if (now - at > THERE_FOR && !this.#connected().has(id)) this.#forget(id);
    return surplus(this.#neighbours(), this.#connected());
  }

  shun(id: string, now: number): void {
    for (const [other, until] of this.#shunned) if (until < now) this.#shunned.delete(other);
    this.#shunned.set(id, now + SHUN_FOR);
    this.#forget(id);
  }

  #neighbours(): ReadonlySet<string> {
    this.#wanted ??= neighboursOf(this.#self, new Set([...this.#heard.keys(), ...this.#connected()]));
    return this.#wanted;
  }

  #note(id: string, now: number): void {
    if (!this.#heard.delete(id)) this.#wanted = null;
    this.#heard.set(id, now);
    const [longestAgo] = this.#heard.keys();
    if (this.#heard.size > MOST_HEARD && longestAgo !== undefined) this.#forget(longestAgo);
  }

  #forget(id: string): void {
    if (this.#heard.delete(id)) this.#wanted = null;
  }
}
