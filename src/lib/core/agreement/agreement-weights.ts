/**
 * How far two categories count as the same: 1 for one and the same, less the further they are apart, 0 for the furthest.
 * Everything is symmetric. There is no matrix: a thousand classes would make a million of them.
 */
export interface AgreementWeights {
  /** In words: `linear weights`; '' for those of equality. */
  readonly words: string;
  of(a: number, b: number): number;
  /**
   * The mean weight of each category and one that is drawn from a distribution.
   *
   * @param distribution category -> probability; they sum to 1
   */
  against(distribution: Float64Array): Float64Array;
}

/** 1 for equal categories, else 0. */
export const EQUALITY: AgreementWeights = {
  words: '',
  of: (a, b) => (a === b ? 1 : 0),
  against: (distribution) => distribution,
};

/** 1 - |x - y| / range (Cicchetti and Allison 1971). `against`: O(categories log categories), by sums along the line. */
export function linearWeights(places: Float64Array): AgreementWeights {
  const { x, range } = onLine(places);
  const upwards = Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  const downwards = [...upwards].reverse();
  return {
    words: 'linear weights',
    of: (a, b) => 1 - Math.abs(x[a]! - x[b]!) / range,
    against(distribution) {
      const means = new Float64Array(x.length);
      let below = 0;
      let belowMoment = 0;
      for (const category of upwards) {
        means[category] = x[category]! * below - belowMoment;
        below += distribution[category]!;
        belowMoment += distribution[category]! * x[category]!;
      }
      let above = 0;
      let aboveMoment = 0;
      for (const category of downwards) {
        means[category] = 1 - (means[category]! + aboveMoment - x[category]! * above) / range;
        above += distribution[category]!;
        aboveMoment += distribution[category]! * x[category]!;
      }
      return means;
    },
  };
}

/** 1 - (x - y)^2 / range^2 (Fleiss and Cohen 1973). `against`: O(categories), by two moments. */
export function quadraticWeights(places: Float64Array): AgreementWeights {
  const { x, range } = onLine(places);
  return {
    words: 'quadratic weights',
    of: (a, b) => 1 - ((x[a]! - x[b]!) / range) ** 2,
    against(distribution) {
      let mean = 0;
      let square = 0;
      for (let category = 0; category < x.length; category++) {
        mean += distribution[category]! * x[category]!;
        square += distribution[category]! * x[category]! ** 2;
      }
      return x.map((place) => 1 - (place ** 2 - 2 * place * mean + square) / range ** 2);
    },
  };
}

/**
 * 1 - ((x - y) / (x + y))^2, by Krippendorff's metric of ratios. `against`: O(categories^2).
 *
 * @param numbers none below 0
 */
export function ratioWeights(numbers: Float64Array): AgreementWeights {
  const of = (a: number, b: number) => {
    const sum = numbers[a]! + numbers[b]!;
    return sum === 0 ? 1 : 1 - ((numbers[a]! - numbers[b]!) / sum) ** 2;
  };
  return {
    words: 'ratio weights',
    of,
    against: (distribution) =>
      numbers.map((_, category) => distribution.reduce((sum, share, other) => sum + share * of(category, other), 0)),
  };
}

/** The places from 0 on, which keeps the digits of those far from it; a range of 0 has nothing to tell apart. */
function onLine(places: Float64Array): { readonly x: Float64Array; readonly range: number } {
  const [lowest, highest] = places.reduce(
    ([low, high], place) => [Math.min(low, place), Math.max(high, place)],
    [Infinity, -Infinity],
  );
  return { x: places.map((place) => place - lowest), range: highest > lowest ? highest - lowest : 1 };
}
