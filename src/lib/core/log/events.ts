import type { FieldValue, Values, ValuesOrigin } from '../model/annotation';
import type { AuthorId, Hash, ItemId } from '../model/ids';
import type { Role, Settings } from '../model/project';
import type { Schema } from '../model/schema';

/** What happens to the project as a whole; its order across authors matters and is (lamport, author, seq). */
export type ControlEvent =
  | {
      readonly type: 'project.founded';
      /** Version of the event vocabulary. */
      readonly version: 1;
      readonly name: string;
      /** The founder's display name. */
      readonly founder: string;
      /** Ed25519 public key, 32 bytes, whose private half is the recovery code. */
      readonly recovery: Uint8Array;
      /** 16 random bytes, so that no two projects are the same. */
      readonly nonce: Uint8Array;
    }
  | { readonly type: 'owner.added'; readonly author: AuthorId; readonly name: string; readonly proof?: Uint8Array }
  | { readonly type: 'settings.changed'; readonly settings: Partial<Settings> }
  | { readonly type: 'schema.changed'; readonly schema: Schema }
  | { readonly type: 'items.added'; readonly chunk: Hash; readonly count: number }
  | { readonly type: 'items.removed'; readonly items: readonly ItemId[] }
  | {
      readonly type: 'invite.issued';
      /** Ed25519 public key of the invite, 32 bytes. */
      readonly invite: Uint8Array;
      readonly role: Exclude<Role, 'owner'>;
      /** Milliseconds since the epoch; guides honest clients only. */
      readonly expires: number;
      readonly note: string;
    }
  | {
      readonly type: 'invite.withdrawn';
      readonly invite: Uint8Array;
      /** Who had joined by it until then; nobody else is admitted by it afterwards. */
      readonly admitted: readonly AuthorId[];
    }
  | {
      readonly type: 'member.joined';
      readonly name: string;
      readonly invite: Uint8Array;
      /** The joining author's public key, signed by the invite key. */
      readonly proof: Uint8Array;
    }
  | {
      readonly type: 'member.changed';
      readonly author: AuthorId;
      readonly role: Role | 'none';
      /** The last commit of theirs that still counts under their former role; `seq` -1: none does. */
      readonly asOf: { readonly seq: number; readonly hash: Uint8Array };
    }
  /** A public key that others encrypt to this author with: ECDH over P-256, the 65 bytes of an uncompressed point. */
  | { readonly type: 'key.published'; readonly key: Uint8Array }
  /** Answers that are known, readable by owners and reviewers only: see core/workflow/gold. Later ones of the same item hold. */
  | { readonly type: 'gold.set'; readonly sealed: Uint8Array; readonly keys: readonly SealedKey[] }
  /** The key of earlier `gold.set` events, for whoever became an owner or a reviewer since. */
  | { readonly type: 'gold.shared'; readonly of: Hash; readonly keys: readonly SealedKey[] }
  /** Answers that everybody may know: of items to practise on, and where annotators are told at once how they did. */
  | { readonly type: 'gold.disclosed'; readonly answers: readonly DisclosedAnswer[] }
  /** Items that everybody is asked, whoever answered them already: what is gold among them is not told. */
  | { readonly type: 'items.dealt'; readonly purpose: 'probe' | 'practice'; readonly items: readonly ItemId[] }
  /** `reason` '' lets them go on. */
  | { readonly type: 'member.paused'; readonly author: AuthorId; readonly reason: string }
  /** A named state: everything that these logs held up to these lengths. */
  | { readonly type: 'snapshot.taken'; readonly name: string; readonly heads: readonly SnapshotHead[] }
  | { readonly type: 'queue.ordered'; readonly strategy: string; readonly chunk: Hash }
  | { readonly type: 'predictions.published'; readonly model: string; readonly chunk: Hash };

/** A content key, sealed to one member by ECDH with a key pair that is used once. */
export interface SealedKey {
  readonly author: AuthorId;
  /** The 65 bytes of the point that the sender's half of the pair is. */
  readonly ephemeral: Uint8Array;
  /** AES-256-GCM of the 32 bytes of the content key: 48 bytes. */
  readonly wrapped: Uint8Array;
}

export interface DisclosedAnswer {
  readonly item: ItemId;
  readonly values: Values;
  /** Why it is so, for whoever learns from it; '' for nothing. */
  readonly why: string;
}

/** How far an author's log goes: `hash` is that of its commit before `length`. */
export interface SnapshotHead {
  readonly author: AuthorId;
  readonly length: number;
  readonly hash: Uint8Array;
}

/** What one author says of one item; only the order within that author's log matters. */
export type ItemEvent =
  | {
      readonly type: 'annotation.submitted';
      readonly item: ItemId;
      readonly values: Values;
      /** Version of the schema that the values were made under. */
      readonly schema: number;
      /** Milliseconds from the item's appearing to the submission; 0 where nobody looked. */
      readonly leadMs: number;
      readonly from: ValuesOrigin;
      readonly note?: string;
    }
  /** Takes back the author's annotation or skip: the item is as if they had not answered. */
  | { readonly type: 'annotation.withdrawn'; readonly item: ItemId }
  | { readonly type: 'item.skipped'; readonly item: ItemId; readonly leadMs: number }
  /** `reason` '' takes the author's flag back. */
  | { readonly type: 'item.flagged'; readonly item: ItemId; readonly reason: string }
  | { readonly type: 'comment.added'; readonly item: ItemId; readonly text: string }
  | { readonly type: 'review.decided'; readonly item: ItemId; readonly verdict: 'accepted' | 'rejected' | 'none' }
  /** `values` null takes the resolution back. */
  | { readonly type: 'item.resolved'; readonly item: ItemId; readonly values: Values | null };

/** From a newer version of Concord: kept, passed on, and ignored. */
export interface UnknownEvent {
  readonly type: `unknown:${string}`;
  readonly raw: unknown;
}

export type KnownEvent = ControlEvent | ItemEvent;
export type LogEvent = KnownEvent | UnknownEvent;

const ITEM_EVENTS: ReadonlySet<string> = new Set<ItemEvent['type']>([
  'annotation.submitted',
  'annotation.withdrawn',
  'item.skipped',
  'item.flagged',
  'comment.added',
  'review.decided',
  'item.resolved',
]);

export const isItemEvent = (event: LogEvent): event is ItemEvent => ITEM_EVENTS.has(event.type);

export const isControlEvent = (event: LogEvent): event is ControlEvent =>
  !isItemEvent(event) && !event.type.startsWith('unknown:');

/** One model's proposal for one item, as stored in a prediction chunk. */
export interface Prediction {
  readonly item: ItemId;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Calibrated probability of being right, 0 to 1; null where the source gave none. */
  readonly confidence: number | null;
}
