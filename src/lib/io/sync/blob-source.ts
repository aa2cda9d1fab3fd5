import type { Hash } from '#core/model/ids';
import { encodeBlobMessage, type BlobMessage, type ContentKind } from './blob-messages';
import type { Channel } from './channel';
import type { PartialBlob } from './partial-blob';

/** A content that is asked for. */
export interface Wanted {
  readonly kind: ContentKind;
  readonly hash: Hash;
  /** Bytes, where something that is believed tells; null: not known. */
  readonly size: number | null;
  /** More bytes than this are refused. */
  readonly limit: number;
  /** Whether somebody waits for it: transfers of what nobody waits for give way. */
  readonly isUrgent: boolean;
  /** Whatever the asking side knows it by besides; it is given back. */
  readonly tag: string | null;
}

/** A want that a peer was sent and has not ended. */
export interface BlobRequest {
  readonly id: number;
  readonly wanted: Wanted;
  readonly partial: PartialBlob;
  hasStarted: boolean;
}

export const keyOf = ({ kind, hash }: { readonly kind: ContentKind; readonly hash: Hash }): string => `${kind} ${hash}`;

/** Wants that one peer is sent at once, so that no time passes between one content and the next. */
const DEPTH = 12;
/** Bytes that one peer is asked for at once, beside the content that it is at. */
const AHEAD_BYTES = 4 << 20;
/** What a content of unknown size is taken for. */
const USUAL_BYTES = 256 << 10;
/** Names that a peer is known to lack. Past that it is not asked for more: it tells when any of these comes. */
const KNOWN_LACKS = 1_024;

/** A peer as one that is asked: what it was asked for, and what it is known to lack. */
export class BlobSource {
  readonly id: string;
  readonly requests = new Map<number, BlobRequest>();
  /** Whether anything can be sent. */
  isOpen = false;
  /** When the peer was last heard, or asked after it had answered everything; milliseconds. */
  heardAt: number;
  /** Until then it is left alone, because it was silent or slow. */
  restsUntil = 0;
  /** Bytes that came since `countedFrom`. */
  counted = 0;
  countedFrom: number;
  readonly #channel: Channel;
  readonly #lacks = new Map<string, Wanted>();
  /** Wants that are through for this side, whose end the peer has still to tell. */
  readonly #ending = new Map<number, 'cancelled' | 'complete'>();
  #next = 0;

  constructor(id: string, channel: Channel, now: number) {
    this.id = id;
    this.#channel = channel;
    this.heardAt = now;
    this.countedFrom = now;
  }

  /** Bytes still to come of what it was asked for. */
  get load(): number {
    let sum = 0;
    for (const { wanted, partial } of this.requests.values()) {
      sum += (partial.size ?? wanted.size ?? USUAL_BYTES) - partial.received;
    }
    return sum;
  }

  get hasRoom(): boolean {
    return this.requests.size < DEPTH && this.load < AHEAD_BYTES;
  }

  mayHave(wanted: Pick<Wanted, 'kind' | 'hash' | 'isUrgent'>): boolean {
    return !this.#lacks.has(keyOf(wanted)) && (wanted.isUrgent || this.#lacks.size < KNOWN_LACKS);
  }

  ask(wanted: Wanted, partial: PartialBlob, now: number): void {
    const id = this.#next++;
    if (this.requests.size === 0) {
      this.heardAt = now;
      this.counted = 0;
      this.countedFrom = now;
    }
    this.requests.set(id, { id, wanted, partial, hasStarted: false });
    const { kind, hash } = wanted;
    this.#send({ type: 'want', id, kind, hash, offset: partial.received });
  }

  cancel({ id }: BlobRequest): void {
    this.requests.delete(id);
    this.#ending.set(id, 'cancelled');
    this.#send({ type: 'cancel', id });
  }

  /** Everything of it is here; the peer's word that it ends is still to come. */
  complete({ id }: BlobRequest): void {
    this.requests.delete(id);
    this.#ending.set(id, 'complete');
  }

  /** What became of a want that is no request any more; undefined where there was none, or it has ended. */
  ending(id: number): 'cancelled' | 'complete' | undefined {
    return this.#ending.get(id);
  }

  /** The peer ended a want. Whether there was one. */
  ended(id: number): boolean {
    return this.requests.delete(id) || this.#ending.delete(id);
  }

  /** The peer has not got it, or not as it should be. */
  lacks(wanted: Wanted): void {
    const key = keyOf(wanted);
    this.#lacks.set(key, wanted);
    // Only what somebody waits for is asked for beyond the bound.
    if (this.#lacks.size > 2 * KNOWN_LACKS) this.#lacks.delete(this.#lacks.keys().next().value!);
  }

  /** The peer says that it has got something; null where it was never asked for that. */
  got(kind: ContentKind, hash: Hash): Wanted | null {
    const key = keyOf({ kind, hash });
    const wanted = this.#lacks.get(key) ?? null;
    this.#lacks.delete(key);
    return wanted;
  }

  close(): void {
    this.requests.clear();
    this.#channel.close();
  }

  #send(message: BlobMessage): void {
    this.#channel.send(encodeBlobMessage(message));
  }
}
