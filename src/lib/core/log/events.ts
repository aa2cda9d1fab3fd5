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
  | { readonly type: 'queue.ordered'; readonly strategy: string; readonly chunk: Hash }
  | { readonly type: 'predictions.published'; readonly model: string; readonly chunk: Hash };

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
