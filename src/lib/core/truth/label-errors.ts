/** A label that is likely wrong. */
export interface LabelError {
  readonly item: number;
  readonly label: number;
  /** The category with the largest probability. */
  readonly likely: number;
  /** Probability of the label itself. */
  readonly selfConfidence: number;
}

/**
 * Candidates for label errors, by confident learning (Northcutt, Jiang and Chuang 2021).
 *
 * 1. The threshold of a category is the mean probability of it over the items that are labelled so: what counts as confident there.
 * 2. The confident joint C[s][y] counts the items that are labelled s and confidently y: the likeliest of the categories whose thresholds
 *    they reach. Each row, scaled to the number of items that are labelled s, estimates how many of these are y in truth.
 * 3. Pruned by class: of the items that are labelled s, as many as are estimated to be something else, those with the smallest
 *    probability of s (self-confidence), as long as another category is likelier.
 *
 * O(items x categories + categories^2), and no more memory than for the labels.
 *
 * @param labels item -> category, -1 for none
 * @param fill writes the probabilities of an item's categories: from a classifier that was not trained on the item, or from what
 *   the other annotators say
 * @returns the least self-confident first
 */
export function labelErrors(
  labels: Int32Array,
  categories: number,
  fill: (item: number, into: Float64Array) => void,
): LabelError[] {
  const row = new Float64Array(categories);
  const labelled = new Float64Array(categories);
  const threshold = new Float64Array(categories);
  eachLabelled(labels, (item, label) => {
    fill(item, row);
    labelled[label]!++;
    threshold[label]! += row[label]!;
  });
  // Nothing is confidently of a category that is nobody's label.
  for (const [one, count] of labelled.entries()) threshold[one] = count > 0 ? threshold[one]! / count : Infinity;

  const joint = new Float64Array(categories * categories);
  const suspects: LabelError[][] = Array.from(labelled, () => []);
  eachLabelled(labels, (item, label) => {
    fill(item, row);
    let confident = -1;
    let likely = label;
    for (let one = 0; one < categories; one++) {
      if (row[one]! > row[likely]!) likely = one;
      if (row[one]! >= threshold[one]! * (1 - EQUAL) && (confident < 0 || row[one]! > row[confident]!)) confident = one;
    }
    if (confident >= 0) joint[label * categories + confident]!++;
    if (likely !== label) suspects[label]!.push({ item, label, likely, selfConfidence: row[label]! });
  });
  const bySelfConfidence = (a: LabelError, b: LabelError) => a.selfConfidence - b.selfConfidence || a.item - b.item;
  return suspects
    .flatMap((found, label) => {
      const counts = joint.subarray(label * categories, (label + 1) * categories);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const wrong = total === 0 ? 0 : Math.round((labelled[label]! * (total - counts[label]!)) / total);
      return found.sort(bySelfConfidence).slice(0, wrong);
    })
    .sort(bySelfConfidence);
}

/** A mean of equal numbers may differ from them by this, relative to their size. */
const EQUAL = 1e-12;

function eachLabelled(labels: Int32Array, visit: (item: number, label: number) => void): void {
  for (const [item, label] of labels.entries()) if (label >= 0) visit(item, label);
}
