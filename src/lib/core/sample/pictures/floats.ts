import type { Random } from '../../random';
import { Sketch } from './sketch';

/** What floats and is not asked for, seen from the side: at the waterline, y = 0. */

export const driftwood = (random: Random): Sketch => {
  const half = random.whole(34, 62);
  const log = new Sketch()
    .shape('#5a4029', [
      [-half, -7],
      [half * 0.9, -9],
      [half, -4, half * 0.92, 1],
      [-half, 1],
      [-half - 5, -3, -half, -7],
    ])
    .line('#5a4029', 4, [
      [half * 0.2, -6],
      [half * 0.36, -20],
    ]);
  return log.line(
    '#86684a',
    1.6,
    [
      [-half * 0.8, -5],
      [half * 0.7, -6],
    ],
    0.9,
  );
};

/** A gull that sits on the water: small and white, much like a buoy far away. */
export const sittingGull = (): Sketch =>
  new Sketch()
    .shape('#f3f4f2', [
      [-13, -4],
      [-4, 4, 8, 1],
      [12, -6, 8, -8],
      [0, -11, -13, -4],
    ])
    .shape('#9aa5ab', [
      [-13, -5],
      [-2, -11, 7, -7],
      [0, -3, -13, -5],
    ])
    .disc('#f3f4f2', 10, -12, 5)
    .shape('#e0a52c', [
      [14, -13],
      [20, -11],
      [14, -10],
    ]);

/** A gull in flight, about its body. */
export const flyingGull = (random: Random): Sketch => {
  const lift = random.whole(6, 14);
  return new Sketch().shape('#f3f5f6', [
    [-24, -lift],
    [-10, -lift - 4, 0, 0],
    [10, -lift - 4, 24, -lift],
    [10, -lift + 1, 0, 6],
    [-10, -lift + 1, -24, -lift],
  ]);
};

/** Smoke that rises from y = 0 and drifts to the right. */
export const smoke = (random: Random): Sketch => {
  const cloud = new Sketch();
  let [x, y] = [0, 0];
  for (let puff = 0; puff < 9; puff++) {
    cloud.disc(puff % 2 === 0 ? '#4b4a4c' : '#6b6a6c', x, y, 12 + puff * 3.4, 0.5);
    x += random.whole(4, 20);
    y -= random.whole(12, 22);
  }
  return cloud;
};
