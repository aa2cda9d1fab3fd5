import type { Draft, Values } from '#core/model/annotation';
import type { Hash, ItemId } from '#core/model/ids';
import type { ImageFacts, Source, Turn } from '#core/model/item';
import type { Status } from '#core/model/project';

export type ItemContent =
  | { readonly kind: 'text'; readonly text: string; readonly context?: readonly Turn[] }
  /** The blob is a handle; its bytes are read when it is decoded. null: not on this device. */
  | { readonly kind: 'image'; readonly hash: Hash; readonly blob: Blob | null; readonly facts: ImageFacts }
  | { readonly kind: 'image-url'; readonly url: string };

export interface ItemView {
  readonly id: ItemId;
  /** Zero-based place in queue order. */
  readonly position: number;
  readonly name: string;
  readonly content: ItemContent;
  readonly sources: readonly Source[];
  readonly status: Status;
  /** This author's current answer, read under the current schema. */
  readonly mine: ({ readonly kind: 'annotation' } & Draft) | { readonly kind: 'skip' } | null;
  /** How often this author annotated it before, where they are asked once more and `mine` does not show it; else 0. */
  readonly asked: number;
  readonly draft: Draft | null;
  /** The best proposal of a model or an import. */
  readonly prediction: { readonly model: string; readonly values: Values; readonly confidence: number | null } | null;
  /** This author's flag; '' when there is none. */
  readonly flag: string;
  readonly feedback: Feedback | null;
}

/** What others said of this person's answer to an item. */
export interface Feedback {
  /** Whether a reviewer rejected it, and the person has not answered since. */
  readonly isSentBack: boolean;
  /** How often it was sent back. */
  readonly rounds: number;
  /** Name of whoever sent it back, or spoke last; '' for nobody since the answer. */
  readonly by: string;
  /** What they wrote; '' for nothing. */
  readonly text: string;
}
