import { fromBase32, toBase32 } from '#core/model/base32';
import type { Hash } from '#core/model/ids';
import { MAX_FRAME } from './channel';

/** What is exchanged by hash: batches of items or predictions, and files. */
export type ContentKind = 'chunk' | 'blob';

/** What goes over the `blobs` channel, a frame each. `id` is the number that the asking side gave its want. */
export type BlobMessage =
  /** Asks for a content from a byte on. */
  | {
      readonly type: 'want';
      readonly id: number;
      readonly kind: ContentKind;
      readonly hash: Hash;
      readonly offset: number;
    }
  /** Takes a want back; it ends nevertheless. */
  | { readonly type: 'cancel'; readonly id: number }
  /** The content is here, with so many bytes in all; pieces follow. */
  | { readonly type: 'start'; readonly id: number; readonly size: number }
  /** The next bytes. */
  | { readonly type: 'piece'; readonly id: number; readonly bytes: Uint8Array }
  /** Nothing follows: it was sent to its end, taken back, or could not be read on. */
  | { readonly type: 'end'; readonly id: number }
  /** The content is not here; should it come, `have` tells. */
  | { readonly type: 'absent'; readonly id: number }
  /** A content that the other side asked for in vain has come. */
  | { readonly type: 'have'; readonly kind: ContentKind; readonly hash: Hash };

/** In the order of their numbers on the wire. */
const TYPES = ['want', 'cancel', 'start', 'piece', 'end', 'absent', 'have'] as const;
const KINDS = ['chunk', 'blob'] as const;
/** Type and id. */
const HEAD = 5;
const HASH = 32;
const NUMBER = 8;

/** Bytes of a content that fit into one frame. */
export const PIECE = MAX_FRAME - HEAD;

export function encodeBlobMessage(message: BlobMessage): Uint8Array {
  const bytes = new Uint8Array(sizeOf(message));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, TYPES.indexOf(message.type));
  if (message.type !== 'have') view.setUint32(1, message.id);
  switch (message.type) {
    case 'want':
      writeName(bytes, HEAD, message);
      view.setBigUint64(HEAD + 1 + HASH, BigInt(message.offset));
      break;
    case 'start':
      view.setBigUint64(HEAD, BigInt(message.size));
      break;
    case 'piece':
      bytes.set(message.bytes, HEAD);
      break;
    case 'have':
      writeName(bytes, 1, message);
      break;
    case 'cancel':
    case 'end':
    case 'absent':
      break;
  }
  return bytes;
}

/** @returns null for bytes that are no message */
export function decodeBlobMessage(bytes: Uint8Array): BlobMessage | null {
  const type = TYPES[bytes[0] ?? TYPES.length];
  if (type === undefined) return null;
  if (type === 'have') {
    const name = readName(bytes, 1);
    return name && bytes.length === 2 + HASH ? { type, ...name } : null;
  }
  if (bytes.length < HEAD) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const id = view.getUint32(1);
  switch (type) {
    case 'want': {
      const name = readName(bytes, HEAD);
      const offset = readNumber(view, HEAD + 1 + HASH);
      return name && offset !== null ? { type, id, ...name, offset } : null;
    }
    case 'start': {
      const size = readNumber(view, HEAD);
      return size === null ? null : { type, id, size };
    }
    case 'piece':
      return bytes.length > HEAD ? { type, id, bytes: bytes.subarray(HEAD) } : null;
    case 'cancel':
    case 'end':
    case 'absent':
      return bytes.length === HEAD ? { type, id } : null;
  }
}

function sizeOf(message: BlobMessage): number {
  switch (message.type) {
    case 'want':
      return HEAD + 1 + HASH + NUMBER;
    case 'start':
      return HEAD + NUMBER;
    case 'piece':
      return HEAD + message.bytes.length;
    case 'have':
      return 2 + HASH;
    case 'cancel':
    case 'end':
    case 'absent':
      return HEAD;
  }
}

interface Name {
  readonly kind: ContentKind;
  readonly hash: Hash;
}

function writeName(bytes: Uint8Array, at: number, { kind, hash }: Name): void {
  const digest = fromBase32(hash);
  if (digest?.length !== HASH) throw new Error(`not a hash: ${hash}`);
  bytes[at] = KINDS.indexOf(kind);
  bytes.set(digest, at + 1);
}

function readName(bytes: Uint8Array, at: number): Name | null {
  const kind = KINDS[bytes[at] ?? KINDS.length];
  if (kind === undefined || bytes.length < at + 1 + HASH) return null;
  return { kind, hash: toBase32(bytes.subarray(at + 1, at + 1 + HASH)) };
}

/** A count of bytes that ends the frame; null where there is none, or a greater one than any content has. */
function readNumber(view: DataView, at: number): number | null {
  if (view.byteLength !== at + NUMBER) return null;
  const number = view.getBigUint64(at);
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : null;
}
