import type { Hash } from '#core/model/ids';
import { encodeBlobMessage, PIECE, type BlobMessage, type ContentKind } from './blob-messages';
import { HIGH_WATER, type Channel } from './channel';

/** What this device has to give. */
export interface BlobShelf {
  /** null where it is not here. Its bytes are read as they are sent. */
  content(kind: ContentKind, hash: Hash): Promise<Blob | null>;
  /** Those of the names whose contents are here. */
  has(kind: ContentKind, hashes: readonly Hash[]): Promise<ReadonlySet<Hash>>;
}

type Want = Extract<BlobMessage, { type: 'want' }>;

/** Wants that wait at one link; whoever keeps to the protocol has a few at a time. */
export const MAX_WANTS = 64;
/** Bytes that are read from the storage at once. */
const SLICE = 1 << 20;
/** Names asked for in vain that are remembered; the oldest are forgotten. */
const REMEMBERED = 4_096;
/** Vain wants at once, and a second: far above what somebody asks for who asks for what the logs name. */
const VAIN_AT_ONCE = 4_096;
const VAIN_PER_SECOND = 50;

/** Gives a peer what it asks for, one content after the other, no faster than the channel takes it. */
export class BlobServer {
  readonly #channel: Channel;
  readonly #shelf: BlobShelf;
  readonly #now: () => number;
  readonly #flooded: (why: string) => void;
  /** The first is being served. */
  readonly #wants: Want[] = [];
  /** Asked for in vain, the oldest first. */
  readonly #vain = new Map<string, { readonly kind: ContentKind; readonly hash: Hash }>();
  #credit = VAIN_AT_ONCE;
  #creditAt: number;
  #isServing = false;
  #isClosed = false;
  #whenDrained: (() => void) | null = null;

  /**
   * @param now milliseconds of any clock that only goes forward
   * @param flooded told once when the peer asks for more than anybody needs
   */
  constructor(channel: Channel, shelf: BlobShelf, now: () => number, flooded: (why: string) => void) {
    this.#channel = channel;
    this.#shelf = shelf;
    this.#now = now;
    this.#flooded = flooded;
    this.#creditAt = now();
  }

  want(want: Want): void {
    if (this.#wants.length >= MAX_WANTS) {
      this.#flooded('it wants too much at once');
      return;
    }
    this.#wants.push(want);
    if (!this.#isServing) void this.#serve();
  }

  cancel(id: number): void {
    const at = this.#wants.findIndex((want) => want.id === id);
    if (at < 0) return;
    // The first one's pieces are under way: serving it ends there.
    this.#wants.splice(at, 1);
    if (at > 0) this.#send({ type: 'end', id });
  }

  /** The channel has room again. */
  drained(): void {
    this.#whenDrained?.();
    this.#whenDrained = null;
  }

  /** Tells the peer of a content that it asked for in vain. */
  stored(kind: ContentKind, hash: Hash): void {
    if (this.#vain.delete(`${kind} ${hash}`)) this.#send({ type: 'have', kind, hash });
  }

  /** Looks whether anything that was asked for in vain has come by another way. */
  async recheck(): Promise<void> {
    for (const kind of ['chunk', 'blob'] as const) {
      const names = [...this.#vain.values()].filter((name) => name.kind === kind).map(({ hash }) => hash);
      if (names.length === 0) continue;
      for (const hash of await this.#shelf.has(kind, names)) this.stored(kind, hash);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#wants.length = 0;
    this.drained();
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    for (let want = this.#wants[0]; want; want = this.#wants[0]) {
      const told = await this.#give(want).catch(() => 'end' as const);
      if (this.#isClosed) return;
      if (this.#wants[0] === want) this.#wants.shift();
      this.#send({ type: told, id: want.id });
    }
    this.#isServing = false;
  }

  /** Sends what is there of a content; how to end it. */
  async #give(want: Want): Promise<'end' | 'absent'> {
    const content = await this.#shelf.content(want.kind, want.hash);
    if (content === null) {
      this.#note(want);
      return 'absent';
    }
    const isWanted = () => this.#wants[0] === want;
    if (!isWanted()) return 'end';
    this.#send({ type: 'start', id: want.id, size: content.size });
    for (let at = want.offset; at < content.size && isWanted(); at += SLICE) {
      const bytes = new Uint8Array(await content.slice(at, at + SLICE).arrayBuffer());
      for (let from = 0; from < bytes.length; from += PIECE) {
        if (this.#channel.buffered > HIGH_WATER) await new Promise<void>((resolve) => (this.#whenDrained = resolve));
        if (!isWanted()) break;
        this.#send({ type: 'piece', id: want.id, bytes: bytes.subarray(from, from + PIECE) });
      }
    }
    return 'end';
  }

  /** Remembers a vain want, and that it cost something. */
  #note({ kind, hash }: Want): void {
    const now = this.#now();
    this.#credit = Math.min(VAIN_AT_ONCE, this.#credit + ((now - this.#creditAt) / 1000) * VAIN_PER_SECOND) - 1;
    this.#creditAt = now;
    if (this.#credit < 0) this.#flooded('it wants what nobody has');
    const key = `${kind} ${hash}`;
    this.#vain.delete(key);
    this.#vain.set(key, { kind, hash });
    if (this.#vain.size > REMEMBERED) this.#vain.delete(this.#vain.keys().next().value!);
  }

  #send(message: BlobMessage): void {
    if (!this.#isClosed) this.#channel.send(encodeBlobMessage(message));
  }
}
