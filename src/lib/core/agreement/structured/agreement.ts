import type { ClassId } from '../../model/ids';
import type { Estimate } from '../estimate';

/** How the figures of a question are computed. */
export interface AgreementOptions {
  /** `none` leaves `ci95` of every estimate null: the figures alone take a small part of the time. */
  readonly interval: 'none' | 'bootstrap';
  /** Equal seeds give equal intervals. */
  readonly seed: number;
  /** Of the bootstrap; 1,000 are usual. */
  readonly resamples: number;
}

/** How far the people agree who answered one question that is more than a category. */
export interface StructuredAgreement {
  /** The first is the headline. */
  readonly coefficients: readonly NamedEstimate[];
  /** Pairs of annotators who answered any item both, by the headline. */
  readonly pairs: readonly PairEstimate[];
  /** Of the field's classes in its order; then those that answers name and the field no longer offers. */
  readonly classes: readonly ClassEstimate[];
  /** Classes that two people gave to the same thing; `a` comes before `b` in the field, or is the same. */
  readonly confusion: readonly Confusion[];
}

export interface NamedEstimate {
  /** Stable: `exactF1`. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly estimate: Estimate;
}

export interface PairEstimate {
  /** Number of an annotator, below `b`. */
  readonly a: number;
  readonly b: number;
  /** Items that both answered. */
  readonly items: number;
  readonly estimate: Estimate;
}

export interface ClassEstimate {
  readonly class: ClassId;
  /** How often it was given, by anybody. */
  readonly labels: number;
  /** Of this class against all others. */
  readonly estimate: Estimate;
}

export interface Confusion {
  readonly a: ClassId;
  readonly b: ClassId;
  readonly pairs: number;
}
