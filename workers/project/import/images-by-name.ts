import { fault, type ConcordError } from '#core/errors';
import type { Hash, ItemId } from '#core/model/ids';
import type { ImageFacts, ItemRecord } from '#core/model/item';
import type { Session } from '../session';

interface KnownImage {
  readonly facts: ImageFacts;
  readonly blob: Hash;
}

interface NamedImage {
  readonly item: number;
  /** A path under which it was imported. */
  readonly file: string;
}

/** Finds images that the project has, for labels that come without them. */
export class ImagesByName {
  readonly #session: Session;
  /** By the last part of their paths. */
  #index: Promise<ReadonlyMap<string, readonly NamedImage[]>> | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The image with this id, null where the project has none. */
  async byId(id: ItemId): Promise<ItemRecord | null> {
    const item = this.#session.projection.findSettled(id);
    return item < 0 ? null : this.#session.reader.record(item);
  }

  /**
   * The one image whose path ends like this, or else whose file has this name; null where there is none, or where there
   * are several, which is an issue. The first call reads the names of all items.
   */
  async byPath(path: string, onIssue: (issue: ConcordError) => void): Promise<KnownImage | null> {
    this.#index ??= this.#read();
    const named = (await this.#index).get(baseName(path)) ?? [];
    const nearer = named.filter(({ file }) => file === path || file.endsWith(`/${path}`));
    const items = new Set((nearer.length > 0 ? nearer : named).map(({ item }) => item));
    const [item] = items;
    if (item === undefined) return null;
    if (items.size === 1) return knownImage(await this.#session.reader.record(item));
    onIssue(fault('import.image-ambiguous', path, { items: items.size }));
    return null;
  }

  async #read(): Promise<ReadonlyMap<string, readonly NamedImage[]>> {
    const { projection, reader } = this.#session;
    const index = new Map<string, NamedImage[]>();
    for await (const batch of reader.records(projection.order)) {
      for (const { item, record } of batch) {
        if (record.data.kind !== 'image') continue;
        for (const { file } of record.sources) {
          const named = index.get(baseName(file));
          if (named) named.push({ item, file });
          else index.set(baseName(file), [{ item, file }]);
        }
      }
    }
    return index;
  }
}

const knownImage = ({ data, image }: ItemRecord): KnownImage | null =>
  data.kind === 'image' && image ? { facts: image, blob: data.blob } : null;

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
