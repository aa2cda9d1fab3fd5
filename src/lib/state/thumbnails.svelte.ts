import type { ItemId } from '#core/model/ids';
import type { ImageHosts } from './image-hosts.svelte';
import type { ProjectApi } from '#workers/project/api';

/** Thumbnails that are kept; many times what a screen shows. */
const KEPT = 400;

/** What the thumbnails need of the browser. */
export interface ObjectUrls {
  createObjectURL(blob: Blob): string;
  revokeObjectURL(url: string): void;
}

/** Addresses of thumbnails. Those that were asked for longest ago are given back, so that memory stays bounded. */
export class Thumbnails {
  readonly #client: Pick<ProjectApi, 'thumbnail'>;
  readonly #urls: ObjectUrls;
  readonly #hosts: Pick<ImageHosts, 'shows'>;
  readonly #known = new Map<ItemId, Promise<string | null>>();
  /** Items that have no thumbnail: its image is not on this device, or cannot be drawn. */
  readonly #lacking = new Set<ItemId>();
  /** Counts the times that images came. */
  #round = $state(0);

  constructor(client: Pick<ProjectApi, 'thumbnail'>, urls: ObjectUrls, hosts: Pick<ImageHosts, 'shows'>) {
    this.#client = client;
    this.#urls = urls;
    this.#hosts = hosts;
  }

  /** The address of an item's thumbnail; null when it has none or none can be made. To be asked again when images have come. */
  url(item: ItemId): Promise<string | null> {
    void this.#round;
    const url = this.#known.get(item) ?? this.#load(item);
    this.#known.delete(item);
    this.#known.set(item, url);
    if (this.#known.size > KEPT) {
      const [oldest] = this.#known;
      if (oldest) this.#drop(...oldest);
    }
    return url;
  }

  /** Images have come that were not on this device: what had no thumbnail may have one. */
  arrived(): void {
    if (this.#lacking.size === 0) return;
    for (const item of this.#lacking) this.#known.delete(item);
    this.#lacking.clear();
    this.#round++;
  }

  /** Whether the image at an address may be loaded from its host. */
  shows(address: string): boolean {
    return this.#hosts.shows(address);
  }

  close(): void {
    for (const entry of this.#known) this.#drop(...entry);
  }

  async #load(item: ItemId): Promise<string | null> {
    const made = await this.#client.thumbnail(item);
    if (made.ok && made.value) return this.#urls.createObjectURL(made.value);
    this.#lacking.add(item);
    return null;
  }

  #drop(item: ItemId, url: Promise<string | null>): void {
    this.#known.delete(item);
    this.#lacking.delete(item);
    void url.then((made) => {
      if (made !== null) this.#urls.revokeObjectURL(made);
    });
  }
}
