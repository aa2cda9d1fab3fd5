import { toBase32 } from '#core/model/base32';
import type { AuthorId, ItemId } from '#core/model/ids';
import { Assignment } from '#core/workflow/assignment';
import { Claims } from '#core/workflow/claims';
import { nextItems } from '#core/workflow/next-items';
import { SimulatedClock } from './simulated-clock';

/** Milliseconds that a piece of news takes from one member to another, each its own time. */
const DELAY = [100, 600] as const;
/** Milliseconds between two words of presence, and between two looks at a queue that has nothing to offer. */
const HEARTBEAT = 10_000;
const LOOK_AGAIN = 1_000;
/** Median milliseconds that members take for an item, from the quickest to the slowest. */
const PACE = [2_000, 8_000] as const;

interface CrowdOptions {
  readonly seed: number;
  readonly items: number;
  readonly members: number;
  /** Annotations by distinct authors that each item wants. */
  readonly wanted: number;
}

/** Members who label at once, in simulated time: each goes by what has reached them, and news take a while. */
export class LabelingCrowd {
  readonly clock: SimulatedClock;
  readonly members: CrowdMember[] = [];
  readonly wanted: number;
  readonly bits: Uint32Array;
  readonly ids: readonly ItemId[];
  /** Item -> annotations that were made, known to whomever. */
  readonly annotations: Uint8Array;
  /** Items with fewer annotations than are wanted. */
  lacking: number;
  /** When somebody first labelled an item of others, and when one first got more than is wanted; Infinity before. */
  firstHelp = Infinity;
  firstExcess = Infinity;

  constructor({ seed, items, members, wanted }: CrowdOptions) {
    this.clock = new SimulatedClock(seed);
    this.wanted = wanted;
    this.bits = Uint32Array.from({ length: items }, () => this.clock.random.unit() * 2 ** 32);
    this.ids = Array.from(this.bits, (_, item) => `item ${item}`);
    this.annotations = new Uint8Array(items);
    this.lacking = items;
    for (let at = 0; at < members; at++) this.join();
  }

  /** Items with more annotations than are wanted. */
  get excess(): number {
    return this.annotations.filter((count) => count > this.wanted).length;
  }

  /** Everybody works until nothing happens any more. */
  finish(): Promise<void> {
    return this.clock.run(1e9);
  }

  /** Admits a member, who learns what the others know. */
  join(): CrowdMember {
    const member = new CrowdMember(this, this.members.length);
    for (const other of this.members) member.learn(other.known);
    this.members.push(member);
    this.#tellMembers();
    this.clock.later(this.clock.random.whole(0, 5_000), () => {
      member.start();
    });
    return member;
  }

  /** Takes the member's role away; what they did stays. */
  remove(member: CrowdMember): void {
    member.die();
    member.isMember = false;
    this.#tellMembers();
  }

  /** Whoever has an even number hears no more of those with an odd one. */
  split(): void {
    for (const member of this.members) member.side = member.number % 2;
  }

  /** All hear of each other again, of everything that they missed at once. */
  heal(): void {
    for (const member of this.members) member.side = 0;
    for (const member of this.members) for (const other of this.members) member.learn(other.known);
  }

  /** Lets the news reach all others on the same side, each in its time. */
  tell(from: CrowdMember, hear: (other: CrowdMember) => void): void {
    for (const other of this.members) {
      if (other === from || other.side !== from.side) continue;
      this.clock.later(this.clock.random.whole(...DELAY), () => {
        hear(other);
      });
    }
  }

  annotated(item: number): void {
    const count = ++this.annotations[item]!;
    if (count === this.wanted) this.lacking--;
    if (count > this.wanted) this.firstExcess = Math.min(this.firstExcess, this.clock.now);
  }

  helped(): void {
    this.firstHelp = Math.min(this.firstHelp, this.clock.now);
  }

  #tellMembers(): void {
    const authors = this.members.filter(({ isMember }) => isMember).map(({ author }) => author);
    for (const member of this.members) member.assignment = new Assignment(member.author, authors);
  }
}

export class CrowdMember {
  readonly author: AuthorId;
  readonly number: number;
  /** Item -> one bit for each member whose annotation is known here. */
  readonly known: Uint32Array;
  assignment!: Assignment;
  isMember = true;
  side = 0;
  readonly #crowd: LabelingCrowd;
  readonly #pace: number;
  readonly #claims = new Claims();
  /** Of each member, the move that was heard of last: news may overtake each other. */
  readonly #heard: number[] = [];
  /** Annotators by their bits. */
  readonly #authors = new Map<number, readonly AuthorId[]>();
  #item: number | null = null;
  #place = -1;
  #move = 0;
  #isAlive = true;

  constructor(crowd: LabelingCrowd, number: number) {
    const { random } = crowd.clock;
    this.#crowd = crowd;
    this.number = number;
    this.author = toBase32(Uint8Array.from({ length: 32 }, () => random.whole(0, 255)));
    this.known = new Uint32Array(crowd.bits.length);
    this.#pace = PACE[0] + random.unit() * (PACE[1] - PACE[0]);
  }

  /** The item that they have before them. */
  get item(): number | null {
    return this.#item;
  }

  start(): void {
    this.#next();
    this.#beat();
  }

  /** Is not heard of any more, in the middle of an item. */
  die(): void {
    this.#isAlive = false;
  }

  learn(known: Uint32Array): void {
    for (const [item, bits] of known.entries()) this.known[item]! |= bits;
  }

  /** The next item by the rule that is tested. */
  #next(): void {
    const { bits, ids, clock, lacking } = this.#crowd;
    const claims = new Map<string, AuthorId[]>();
    for (const { author, item } of this.#claims.live(clock.now))
      claims.set(item, [...(claims.get(item) ?? []), author]);
    const takers = (item: number): readonly AuthorId[] => {
      const annotators = this.#annotators(this.known[item]!);
      const claimers = claims.get(ids[item]!);
      return claimers ? [...new Set([...annotators, ...claimers])] : annotators;
    };
    const [item = null] = nextItems(this.#open(), 1, {
      assignment: this.assignment,
      bits: (at) => bits[at]!,
      takers,
      wanted: () => this.#crowd.wanted,
    });
    this.#item = item;
    this.#move++;
    this.#show();
    if (item !== null) this.#label(item, !this.assignment.isMine(bits[item]!, takers(item), this.#crowd.wanted));
    else if (lacking > 0) this.#afterwards(LOOK_AGAIN, () => undefined);
  }

  #label(item: number, isOthers: boolean): void {
    const { clock } = this.#crowd;
    if (isOthers) this.#crowd.helped();
    this.#place = item;
    // Response times are log-normal, about.
    const normal = Math.sqrt(-2 * Math.log(1 - clock.random.unit())) * Math.cos(2 * Math.PI * clock.random.unit());
    this.#afterwards(this.#pace * Math.exp(normal / 2), () => {
      this.known[item]! |= 1 << this.number;
      this.#crowd.annotated(item);
      this.#crowd.tell(this, (other) => {
        other.known[item]! |= 1 << this.number;
      });
    });
  }

  /** Does the work and goes on, if they still live then. */
  #afterwards(ms: number, work: () => void): void {
    this.#crowd.clock.later(ms, () => {
      if (!this.#isAlive) return;
      work();
      this.#next();
    });
  }

  /** Items that they may label, around from where they are. */
  *#open(): Generator<number> {
    const { known } = this;
    for (let step = 1; step <= known.length; step++) {
      const item = (this.#place + step) % known.length;
      const bits = known[item]!;
      if (bits === 0) yield item;
      else if (((bits >> this.number) & 1) === 0 && this.#annotators(bits).length < this.#crowd.wanted) yield item;
    }
  }

  #annotators(bits: number): readonly AuthorId[] {
    const cached = this.#authors.get(bits);
    if (cached) return cached;
    const { members } = this.#crowd;
    const authors = members.filter(({ number }) => ((bits >> number) & 1) === 1).map(({ author }) => author);
    this.#authors.set(bits, authors);
    return authors;
  }

  #beat(): void {
    if (!this.#isAlive || this.#crowd.lacking === 0) return;
    this.#show();
    this.#crowd.clock.later(HEARTBEAT, () => {
      this.#beat();
    });
  }

  #show(): void {
    const { author, number } = this;
    const item = this.#item === null ? null : this.#crowd.ids[this.#item]!;
    const move = this.#move;
    this.#crowd.tell(this, (other) => {
      if (move < (other.#heard[number] ?? 0)) return;
      other.#heard[number] = move;
      const { now } = this.#crowd.clock;
      other.#claims.hear([{ author, session: author, item, isActive: true, heardAt: now }], now);
    });
  }
}
