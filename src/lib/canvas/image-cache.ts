import { detailFor, type Picture, type PictureSource } from './decode';
import type { Size } from './viewport';

export interface PictureRequest {
  readonly key: string;
  readonly source: PictureSource;
  /** Device pixels that the picture will fill; null for all that the image has. */
  readonly target: Size | null;
}

export type PictureState =
  { readonly state: 'loading' } | { readonly state: 'ready'; readonly picture: Picture } | { readonly state: 'broken' };

interface Entry {
  request: PictureRequest;
  picture: Picture | null;
  broken: boolean;
  decoding: boolean;
}

const LOADING: PictureState = { state: 'loading' };
const BROKEN: PictureState = { state: 'broken' };

/** Decoding uses cores that the page and the worker need as well. */
const AT_ONCE = 2;

/**
 * Holds decoded pictures for exactly the items that are wanted: the one on the screen and those that follow. What is no
 * longer wanted is closed at once, so that memory does not grow with the number of pictures seen.
 */
export class ImageCache {
  readonly #decode: (source: PictureSource, target: Size | null) => Promise<Picture>;
  readonly #changed: (key: string) => void;
  readonly #entries = new Map<string, Entry>();
  #order: readonly string[] = [];
  #running = 0;

  /** @param changed called when the state of a wanted picture changed */
  constructor(
    decode: (source: PictureSource, target: Size | null) => Promise<Picture>,
    changed: (key: string) => void,
  ) {
    this.#decode = decode;
    this.#changed = changed;
  }

  /** Says which pictures are needed now, the most urgent first. */
  want(requests: readonly PictureRequest[]): void {
    this.#order = requests.map(({ key }) => key);
    const wanted = new Set(this.#order);
    for (const [key, entry] of this.#entries) {
      if (wanted.has(key)) continue;
      entry.picture?.close();
      this.#entries.delete(key);
    }
    for (const request of requests) {
      const entry = this.#entries.get(request.key);
      if (entry) entry.request = request;
      else this.#entries.set(request.key, { request, picture: null, broken: false, decoding: false });
    }
    this.#pump();
  }

  state(key: string): PictureState {
    const entry = this.#entries.get(key);
    if (entry?.picture) return { state: 'ready', picture: entry.picture };
    return entry?.broken ? BROKEN : LOADING;
  }

  /** Tries a broken picture once more. */
  retry(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    entry.broken = false;
    this.#changed(key);
    this.#pump();
  }

  close(): void {
    this.want([]);
  }

  #pump(): void {
    for (const key of this.#order) {
      const entry = this.#entries.get(key)!;
      // The picture on the screen does not wait for those that follow it.
      const urgent = key === this.#order[0];
      if (this.#running >= AT_ONCE && !urgent) return;
      if (!entry.decoding && lacks(entry)) void this.#fill(key, entry);
    }
  }

  async #fill(key: string, entry: Entry): Promise<void> {
    entry.decoding = true;
    this.#running++;
    const picture = await this.#decode(entry.request.source, entry.request.target).catch(() => null);
    this.#running--;
    entry.decoding = false;
    if (this.#entries.get(key) !== entry) picture?.close();
    else {
      const before = entry.picture;
      entry.picture = picture ?? before;
      // One that cannot be had sharper stays as it is, rather than being tried for ever.
      entry.broken = picture === null;
      this.#changed(key);
      if (picture) before?.close();
    }
    this.#pump();
  }
}

/** Whether the entry has no picture, or one with clearly fewer pixels than are asked for. */
function lacks({ picture, broken, request }: Entry): boolean {
  if (broken) return false;
  return picture === null || picture.detail < 0.9 * detailFor(picture.size, request.target);
}
