import type { Estimate } from '../agreement/estimate';
import type { AuthorId, ClassId, FieldId } from '../model/ids';
import type { Role, Status } from '../model/project';
import type { Field } from '../model/schema';

/** How far a project's labels can be trusted, ready for a dashboard: plain data. */
export interface QualityReport {
  readonly project: string;
  readonly items: number;
  readonly byStatus: Readonly<Record<Status, number>>;
  /** One for each question of the schema, in its order. */
  readonly fields: readonly FieldReport[];
  /** Everybody who annotated anything, most labels first. */
  readonly annotators: readonly AnnotatorReport[];
}

export interface FieldReport {
  readonly field: FieldId;
  readonly name: string;
  readonly kind: Field['kind'];
  /** Items that anybody answered, and those that two or more people did. */
  readonly items: number;
  readonly overlapping: number;
  readonly labels: number;
  readonly annotators: number;
  /** Id of the coefficient that stands for the field, one of `coefficients`. */
  readonly headline: string;
  readonly coefficients: readonly CoefficientReport[];
  /** The headline coefficient after so many labels, oldest first. */
  readonly history: readonly HistoryPoint[];
  /** Pairs of annotators who answered any item both. */
  readonly pairs: readonly PairReport[];
  readonly classes: readonly ClassReport[];
  /** How often two people said one class and another of the same item; of regions, of those that were matched. */
  readonly confusion: readonly ConfusionReport[];
  readonly consensus: ConsensusReport;
}

export interface CoefficientReport {
  readonly id: string;
  readonly name: string;
  readonly estimate: Estimate;
}

export interface HistoryPoint {
  readonly labels: number;
  /** Milliseconds since the epoch, when the last of them was made. */
  readonly at: number;
  /** null where it was not defined yet. */
  readonly value: number | null;
}

export interface PairReport {
  readonly a: AuthorId;
  readonly b: AuthorId;
  /** Items that both answered. */
  readonly items: number;
  readonly estimate: Estimate;
}

export interface ClassReport {
  readonly class: ClassId;
  readonly name: string;
  readonly labels: number;
  /** Of this class against all others. */
  readonly estimate: Estimate;
}

/** `a` comes before `b` in the schema, or is the same. */
export interface ConfusionReport {
  readonly a: ClassId;
  readonly b: ClassId;
  readonly pairs: number;
}

/** Which truth model says what items are. */
export interface ConsensusReport {
  readonly method: string;
  readonly name: string;
  /** Why this one, in a sentence for people. */
  readonly why: string;
  /** Items of which the consensus is less certain than the settings ask for. */
  readonly unsure: number;
}

/** So many of so many, with the 95 % interval of the share (Wilson 1927); `of` 0: nothing to compare with. */
export interface ShareReport {
  readonly right: number;
  readonly of: number;
  readonly ci95: readonly [low: number, high: number] | null;
}

export interface AnnotatorReport {
  readonly author: AuthorId;
  readonly name: string;
  readonly role: Role | 'none';
  readonly isPaused: boolean;
  readonly labels: number;
  readonly skipped: number;
  /** null before the first answer that was timed. */
  readonly medianLeadMs: number | null;
  /** Answers that were given faster than anybody can look. */
  readonly rushed: number;
  /** Mean similarity with the others' answers to the same items, 0 to 1. */
  readonly withOthers: { readonly value: number; readonly items: number } | null;
  readonly withConsensus: ShareReport;
  /** With the resolutions that experts made. */
  readonly withExperts: ShareReport;
  /** With known answers; counts nothing where this device cannot read them. */
  readonly withGold: ShareReport;
  /** With their own former answers to items that they were asked again. */
  readonly withSelf: ShareReport;
  /** What the truth model makes of them, 0 to 1; null without one. */
  readonly skill: number | null;
  /** The confusions that they make most, of single-choice questions. */
  readonly confusions: readonly {
    readonly field: FieldId;
    readonly said: ClassId;
    readonly consensus: ClassId;
    readonly count: number;
  }[];
  /** Agreement with consensus by hundred labels, oldest first. */
  readonly trend: readonly { readonly labels: number; readonly value: number }[];
  /** What sets them apart, in sentences for people. */
  readonly concerns: readonly string[];
}
