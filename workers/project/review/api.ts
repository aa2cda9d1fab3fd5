import type { Values } from '#core/model/annotation';
import type { AuthorId, ClassId, FieldId, ItemId } from '#core/model/ids';
import type { Result } from '#core/result';
import type { ItemView } from '../shown-item';

/** Looking at what several people said, and deciding. */
export interface ReviewApi {
  reviewQueue(request: ReviewRequest): Promise<Result<ReviewPage>>;
  /** Everything that was said of an item, side by side. */
  reviewItem(item: ItemId): Promise<Result<ReviewItem>>;
  /**
   * Says whether the answers are right; `none` takes this person's last verdict back, if it is of the answers as they are now. An
   * annotator's is that of a peer.
   *
   * @param why a comment that goes with it; '' for none
   */
  decide(item: ItemId, verdict: 'accepted' | 'rejected' | 'none', why: string): Promise<Result<null>>;
  /** Says what the item is, whatever its annotators said; null takes the resolution back. */
  resolve(item: ItemId, values: Values | null): Promise<Result<null>>;
  comment(item: ItemId, text: string): Promise<Result<null>>;
}

/** Which items are to be looked at. All conditions hold together. */
export interface ReviewFilter {
  /**
   * `waiting`: all that wait for this person's decision, the most urgent first; `disagreed`: two or more answers that differ, the
   * most different first; `unsure`: least certain consensus first; `suspect`: labels that the others' labels speak against;
   * `annotated`: all that anybody answered.
   */
  readonly which: 'waiting' | 'disputed' | 'in-review' | 'disagreed' | 'unsure' | 'suspect' | 'annotated';
  /** Items that all of these answered; empty: whoever. */
  readonly authors: readonly AuthorId[];
  /** Items of which somebody said the one class and somebody the other; null: whatever. */
  readonly classes: { readonly field: FieldId; readonly a: ClassId; readonly b: ClassId } | null;
}

export interface ReviewRequest {
  readonly filter: ReviewFilter;
  /** Goes on with a queue that was drawn up before, whatever became of its items since; null: draws it up anew. */
  readonly queue: number | null;
  /** Rows to leave out at the beginning. */
  readonly from: number;
  readonly count: number;
}

export interface ReviewPage {
  readonly queue: number;
  readonly total: number;
  readonly rows: readonly ReviewRow[];
}

export interface ReviewRow {
  readonly item: ItemId;
  readonly name: string;
  /** The text's beginning; '' for an image. */
  readonly excerpt: string;
  readonly status: ItemView['status'];
  readonly annotations: number;
  /** Mean pairwise similarity, 0 to 1; null with fewer than two annotations. */
  readonly agreement: number | null;
  /** Probability of the consensus; null where no model says. */
  readonly confidence: number | null;
  /** Why it is here, in a few words. */
  readonly why: string;
}

export interface ReviewItem {
  readonly view: ItemView;
  /** In an order that says nothing of who they are. */
  readonly answers: readonly ReviewAnswer[];
  readonly consensus: {
    readonly values: Values;
    /** Probability of it, 0 to 1; null where no model says. */
    readonly confidence: number | null;
    /** Of a single-choice question, what each class is likely to be, likeliest first. */
    readonly posterior: Readonly<Record<FieldId, readonly (readonly [ClassId, number])[]>>;
  } | null;
  readonly resolution: { readonly values: Values; readonly author: AuthorId; readonly time: number } | null;
  readonly comments: readonly { readonly author: AuthorId; readonly text: string; readonly time: number }[];
  readonly verdicts: readonly {
    readonly author: AuthorId;
    readonly verdict: 'accepted' | 'rejected';
    readonly time: number;
    /** Whether it is of the answers as they are now. */
    readonly isCurrent: boolean;
  }[];
  /** Whoever is named above; `Annotator A` and so on where names are hidden. */
  readonly names: Readonly<Record<AuthorId, string>>;
  readonly agreement: number | null;
  /** Why it is to be looked at. */
  readonly why: readonly string[];
}

export interface ReviewAnswer {
  readonly author: AuthorId;
  readonly kind: 'annotation' | 'skip';
  readonly values: Values;
  readonly note: string;
  /** Reason of their flag; '' for none. */
  readonly flag: string;
  readonly time: number;
  readonly leadMs: number;
}
