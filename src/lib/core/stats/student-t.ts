const BISECTIONS = 60;
/** Beyond so many degrees of freedom the expansion is exact to ten digits. */
const MOST_EXACT = 100;
/** Of the standard normal distribution: 95 % lie within so many standard deviations. */
export const NORMAL_95 = 1.959963984540054;

/**
 * How many standard errors a 95 % interval reaches to both sides by Student's t distribution, whose 0.975 quantile it is.
 *
 * Up to 100 degrees of freedom the finite series of the distribution function (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4) is
 * inverted by bisection; beyond, the quantile is expanded about that of the normal distribution (26.7.5). O(degrees) at most.
 *
 * @param degrees of freedom: a whole number, 1 or more
 * @example studentT95(1) // 12.706
 * @example studentT95(11) // 2.201
 */
export function studentT95(degrees: number): number {
  if (degrees > MOST_EXACT) return expanded(degrees);
  let low = 0;
  let high = Math.PI / 2;
  for (let step = 0; step < BISECTIONS; step++) {
    const angle = (low + high) / 2;
    if (probabilityWithin(angle, degrees) < 0.95) low = angle;
    else high = angle;
  }
  return Math.tan((low + high) / 2) * Math.sqrt(degrees);
}

/** The probability of |t| < tan(angle) sqrt(degrees). */
function probabilityWithin(angle: number, degrees: number): number {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cos : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cos * cos;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + sin * sum) : sin * sum;
}

function expanded(degrees: number): number {
  const z = NORMAL_95;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduceRight((sum, term) => (sum + term) / degrees, 0) + z;
}
