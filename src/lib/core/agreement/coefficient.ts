import type { AgreementData } from './agreement-data';
import type { Estimate } from './estimate';

export interface EstimateOptions {
  /** `none`: the figure alone, which is quick. */
  readonly interval: 'none' | 'full';
  /** Of the bootstrap; the same gives the same interval. */
  readonly seed: number;
}

/** A measure of agreement between people who put items into categories. One file each, and one line in the registry. */
export interface Coefficient {
  readonly id: string;
  /** As people know it: `Fleiss’ kappa`. */
  readonly name: string;
  /** What it says, in a sentence for people. */
  readonly explanation: string;
  /** What the categories have to be. */
  readonly scale: 'nominal' | 'ordinal' | 'interval' | 'ratio';
  /** Deterministic for a seed. Undefined with a reason where the data cannot say. */
  run(data: AgreementData, options: EstimateOptions): Estimate;
}
