import { encode } from '@ipld/dag-cbor';
import { toBase32 } from './base32';
import { sha256 } from './hash';
import type { Hash, ItemId } from './ids';

/** An utterance of a dialogue. */
export interface Turn {
  /** '' where it is not known. */
  readonly speaker: string;
  readonly text: string;
}

/** What is to be labelled, and nothing else: two items with equal data are the same item. */
export type ItemData =
  /** `context`: the turns of a dialogue before this one, absent where there are none. A "yes" is another item after another question. */
  | { readonly kind: 'text'; readonly text: string; readonly context?: readonly Turn[] }
  /** A stored image file, by the hash of its bytes. */
  | { readonly kind: 'image'; readonly blob: Hash }
  /** An image that stays where it is; labelled where the browser can show it. */
  | { readonly kind: 'image-url'; readonly url: string };

/** Where an item came from. A duplicate is one item with several sources. */
export interface Source {
  /** Path of the file within what was dropped, with `/`, for example `train.csv` or `photos.zip/a/1.jpg`. */
  readonly file: string;
  /** One-based record number within a table or a line file; absent for a whole file. */
  readonly row?: number;
  /** Further columns of that record, by column name. */
  readonly meta?: Readonly<Record<string, string>>;
}

/** What was read from an image's file when it was imported. */
export interface ImageFacts {
  /** Pixels of the upright image (EXIF orientation applied). */
  readonly width: number;
  readonly height: number;
  /** MIME type by content, not by name: `image/png`. */
  readonly type: string;
  /** Bytes of the file. */
  readonly size: number;
}

export interface ItemRecord {
  readonly data: ItemData;
  readonly sources: readonly Source[];
  readonly image?: ImageFacts;
}

/** The content address of an item: deterministic on every device. */
export function itemId(data: ItemData): ItemId {
  return toBase32(sha256(encode(data)).subarray(0, 16));
}

/** A short name for lists: the first source's file, with its row. */
export function itemName(record: ItemRecord): string {
  const source = record.sources[0];
  if (!source) return record.data.kind === 'image-url' ? record.data.url : 'item';
  return source.row === undefined ? source.file : `${source.file} #${source.row}`;
}
