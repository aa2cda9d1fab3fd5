import type { AuthorId, ClassId, FieldId } from '../model/ids';
import type { QualityReport } from './quality-report';

/** What is known soon after a label, before the intervals. Items are places in the project's order. */
export interface QualityFigures {
  readonly report: QualityReport;
  /** The coefficient that stands for the project; null where it is not defined. */
  readonly headline: Headline | null;
  /** One for each question of single choice that several people answered any item of. */
  readonly consensus: readonly FieldConsensus[];
}

/** What comes a while later. */
export interface WholeQuality {
  /** With intervals and history. */
  readonly report: QualityReport;
  readonly suspects: readonly SuspectAnswer[];
}

export interface Headline {
  readonly field: FieldId;
  /** Id of the coefficient. */
  readonly coefficient: string;
  readonly value: number;
  /** Answers to the question. */
  readonly labels: number;
}

/** What a truth model makes of the answers to a question of single choice. */
export interface FieldConsensus {
  readonly field: FieldId;
  /** Category -> class; '' stands for "none of these". */
  readonly classes: readonly ClassId[];
  /** Item -> category; -1 for an item that nobody answered. */
  readonly label: Int32Array;
  /** Item -> probability of its label; NaN without one. */
  readonly confidence: Float32Array;
  readonly likely: LikelyClasses;
}

/** The likeliest categories of each item, likeliest first: those of item `i` are from `i * most` on. */
interface LikelyClasses {
  readonly most: number;
  readonly category: Uint16Array;
  /** 0 where an item has fewer. */
  readonly probability: Float32Array;
}

/** An answer that the others' answers speak against. */
export interface SuspectAnswer {
  readonly item: number;
  readonly author: AuthorId;
  readonly field: FieldId;
  readonly said: ClassId;
  readonly likely: ClassId;
  /** Of `said` being right, 0 to 1. */
  readonly probability: number;
}
