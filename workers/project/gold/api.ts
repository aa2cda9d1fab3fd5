import type { Values } from '#core/model/annotation';
import type { AuthorId, ItemId } from '#core/model/ids';
import type { Result } from '#core/result';

/** Items whose answers are known. */
export interface GoldApi {
  /** Only owners and reviewers get the answers. */
  gold(): Promise<Result<GoldView>>;
  /** Sets or (null) takes back known answers; a gesture that can be undone. */
  setGold(answers: readonly { readonly item: ItemId; readonly values: Values | null }[]): Promise<Result<null>>;
  /** Makes every item that was resolved, and is not gold, gold with its resolution; a gesture that can be undone. */
  setGoldFromResolved(): Promise<Result<{ readonly set: number }>>;
  /** Lets everybody know these answers, for practice and for feedback; it cannot be unsaid. */
  discloseGold(
    answers: readonly { readonly item: ItemId; readonly why: string }[],
    practice: boolean,
  ): Promise<Result<null>>;
  /** Pauses an annotator; '' lets them go on, and only what they answer from then on is held against the bar. */
  pauseMember(author: AuthorId, reason: string): Promise<Result<null>>;
  /** What holds for this person: whether they are paused, are to practise first, and how they did. */
  standing(): Promise<Result<GoldStanding>>;
}

export interface GoldView {
  /** Whether this device can read the answers: it cannot until an owner's device has shared the key. */
  readonly isReadable: boolean;
  readonly answers: readonly GoldAnswer[];
  /** Items that everybody is asked, gold or not. */
  readonly dealt: number;
  /** Items that were resolved and are not gold. */
  readonly resolved: number;
  /** Who sealed answers that this device was given the key of and cannot open; nothing of them counts. */
  readonly ignored: readonly string[];
  /** Everybody who may be paused. */
  readonly annotators: readonly GoldAnnotator[];
}

export interface GoldAnswer {
  readonly item: ItemId;
  readonly name: string;
  readonly values: Values;
  readonly isDisclosed: boolean;
  readonly isPractice: boolean;
  /** How many annotators answered it, and how many of them rightly. */
  readonly answered: number;
  readonly right: number;
}

export interface GoldAnnotator {
  readonly author: AuthorId;
  readonly name: string;
  /** Known answers that they gave since they were last let go on, and how many of them were right. */
  readonly answered: number;
  readonly right: number;
  /** Why they are paused; '' where they are not. */
  readonly paused: string;
}

export interface GoldStanding {
  /** Why this person is paused; '' where they are not. */
  readonly paused: string;
  /** null where nobody practises, or this person need not. */
  readonly practice: PracticeView | null;
  /** How the last answer was, where the true one may be told; null otherwise. */
  readonly feedback: GoldFeedback | null;
}

export interface PracticeView {
  readonly done: number;
  readonly of: number;
  readonly right: number;
  readonly bar: number;
  /**
   * `under-way`: a round has begun, or is to; `failed`: it is over, and too little was right; `passed`: enough was, and nothing has been
   * labelled since; `over`: real items are under way.
   */
  readonly state: 'under-way' | 'failed' | 'passed' | 'over';
  /** What to begin the round with; null where practice is over. */
  readonly next: ItemId | null;
}

export interface GoldFeedback {
  readonly item: ItemId;
  readonly name: string;
  readonly isRight: boolean;
  /** What the answer would have been. */
  readonly values: Values;
  /** Why it is so; '' where nobody wrote it down. */
  readonly why: string;
}
