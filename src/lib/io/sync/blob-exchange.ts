import { hashBlob, hashBytes } from '../files/hash';
import { decodeBlobMessage, type BlobMessage } from './blob-messages';
import { BlobServer, type BlobShelf } from './blob-server';
import { BlobSource, keyOf, type BlobRequest, type Wanted } from './blob-source';
import type { Channel } from './channel';
import { PartialBlob } from './partial-blob';

export interface ExchangeClock {
  /** Milliseconds of any clock that only goes forward. */
  now(): number;
  later(ms: number, work: () => void): void;
}

export interface ExchangeListener {
  /** A content is here, whole and as its hash says; settles when it is stored, or never will be. */
  arrived(wanted: Wanted, content: Uint8Array<ArrayBuffer> | Blob): Promise<void>;
  /** A peer has got what it was asked for in vain; it is not wanted any more. */
  offered(wanted: Wanted): void;
  /** A peer did what none does by accident; its channel is closed. */
  misbehaved(link: string, why: string): void;
}

/** A content on its way. */
export interface Coming {
  /** The link that it comes over; null while it waits for its turn. */
  readonly link: string | null;
  /** Share that has come, 0 to 1; null where nothing has. */
  readonly progress: number | null;
}

/** A peer that says nothing for so long is asked for nothing for a while; whoever else has it is asked. */
const SILENT_MS = 10_000;
const REST_MS = 30_000;
const LOOK_EVERY_MS = 2_000;
/** Slower than this, over the time of {@link SILENT_MS}, a peer gives way to one that is idle. */
const SLOW_BYTES_PER_SECOND = 16 << 10;
/** What is begun and not urgent gives way to what is urgent where so much of it is still to come. */
const GIVES_WAY_BYTES = 512 << 10;
/** Bytes that have come and are not stored yet: past that, nothing more is asked for. */
const UNSTORED_BYTES = 64 << 20;
/** Bytes that are kept of contents whose transfer broke off. */
const KEPT_PARTS_BYTES = 256 << 20;

/** A link's two sides: what is given, and what is asked for. */
interface Link {
  readonly server: BlobServer;
  readonly source: BlobSource;
}

/**
 * Contents by hash, from and to every peer at once: what is most urgent first, each from one peer at a time, going on with
 * another where one breaks off, and believed only when all of it hashes to its name.
 */
export class BlobExchange {
  readonly #shelf: BlobShelf;
  readonly #clock: ExchangeClock;
  readonly #on: ExchangeListener;
  readonly #links = new Map<string, Link>();
  /** In order of urgency. */
  #wanted = new Map<string, Wanted>();
  /** Being transferred, checked or stored. */
  readonly #busy = new Set<string>();
  /** The one that was used last comes last. */
  readonly #partials = new Map<string, PartialBlob>();
  /** Contents that came wrong when several peers gave parts: each is taken from one peer alone. */
  readonly #unmixed = new Set<string>();
  #unstored = 0;
  #isLooking = false;
  #isClosed = false;

  constructor(shelf: BlobShelf, clock: ExchangeClock, on: ExchangeListener) {
    this.#shelf = shelf;
    this.#clock = clock;
    this.#on = on;
  }

  /** Speaks over a channel of this link from now on. */
  add(id: string, channel: Channel): void {
    const now = () => this.#clock.now();
    const server = new BlobServer(channel, this.#shelf, now, (why) => {
      this.#misbehaved(id, why);
    });
    const source = new BlobSource(id, channel, now());
    this.#links.set(id, { server, source });
    channel.listener = {
      opened: () => {
        source.isOpen = true;
        this.#assign();
      },
      frame: (bytes) => {
        this.#hear(id, bytes);
      },
      drained: () => {
        server.drained();
      },
      closed: () => {
        this.remove(id);
      },
    };
  }

  /** The link is gone; what it has brought so far is kept. */
  remove(id: string): void {
    const link = this.#links.get(id);
    if (!link) return;
    this.#links.delete(id);
    for (const { wanted } of link.source.requests.values()) this.#busy.delete(keyOf(wanted));
    link.server.close();
    link.source.close();
    this.#assign();
  }

  /** Whether anybody can be asked. */
  get hasPeers(): boolean {
    return this.#links.size > 0;
  }

  /** Asks for these from now on, the most urgent first; what is not among them is no longer asked for. */
  want(wanted: readonly Wanted[]): void {
    this.#wanted = new Map(wanted.map((one) => [keyOf(one), one]));
    for (const { source } of this.#links.values()) {
      for (const request of [...source.requests.values()]) {
        if (!this.#wanted.has(keyOf(request.wanted))) this.#cancel(source, request);
      }
    }
    this.#assign();
  }

  /** Whether some peer may have it, as far as is known. */
  mayCome(wanted: Wanted): boolean {
    for (const { source } of this.#links.values()) if (source.mayHave(wanted)) return true;
    return false;
  }

  /** How something that somebody waits for comes; null where no peer may have it, as far as is known. */
  coming(wanted: Pick<Wanted, 'kind' | 'hash'>): Coming | null {
    const key = keyOf(wanted);
    const partial = this.#partials.get(key);
    const progress = partial?.size ? partial.received / partial.size : null;
    let isPossible = false;
    for (const [link, { source }] of this.#links) {
      for (const request of source.requests.values()) {
        if (request.hasStarted && keyOf(request.wanted) === key) return { link, progress };
      }
      isPossible ||= source.mayHave({ ...wanted, isUrgent: true });
    }
    return isPossible ? { link: null, progress } : null;
  }

  /** Contents may have come by another way than by this: whoever asked for one in vain is told. */
  async recheck(): Promise<void> {
    for (const { server } of [...this.#links.values()]) await server.recheck();
  }

  close(): void {
    this.#isClosed = true;
    for (const id of [...this.#links.keys()]) this.remove(id);
    this.#partials.clear();
  }

  // ---------------------------------------------------------------- asking

  #assign(): void {
    if (this.#isClosed) return;
    for (const [key, wanted] of this.#wanted) {
      if (this.#unstored >= UNSTORED_BYTES) return;
      if (this.#busy.has(key)) continue;
      const source = this.#sourceFor(wanted);
      if (source) {
        this.#busy.add(key);
        source.ask(wanted, this.#partialOf(key), this.#clock.now());
        this.#look();
      } else if (!wanted.isUrgent && !this.#anyRoom) return;
    }
  }

  get #anyRoom(): boolean {
    for (const { source } of this.#links.values()) if (source.isOpen && source.hasRoom) return true;
    return false;
  }

  /** The peer that a content is best asked from now; null where none may have it and has time for it. */
  #sourceFor(wanted: Wanted): BlobSource | null {
    const now = this.#clock.now();
    let best: BlobSource | null = null;
    for (const { source } of this.#links.values()) {
      if (!source.isOpen || now < source.restsUntil || !source.mayHave(wanted)) continue;
      if (!wanted.isUrgent && !source.hasRoom) continue;
      if (best === null || source.load < best.load) best = source;
    }
    if (best !== null && wanted.isUrgent && best.load > GIVES_WAY_BYTES) this.#makeWay(best);
    return best?.hasRoom ? best : null;
  }

  /** Takes back what nobody waits for; what has come of it stays. */
  #makeWay(source: BlobSource): void {
    for (const request of [...source.requests.values()]) {
      // The list may have changed since it was asked for.
      const isUrgent = this.#wanted.get(keyOf(request.wanted))?.isUrgent ?? false;
      if (!isUrgent) this.#cancel(source, request);
    }
  }

  #cancel(source: BlobSource, request: BlobRequest): void {
    source.cancel(request);
    this.#busy.delete(keyOf(request.wanted));
  }

  #partialOf(key: string): PartialBlob {
    const known = this.#partials.get(key);
    const partial = known && known.received > 0 && !this.#unmixed.has(key) ? known : new PartialBlob();
    this.#partials.delete(key);
    this.#partials.set(key, partial);
    let kept = 0;
    for (const { received } of this.#partials.values()) kept += received;
    for (const [oldest, { received }] of this.#partials) {
      if (kept <= KEPT_PARTS_BYTES) break;
      if (this.#busy.has(oldest)) continue;
      this.#partials.delete(oldest);
      kept -= received;
    }
    return partial;
  }

  // ---------------------------------------------------------------- hearing

  #hear(id: string, bytes: Uint8Array): void {
    const link = this.#links.get(id);
    if (!link) return;
    const message = decodeBlobMessage(bytes);
    switch (message?.type) {
      case undefined:
        this.#misbehaved(id, 'it sends what is no message');
        break;
      case 'want':
        link.server.want(message);
        break;
      case 'cancel':
        link.server.cancel(message.id);
        break;
      case 'have':
        this.#hearOffer(link.source, message);
        break;
      case 'start':
      case 'piece':
      case 'end':
      case 'absent':
        this.#hearAnswer(link.source, message);
        break;
    }
  }

  #hearAnswer(source: BlobSource, message: Extract<BlobMessage, { type: 'start' | 'piece' | 'end' | 'absent' }>): void {
    source.heardAt = this.#clock.now();
    const request = source.requests.get(message.id);
    switch (message.type) {
      case 'start':
        if (request) this.#start(source, request, message.size);
        else if (source.ending(message.id) !== 'cancelled') this.#misbehaved(source.id, 'it answers what nobody asked');
        break;
      case 'piece':
        if (request?.hasStarted) this.#take(source, request, message.bytes);
        else if (source.ending(message.id) !== 'cancelled') this.#misbehaved(source.id, 'it sends more than was asked');
        break;
      case 'end':
      case 'absent':
        if (!source.ended(message.id)) this.#misbehaved(source.id, 'it answers what nobody asked');
        else if (request) {
          source.lacks(request.wanted);
          this.#busy.delete(keyOf(request.wanted));
        }
        this.#assign();
        break;
    }
  }

  #hearOffer(source: BlobSource, { kind, hash }: Extract<BlobMessage, { type: 'have' }>): void {
    const offered = source.got(kind, hash);
    if (offered && !this.#wanted.has(keyOf(offered))) this.#on.offered(offered);
    this.#assign();
  }

  #start(source: BlobSource, request: BlobRequest, size: number): void {
    const { wanted, partial } = request;
    if (request.hasStarted) {
      this.#misbehaved(source.id, 'it begins the same twice');
      return;
    }
    request.hasStarted = true;
    const isImpossible = (wanted.size !== null && size !== wanted.size) || size > wanted.limit;
    if (isImpossible || (partial.size !== null && size !== partial.size)) {
      // Two peers who differ cannot both be right: what came from the one is let go, and the other is heard from the beginning.
      if (isImpossible) source.lacks(wanted);
      else this.#partials.delete(keyOf(wanted));
      this.#cancel(source, request);
      this.#assign();
      return;
    }
    partial.size = size;
    if (partial.isWhole) this.#complete(source, request);
  }

  #take(source: BlobSource, request: BlobRequest, bytes: Uint8Array): void {
    const { partial } = request;
    source.counted += bytes.length;
    if (partial.received + bytes.length > partial.size!) {
      this.#misbehaved(source.id, 'it sends more than it said');
      return;
    }
    partial.add(source.id, bytes);
    if (partial.isWhole) this.#complete(source, request);
  }

  #complete(source: BlobSource, request: BlobRequest): void {
    source.complete(request);
    void this.#store(request.wanted, request.partial);
    this.#assign();
  }

  /** Checks a whole content and hands it over. */
  async #store(wanted: Wanted, partial: PartialBlob): Promise<void> {
    const key = keyOf(wanted);
    const content = partial.whole();
    this.#partials.delete(key);
    this.#unstored += partial.received;
    try {
      // Where the browser cannot read what it keeps for us, it is asked for again.
      const hashing = content instanceof Uint8Array ? hashBytes(content) : hashBlob(content);
      const hash = await hashing.catch(() => null);
      if (this.#isClosed || hash === null) return;
      if (hash !== wanted.hash) {
        this.#forged(key, partial);
        return;
      }
      this.#unmixed.delete(key);
      this.#wanted.delete(key);
      await this.#on.arrived(wanted, content);
      for (const { server } of this.#links.values()) server.stored(wanted.kind, wanted.hash);
    } finally {
      this.#unstored -= partial.received;
      this.#busy.delete(key);
      this.#assign();
    }
  }

  /** What came is not what was asked for: the one who sent it all is to blame; of several, nobody can tell who. */
  #forged(key: string, { from }: PartialBlob): void {
    this.#unmixed.add(key);
    const [only, ...others] = from;
    if (only !== undefined && others.length === 0) this.#misbehaved(only, 'what it sends is not what was asked for');
  }

  // ---------------------------------------------------------------- watching

  /** Looks after silent and slow peers as long as anything is asked for. */
  #look(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#clock.later(LOOK_EVERY_MS, () => {
      this.#isLooking = false;
      if (this.#isClosed) return;
      const now = this.#clock.now();
      let isResting = false;
      for (const { source } of this.#links.values()) {
        if (source.requests.size > 0 && this.#isTooSlow(source, now)) this.#rest(source, now);
        isResting ||= now < source.restsUntil;
      }
      this.#assign();
      if (this.#busy.size > 0 || (isResting && this.#wanted.size > 0)) this.#look();
    });
  }

  #isTooSlow(source: BlobSource, now: number): boolean {
    if (now - source.heardAt >= SILENT_MS) return true;
    const seconds = (now - source.countedFrom) / 1000;
    if (seconds * 1000 < SILENT_MS) return false;
    const isSlow = source.counted < seconds * SLOW_BYTES_PER_SECOND;
    source.counted = 0;
    source.countedFrom = now;
    return isSlow && this.#hasIdleOther(source, now);
  }

  /** Whether another peer has nothing to do and may have what this one was asked for. */
  #hasIdleOther(slow: BlobSource, now: number): boolean {
    const asked = [...slow.requests.values()];
    for (const { source } of this.#links.values()) {
      if (source === slow || source.requests.size > 0 || now < source.restsUntil) continue;
      if (asked.some(({ wanted }) => source.mayHave(wanted))) return true;
    }
    return false;
  }

  #rest(source: BlobSource, now: number): void {
    source.restsUntil = now + REST_MS;
    for (const request of [...source.requests.values()]) this.#cancel(source, request);
  }

  #misbehaved(id: string, why: string): void {
    const link = this.#links.get(id);
    if (!link) return;
    const own = new Set(Array.from(link.source.requests.values(), ({ wanted }) => keyOf(wanted)));
    for (const [key, { from }] of this.#partials) {
      // What another peer goes on with shows in the end whether it is right.
      if (from.has(id) && (own.has(key) || !this.#busy.has(key))) this.#partials.delete(key);
    }
    this.remove(id);
    this.#on.misbehaved(id, why);
  }
}
