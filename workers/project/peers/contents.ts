import { fault, type ConcordError } from '#core/errors';
import { referencedImages } from '#core/model/image-reference';
import type { Hash, ItemId } from '#core/model/ids';
import type { Schema } from '#core/model/schema';
import { err, type Result } from '#core/result';
import type { Claim } from '#core/workflow/claims';
import { HEADER_BYTES, readImageHeader } from '#io/files/image-header';
import { storageFault } from '#io/storage/storage-fault';
import { BlobExchange, type Coming } from '#io/sync/blob-exchange';
import type { BlobShelf } from '#io/sync/blob-server';
import type { Wanted } from '#io/sync/blob-source';
import type { Channel } from '#io/sync/channel';
import type { ProjectNotice } from '../api';
import type { Session } from '../session';
import { BlobBudget, type BudgetDevice } from './blob-budget';
import { ChunkIntake, wantedChunk } from './chunk-intake';
import { imageOf, wantedImage, type ImageRef } from './image-ref';
import { ImageSurvey } from './image-survey';
import { queueImages } from './queue-images';

/** What the exchange of contents needs of the browser. */
export interface ContentsDevice extends BudgetDevice {
  /** Milliseconds of a clock that nobody sets. */
  ticks(): number;
  later(ms: number, work: () => void): void;
}

/** What whoever speaks with the peers knows of them, and is told. */
export interface ContentsPeers {
  /** What other members have before them. */
  claims(): readonly Claim[];
  /** A peer's channel was closed for what it sent. */
  misbehaved(link: string, why: string): void;
}

/** Chunks and images that came are told, and what is asked for is thought over, at most so often. */
const TOLD_EVERY_MS = 250;
/** Time between two looks into chunks whose images nobody waits for. */
const SURVEY_EVERY_MS = 50;
/** Images of the whole project that are asked for at once beside those of the queue. */
const AT_LARGE = 256;
/** On a full disk, it is tried again after this. */
const FULL_FOR_MS = 60_000;
/** Images of guidelines that are fetched; more than a person reads. */
const MAX_GUIDELINE_IMAGES = 200;

/**
 * What the logs name and this device lacks, fetched from peers: chunks first, because they say what there is, then images in the order
 * in which this person will see them, then all others as far as the budget goes. What is here is given to whoever asks.
 */
export class Contents {
  readonly #session: Session;
  readonly #notify: (notice: ProjectNotice) => void;
  readonly #peers: ContentsPeers;
  readonly #device: ContentsDevice;
  readonly #exchange: BlobExchange;
  readonly #budget: BlobBudget;
  readonly #chunks: ChunkIntake;
  readonly #survey: ImageSurvey;
  #lookedAt: ItemId | null = null;
  /** Images that were found missing anywhere in the project. */
  readonly #atLarge = new Map<Hash, ImageRef>();
  #missingChunks = 0;
  /** Of the queue and the guidelines. */
  #missingNear = 0;
  /** Whether images that are far in the queue have room. */
  #hasRoom = true;
  #arrived: Hash[] = [];
  #guidelines: { readonly schema: Schema; readonly images: readonly Hash[] } | null = null;
  #isFull = false;
  /** Whether the person knows; until something could be stored again. */
  #isFullTold = false;
  #isSurveying = false;
  #isClosed = false;
  #telling = false;
  #planning: 'idle' | 'planning' | 'again' = 'idle';

  constructor(
    session: Session,
    notify: (notice: ProjectNotice) => void,
    peers: ContentsPeers,
    device: ContentsDevice = BROWSER,
  ) {
    this.#session = session;
    this.#notify = notify;
    this.#peers = peers;
    this.#device = device;
    this.#budget = new BlobBudget(session.store, device);
    this.#chunks = new ChunkIntake(session);
    this.#survey = new ImageSurvey(session);
    this.#exchange = new BlobExchange(
      shelfOf(session),
      { ...device, now: () => device.ticks() },
      {
        arrived: (wanted, content) => this.#take(wanted, content),
        offered: (wanted) => {
          this.#hearOffer(wanted);
        },
        misbehaved: (link, why) => {
          peers.misbehaved(link, why);
        },
      },
    );
  }

  /** Chunks and images that are still to come, as far as is known; without those that there is no room for. */
  get missing(): number {
    return (
      this.#missingChunks + (this.#hasRoom ? Math.max(this.#survey.missing, this.#missingNear) : this.#missingNear)
    );
  }

  /** Exchanges contents with a member over this channel. */
  add(id: string, channel: Channel): void {
    this.#exchange.add(id, channel);
    this.#survey.restart();
    this.refresh();
  }

  remove(id: string): void {
    this.#exchange.remove(id);
  }

  /** The logs have changed, or contents came by another way: what is missing now? */
  refresh(): void {
    if (!this.#exchange.hasPeers) return;
    void this.#exchange.recheck().catch(() => undefined);
    this.#plan();
  }

  /** The person is at this item; null: at none. */
  lookAt(item: ItemId | null): void {
    this.#lookedAt = item;
    if (item !== null) void this.#used(item).catch(() => undefined);
    this.#plan();
  }

  /** How an image comes that is not here; null where nobody has it, as far as is known. */
  coming(hash: Hash): Coming | null {
    return this.#exchange.coming({ kind: 'blob', hash });
  }

  /** Bytes of blobs that came from peers, and what they may become. */
  async use(): Promise<{ readonly fetched: number; readonly budget: number }> {
    const { fetched, limit } = await this.#budget.read();
    return { fetched, budget: limit };
  }

  async setBudget(bytes: number): Promise<void> {
    await this.#budget.set(bytes);
    this.#survey.forget();
    this.#isFull = false;
    this.#plan();
  }

  close(): void {
    this.#isClosed = true;
    this.#exchange.close();
  }

  // ---------------------------------------------------------------- what is asked for

  /** Thinks over what is asked for; once more when something changed meanwhile. */
  #plan(): void {
    if (this.#planning !== 'idle') {
      this.#planning = 'again';
      return;
    }
    if (this.#isClosed || this.#isFull || !this.#exchange.hasPeers) return;
    this.#planning = 'planning';
    void this.#ask()
      // A store that was closed or cannot be read is another's concern; the next change asks again.
      .catch(() => undefined)
      .finally(() => {
        const again = this.#planning === 'again';
        this.#planning = 'idle';
        if (again) this.#plan();
      });
  }

  async #ask(): Promise<void> {
    const chunks = await this.#chunks.fromStore(this.#chunks.missing());
    if (this.#chunks.add()) this.#session.notifyCounters();
    this.#missingChunks = chunks.length;
    const { soon, later } = await this.#queue();
    const guidelines = await this.#absent(this.#guidelineImages());
    const others = await this.#others([...soon, ...guidelines, ...later]);
    this.#missingNear = soon.length + later.length + guidelines.length;
    if (this.#isClosed || this.#isFull) return;
    // Nothing can be labelled before the first chunk is here; then its images come before the other chunks.
    const first = this.#session.projection.chunks.length === 0 ? 1 : 0;
    this.#exchange.want([
      ...chunks.slice(0, first).map((hash) => wantedChunk(hash, true)),
      ...soon.map((image) => wantedImage(image, true)),
      ...chunks.slice(first).map((hash) => wantedChunk(hash, false)),
      ...guidelines.map((image) => wantedImage(image, false)),
      ...later.map((image) => wantedImage(image, false)),
      ...others.map((image) => wantedImage(image, false)),
    ]);
    this.#surveyOn();
  }

  /** The images of the queue that are not here, as far as they fit into the budget together with those that are. */
  async #queue(): Promise<{ readonly soon: ImageRef[]; readonly later: ImageRef[] }> {
    const { soon, later } = await queueImages(this.#session, this.#lookedAt, this.#peers.claims());
    const { limit } = await this.#budget.read();
    let bytes = 0;
    // The first is what the person looks at: it comes even where it is all that there is room for.
    const fits = ({ size }: ImageRef) => (bytes += size ?? 0) <= limit || bytes === size;
    const [near, far] = [soon.filter(fits), later.filter(fits)];
    this.#budget.protect(new Set([...near, ...far].map(({ hash }) => hash)));
    return { soon: await this.#absent(near), later: await this.#absent(far) };
  }

  /**
   * Images from all over the project, as far as there is room without dropping any.
   *
   * @param near those that come before them
   */
  async #others(near: readonly ImageRef[]): Promise<ImageRef[]> {
    const { fetched, limit } = await this.#budget.read();
    let room = limit - fetched - near.reduce((sum, { size }) => sum + (size ?? 0), 0);
    const fitting = [...this.#atLarge.values()].filter(({ size }) => (room -= size ?? 0) >= 0);
    this.#hasRoom = fitting.length === this.#atLarge.size;
    return fitting;
  }

  #guidelineImages(): ImageRef[] {
    const { schema } = this.#session.projection;
    if (this.#guidelines?.schema !== schema) {
      this.#guidelines = { schema, images: referencedImages(JSON.stringify(schema)).slice(0, MAX_GUIDELINE_IMAGES) };
    }
    return this.#guidelines.images.map((hash) => ({ hash, size: null, chunk: null }));
  }

  async #absent(images: readonly ImageRef[]): Promise<ImageRef[]> {
    if (images.length === 0) return [];
    const here = await this.#session.store.has(
      'blobs',
      images.map(({ hash }) => hash),
    );
    return images.filter(({ hash }) => !here.has(hash));
  }

  /** Looks through the project's chunks for images that are missing, a chunk at a time. */
  #surveyOn(): void {
    if (this.#isSurveying || this.#isClosed) return;
    this.#isSurveying = true;
    this.#device.later(SURVEY_EVERY_MS, () => {
      void this.#surveyNext()
        .catch(() => false)
        .then((goesOn) => {
          this.#isSurveying = false;
          if (goesOn) this.#surveyOn();
        });
    });
  }

  /** Whether there is more to be looked at now. */
  async #surveyNext(): Promise<boolean> {
    if (this.#isClosed || !this.#exchange.hasPeers) return false;
    for (const [hash, image] of this.#atLarge) {
      if (!this.#exchange.mayCome(wantedImage(image, false))) this.#atLarge.delete(hash);
    }
    if (this.#atLarge.size >= AT_LARGE) return this.#survey.count();
    const { projection } = this.#session;
    const found = await this.#survey.next(projection.find(this.#lookedAt ?? ''));
    if (!found) return false;
    for (const image of found) this.#atLarge.set(image.hash, image);
    if (found.length > 0) this.#plan();
    return true;
  }

  // ---------------------------------------------------------------- what comes

  /** Stores what came, where it is still something that the logs name. */
  async #take(wanted: Wanted, content: Content): Promise<void> {
    const taking = wanted.kind === 'chunk' ? this.#takeChunk(wanted, content) : this.#takeImage(wanted, content);
    const kept = await taking.catch((error: unknown) => err(storageFault(error, this.#session.store.name)));
    // The project may have been closed while it was stored.
    if (this.#isClosed) return;
    if (!kept.ok) this.#fail(kept.error);
    else {
      this.#isFullTold = false;
      if (wanted.kind === 'blob') this.#arrived.push(wanted.hash);
    }
    this.#tell();
  }

  async #takeChunk({ hash }: Wanted, content: Content): Promise<Result<unknown>> {
    return this.#chunks.take(hash, await bytesOf(content));
  }

  async #takeImage({ hash, tag: chunk }: Wanted, content: Content): Promise<Result<unknown>> {
    // The type is that of the content, as at import: what a peer might call it counts for nothing.
    const type = readImageHeader(await bytesOf(content.slice(0, HEADER_BYTES)))?.type ?? '';
    const kept = await this.#budget.keep(hash, new Blob([content], { type }));
    if (kept.ok) {
      this.#atLarge.delete(hash);
      if (chunk !== null) this.#survey.arrived(chunk);
    }
    return kept;
  }

  /** A peer has got what it lacked when it was asked for it. */
  #hearOffer({ kind, hash, size, tag: chunk }: Wanted): void {
    if (kind === 'blob' && this.#atLarge.size < AT_LARGE) this.#atLarge.set(hash, { hash, size, chunk });
    this.#plan();
  }

  /** Tells of what came: at once, and then what comes within a moment together. */
  #tell(): void {
    if (this.#telling || this.#isClosed) return;
    this.#telling = true;
    this.#device.later(0, () => {
      this.#tellNow();
      this.#device.later(TOLD_EVERY_MS, () => {
        this.#telling = false;
        if (this.#arrived.length > 0 || this.#chunks.hasRead) this.#tell();
      });
    });
  }

  #tellNow(): void {
    if (this.#isClosed) return;
    if (this.#chunks.add()) {
      this.#session.notifyCounters();
      // So that the next opening need not read every chunk again.
      if (this.#chunks.missing().length === 0) void this.#session.checkpoint();
    }
    const blobs = this.#arrived.splice(0);
    if (blobs.length > 0) this.#notify({ type: 'arrived', blobs });
    this.#plan();
  }

  /** Where nothing can be stored, nothing is asked for until there may be room. */
  #fail(error: ConcordError): void {
    this.#exchange.want([]);
    if (this.#isFull) return;
    this.#isFull = true;
    if (!this.#isFullTold)
      this.#notify({ type: 'failed', error: error.code === 'storage.full' ? fault('peers.no-room', '') : error });
    this.#isFullTold = true;
    this.#device.later(FULL_FOR_MS, () => {
      this.#isFull = false;
      this.#plan();
    });
  }

  /** Notes that an item's image is shown. */
  async #used(id: ItemId): Promise<void> {
    const item = this.#session.projection.find(id);
    const image = item < 0 ? null : imageOf(await this.#session.reader.record(item), null);
    if (image) await this.#budget.use(image.hash);
  }
}

/** What came whole; as a Blob where it is large. */
type Content = Uint8Array<ArrayBuffer> | Blob;

const bytesOf = async (content: Content): Promise<Uint8Array> =>
  content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;

const BROWSER: ContentsDevice = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  later: (ms, work) => void setTimeout(work, ms),
  quota: async () => (await navigator.storage.estimate()).quota ?? null,
};

/** What is stored here, as peers are given it. */
const shelfOf = ({ store }: Session): BlobShelf => ({
  async content(kind, hash) {
    if (kind === 'blob') return store.blob(hash);
    const bytes = await store.chunk(hash);
    return bytes ? new Blob([bytes as Uint8Array<ArrayBuffer>]) : null;
  },
  has: (kind, hashes) => store.has(kind === 'blob' ? 'blobs' : 'chunks', hashes),
});
