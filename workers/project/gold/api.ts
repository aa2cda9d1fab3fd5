import type { Values } from '#core/model/annotation';
import type { AuthorId, ItemId } from '#core/model/ids';
import type { Result } from '#core/result';

/** Items whose answers are known. */
export interface GoldApi {
  /** Only owners and reviewers get the answers. */
  gold(): Promise<Result<GoldView>>;
  /** Sets or (null) takes back known answers; a gesture that can be undone. */
  setGold(answers: readonly { readonly item: ItemId; readonly values: Values | null }[]): Promise<Result<null>>;
  /** Lets everybody know these answers, for practice and for feedback; it cannot be unsaid. */
  discloseGold(
    answers: readonly { readonly item: ItemId; readonly why: string }[],
    practice: boolean,
  ): Promise<Result<null>>;
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
}

export interface GoldAnswer {
  readonly item: ItemId;
  readonly name: string;
  readonly values: Values;
  readonly isDisclosed: boolean;
  readonly isPractice: boolean;
  /** How many people answered it, and how many of them rightly. */
  readonly answered: number;
  readonly right: number;
}

export interface GoldStanding {
  /** Why this person is paused; '' where they are not. */
  readonly paused: string;
  /** null where nobody practises, or this person need not. */
  readonly practice: {
    readonly done: number;
    readonly of: number;
    readonly right: number;
    readonly bar: number;
  } | null;
}
