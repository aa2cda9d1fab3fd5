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
/** Wants whose first bytes are read before it is their turn. */
const READ_AHEAD = 2;
/** Names asked for in vain that are remembered; the oldest are forgotten. */
const REMEMBERED = 4_096;
/** Vain wants at once, and a second: far above what somebody asks for who asks for what the logs name. */
const VAIN_AT_ONCE = 4_096;
const VAIN_PER_SECOND = 50;

/** A content with its bytes from where it is wanted. */
interface Opened {
  readonly content: Blob;
  readonly bytes: Uint8Array;
}

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
  /** Of the wants that come next. */
  #reading = new Map<Want, Promise<Opened | null>>();
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
    this.#reading.clear();
    this.drained();
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    for (let want = this.#wants[0]; want; want = this.#wants[0]) {
      const reading = this.#readingOf(want);
      // Finding a content takes as long as sending a small one: the next ones are looked for meanwhile.
      const next = this.#wants.slice(1, 1 + READ_AHEAD);
      this.#reading = new Map(next.map((ahead) => [ahead, this.#readingOf(ahead)]));
      const told = await this.#give(want, reading).catch(() => 'end' as const);
      if (this.#isClosed) return;
      if (this.#wants[0] === want) this.#wants.shift();
      this.#send({ type: told, id: want.id });
    }
    this.#isServing = false;
  }

  #readingOf(want: Want): Promise<Opened | null> {
    const reading = this.#reading.get(want) ?? this.#read(want);
    // It fails where it is awaited, should its turn come.
    reading.catch(() => undefined);
    return reading;
  }

  /** Finds a content and its first bytes. */
  async #read({ kind, hash, offset }: Want): Promise<Opened | null> {
    const content = await this.#shelf.content(kind, hash);
    return content && { content, bytes: await sliceOf(content, offset) };
  }

  /** Sends what is there of a content; how to end it. */
  async #give(want: Want, reading: Promise<Opened | null>): Promise<'end' | 'absent'> {
    const opened = await reading;
    if (opened === null) {
      this.#note(want);
      return 'absent';
    }
    const { content } = opened;
    const isWanted = () => this.#wants[0] === want;
    if (isWanted()) this.#send({ type: 'start', id: want.id, size: content.size });
    let next: Promise<Uint8Array> = Promise.resolve(opened.bytes);
    for (let at = want.offset; at < content.size && isWanted(); at += SLICE) {
      const bytes = await next;
      next = sliceOf(content, at + SLICE);
      next.catch(() => undefined);
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

/** At most so many bytes as are read at once. A small content is not sliced: that, too, asks another process. */
async function sliceOf(content: Blob, from: number): Promise<Uint8Array> {
  if (from >= content.size) return new Uint8Array(0);
  const isWhole = from === 0 && content.size <= SLICE;
  return new Uint8Array(await (isWhole ? content : content.slice(from, from + SLICE)).arrayBuffer());
}
