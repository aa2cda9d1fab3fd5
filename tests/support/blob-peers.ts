import { createHash } from 'node:crypto';
import { toBase32 } from '#core/model/base32';
import type { Hash } from '#core/model/ids';
import { BlobExchange } from '#io/sync/blob-exchange';
import { decodeBlobMessage, encodeBlobMessage, type BlobMessage } from '#io/sync/blob-messages';
import type { BlobShelf } from '#io/sync/blob-server';
import type { Wanted } from '#io/sync/blob-source';
import type { Channel } from '#io/sync/channel';
import { simulatedPair, type Conditions, type SimulatedPair } from './simulated-channels';
import type { SimulatedClock } from './simulated-clock';

export const wanted = (hash: Hash, change: Partial<Wanted> = {}): Wanted => ({
  kind: 'blob',
  hash,
  size: null,
  limit: 1 << 30,
  isUrgent: false,
  tag: null,
  ...change,
});

/** Bytes that differ from all others of another seed. */
export function contentOf(seed: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const block = Math.min(size, 4096);
  for (let at = 0; at < block; at++) bytes[at] = at < 4 ? seed >>> (8 * at) : seed * 7 + at * 13 + (at >> 8);
  for (let at = block; at < size; at *= 2) bytes.copyWithin(at, 0, at);
  return bytes;
}

/** As the core's, by another library, which is faster with megabytes. */
export const hashOf = (bytes: Uint8Array): Hash => toBase32(createHash('sha256').update(bytes).digest());

/** A device that exchanges contents as devices do. */
export class BlobPeer {
  readonly stored = new Map<Hash, Uint8Array>();
  /** In the order in which they came; one that came twice stands there twice. */
  readonly arrived: Hash[] = [];
  readonly offered: Hash[] = [];
  readonly misbehaved: string[] = [];
  readonly exchange: BlobExchange;

  constructor(clock: SimulatedClock, contents: readonly Uint8Array[] = []) {
    for (const bytes of contents) this.stored.set(hashOf(bytes), bytes);
    const shelf: BlobShelf = {
      content: (_, hash) => {
        const bytes = this.stored.get(hash);
        return Promise.resolve(bytes ? new Blob([bytes as Uint8Array<ArrayBuffer>]) : null);
      },
      has: (_, hashes) => Promise.resolve(new Set(hashes.filter((hash) => this.stored.has(hash)))),
    };
    const ticks = { now: () => clock.now, later: (ms: number, work: () => void) => void clock.later(ms, work) };
    this.exchange = new BlobExchange(shelf, ticks, {
      arrived: async ({ hash }, content) => {
        this.stored.set(hash, content instanceof Uint8Array ? content : new Uint8Array(await content.arrayBuffer()));
        this.arrived.push(hash);
      },
      offered: ({ hash }) => void this.offered.push(hash),
      misbehaved: (link, why) => void this.misbehaved.push(`${link}: ${why}`),
    });
  }
}

/** Connects two devices under a name for the link. */
export function connect(
  clock: SimulatedClock,
  one: BlobPeer,
  other: BlobPeer,
  link: string,
  conditions?: Conditions,
): SimulatedPair {
  const pair = simulatedPair(clock, conditions);
  one.exchange.add(link, pair.ends[0]);
  other.exchange.add(link, pair.ends[1]);
  return pair;
}

/** The other end of a link of a device, held by somebody who sends what they like. */
export class Scripted {
  readonly heard: BlobMessage[] = [];
  readonly #channel: Channel & { sendAnything(frame: Uint8Array): void };
  isClosed = false;

  constructor(
    clock: SimulatedClock,
    device: BlobPeer,
    link: string,
    answer: (message: BlobMessage, self: Scripted) => void,
  ) {
    const [mine, theirs] = simulatedPair(clock).ends;
    this.#channel = mine;
    mine.listener = {
      opened: () => undefined,
      frame: (bytes) => {
        const message = decodeBlobMessage(bytes)!;
        this.heard.push(message);
        answer(message, this);
      },
      drained: () => undefined,
      closed: () => (this.isClosed = true),
    };
    device.exchange.add(link, theirs);
  }

  say(message: BlobMessage): void {
    this.#channel.send(encodeBlobMessage(message));
  }

  sayBytes(bytes: Uint8Array): void {
    this.#channel.sendAnything(bytes);
  }
}
