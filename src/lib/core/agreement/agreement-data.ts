import { annotatorPairs, type AnnotatorPairs } from './annotator-pairs';
import type { CategoryScale } from './category-scale';
import { itemCounts, type ItemCounts } from './item-counts';
import { lastReadings } from './last-readings';
import type { Ratings } from './ratings';

/** Ratings, and what several coefficients need of them, found once. */
export class AgreementData {
  /** One reading by each annotator of an item. */
  readonly ratings: Ratings;
  /** Readings that gave way to a later one by the same annotator. */
  readonly setAside: number;
  readonly scale: CategoryScale;
  readonly counts: ItemCounts;
  /** Annotators with a reading. */
  readonly annotators: number;
  #pairs: AnnotatorPairs | null = null;

  constructor(ratings: Ratings, scale: CategoryScale) {
    const last = lastReadings(ratings);
    this.ratings = last.ratings;
    this.setAside = last.setAside;
    this.scale = scale;
    this.counts = itemCounts(last.ratings);
    this.annotators = last.annotators;
  }

  /** Category -> place on a line; null where they have no order. */
  get places(): Float64Array | null {
    return this.scale.places.isKnown ? this.scale.places.of : null;
  }

  /** Who labelled the same items as whom. */
  get pairs(): AnnotatorPairs {
    this.#pairs ??= annotatorPairs(this.ratings, this.places);
    return this.#pairs;
  }
}
