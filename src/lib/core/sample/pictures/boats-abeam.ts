import type { Random } from '../../random';
import type { BoatClass } from '../schema';
import { Sketch } from './sketch';

/**
 * Boats and what floats, seen from the side: bow to the right, the waterline at y = 0, one unit a pixel where they are
 * nearest. What lies under water is drawn as far as it shines through.
 */
export const ABEAM: Readonly<Record<BoatClass, (random: Random) => Sketch>> = {
  'sailing-boat': sailingBoat,
  'fishing-boat': fishingBoat,
  ferry,
  'rowing-boat': rowingBoat,
  buoy,
  swimmer,
};

const HULLS = ['#f4f1ea', '#24405e', '#8d2f2b', '#2f5d50', '#d9d2c3', '#30343b'] as const;
const SAILS = ['#fbfaf5', '#f3e7d0', '#b5502f', '#e9eef2'] as const;
const WARM = ['#c8442f', '#e08a2c', '#d8b23a'] as const;
const SKIN = ['#e8b48c', '#b97a50', '#7c4a30'] as const;
const TIMBER = '#6b4a2f';

function sailingBoat(random: Random): Sketch {
  const half = random.whole(58, 82);
  const mast = random.whole(150, 215);
  const hull = random.pick(HULLS);
  const sail = random.pick(SAILS);
  const at = half * 0.1;
  const boat = new Sketch();
  boat.line(TIMBER, 3, [
    [at, -18],
    [at, -mast],
  ]);
  if (random.chance(0.55)) {
    boat.shape(sail, [
      [at - 3, -mast + 8],
      [at - 3, -34],
      [-half + 12, -32],
      [-half * 0.35, -mast * 0.5, at - 3, -mast + 8],
    ]);
    boat.shape(random.pick(SAILS), [
      [at + 4, -mast + 18],
      [half * 0.7, -70, half - 2, -27],
      [at + 4, -31],
    ]);
  } else {
    boat.line(TIMBER, 3, [
      [at, -40],
      [-half + 10, -36],
    ]);
    boat.line(sail, 7, [
      [at - 6, -43],
      [-half + 16, -39],
    ]);
    boat.line(
      TIMBER,
      1.2,
      [
        [at, -mast + 4],
        [half - 2, -26],
      ],
      0.7,
    );
  }
  boat.shape('#e9e4d8', [
    [-half * 0.5, -18],
    [-half * 0.42, -30],
    [half * 0.12, -30],
    [half * 0.3, -20],
  ]);
  for (const x of [-0.34, -0.16, 0.02]) boat.slab('#33475a', half * x, -27, half * 0.1, 4);
  boat.shape(hull, [
    [-half, -18],
    [half, -26],
    [half * 0.86, 0, half * 0.6, 4],
    [-half * 0.8, 4],
    [-half * 0.98, 0, -half, -18],
  ]);
  boat.shape(
    random.pick(WARM),
    [
      [-half * 0.97, -12],
      [half * 0.92, -17],
      [half * 0.89, -13],
      [-half * 0.96, -8],
    ],
    0.9,
  );
  return boat;
}

function fishingBoat(random: Random): Sketch {
  const half = random.whole(68, 92);
  const hull = random.pick(['#24506e', '#8d2f2b', '#2f5d50', '#314257']);
  const boat = new Sketch();
  const house = -half * 0.62;
  boat.line('#4a4f55', 4, [
    [half * 0.15, -20],
    [half * 0.15, -96],
  ]);
  boat.line('#4a4f55', 3, [
    [half * 0.15, -92],
    [half * 0.72, -58],
  ]);
  boat.line(
    '#4a4f55',
    1,
    [
      [half * 0.15, -94],
      [half * 0.98, -40],
    ],
    0.8,
  );
  boat.shape('#f1ece0', [
    [house, -20],
    [house, -66],
    [house + half * 0.56, -66],
    [house + half * 0.62, -20],
  ]);
  boat.slab(random.pick(WARM), house - 4, -72, half * 0.56 + 10, 7);
  for (const column of [0.08, 0.26, 0.42]) boat.slab('#2d4054', house + half * column, -60, half * 0.11, 12);
  boat.shape(hull, [
    [-half, -24],
    [half * 0.5, -24],
    [half, -42],
    [half * 0.92, -6, half * 0.72, 5],
    [-half * 0.88, 5],
    [-half, 0, -half, -24],
  ]);
  boat.shape('#f4f1ea', [
    [-half, -24],
    [half * 0.5, -24],
    [half, -42],
    [half * 0.985, -36],
    [half * 0.5, -19],
    [-half, -19],
  ]);
  boat.oval(random.pick(['#d8762c', '#3f8f7a', '#c9a43a']), half * 0.38, -27, half * 0.2, 9, 0.95);
  return boat;
}

function ferry(random: Random): Sketch {
  const half = random.whole(165, 205);
  const stripe = random.pick(['#1f5a8c', '#a9342c', '#27715d']);
  const boat = new Sketch();
  boat.slab('#f2f0ea', -half * 0.86, -64, half * 1.5, 36);
  boat.slab('#e4e3de', -half * 0.72, -94, half * 1.16, 30);
  boat.shape('#f2f0ea', [
    [half * 0.16, -94],
    [half * 0.2, -120],
    [half * 0.46, -120],
    [half * 0.56, -94],
  ]);
  boat.slab('#2d4054', half * 0.24, -115, half * 0.24, 10);
  boat.shape(stripe, [
    [-half * 0.44, -94],
    [-half * 0.4, -132],
    [-half * 0.2, -132],
    [-half * 0.18, -94],
  ]);
  boat.slab('#f2f0ea', -half * 0.41, -122, half * 0.22, 8);
  for (let at = 0; at < 13; at++) boat.slab('#3b5268', -half * 0.8 + at * half * 0.108, -54, half * 0.066, 12);
  for (let at = 0; at < 9; at++) boat.slab('#3b5268', -half * 0.66 + at * half * 0.112, -85, half * 0.066, 11);
  boat.shape('#f7f6f1', [
    [-half, -36],
    [half, -40],
    [half * 0.93, -4, half * 0.84, 6],
    [-half * 0.92, 6],
    [-half, 2, -half, -36],
  ]);
  boat.shape(stripe, [
    [-half, -22],
    [half * 0.965, -24],
    [half * 0.93, -8, half * 0.84, 6],
    [-half * 0.92, 6],
    [-half, 2, -half, -22],
  ]);
  return boat;
}

function rowingBoat(random: Random): Sketch {
  const half = random.whole(36, 46);
  const boat = new Sketch();
  if (random.chance(0.6)) {
    boat.shape(random.pick(WARM), [
      [-10, -12],
      [-8, -32],
      [6, -32],
      [9, -12],
    ]);
    boat.disc(random.pick(SKIN), -1, -39, 6.5);
  }
  boat.shape(random.pick(['#7a5230', '#94683c', '#f0ebdf', '#2f5d70']), [
    [-half, -15],
    [0, -8, half, -18],
    [half * 0.86, 2, half * 0.6, 4],
    [-half * 0.66, 4],
    [-half * 0.9, 2, -half, -15],
  ]);
  boat.line(
    '#e8dcc2',
    2,
    [
      [-half * 0.9, -10],
      [half * 0.84, -11],
    ],
    0.8,
  );
  return boat;
}

function buoy(random: Random): Sketch {
  const mark = new Sketch();
  switch (random.pick(['red', 'green', 'yellow'] as const)) {
    case 'red':
      return mark
        .slab('#c03226', -9, -34, 18, 36)
        .slab('#8f2119', -9, -6, 18, 8)
        .slab('#c03226', -6, -46, 12, 8)
        .slab('#8f2119', -1.5, -40, 3, 8);
    case 'green':
      return mark
        .shape('#1e7d4b', [
          [-12, 2],
          [12, 2],
          [4, -32],
          [-4, -32],
        ])
        .shape('#155c37', [
          [-7, -34],
          [7, -34],
          [0, -47],
        ]);
    case 'yellow':
      return mark
        .oval('#d9a520', 0, -4, 14, 8)
        .line('#4a4f55', 3, [
          [0, -10],
          [0, -34],
        ])
        .line('#d9a520', 4, [
          [-6, -44],
          [6, -33],
        ])
        .line('#d9a520', 4, [
          [6, -44],
          [-6, -33],
        ]);
  }
}

function swimmer(random: Random): Sketch {
  const skin = random.pick(SKIN);
  const body = new Sketch();
  if (random.chance(0.6)) {
    body.line(skin, 5, [
      [9, 0],
      [17, -14],
      [25, -20],
    ]);
  }
  return body
    .oval(skin, 4, 0, 15, 5)
    .disc(skin, -3, -9, 8)
    .shape(random.pick(['#e2622a', '#e9e5da', '#2b3a4a', '#d83a6a']), [
      [-11, -10],
      [-11, -19, -3, -19],
      [5, -19, 5, -10],
    ]);
}
