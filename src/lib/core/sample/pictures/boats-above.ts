import type { Random } from '../../random';
import type { BoatClass } from '../schema';
import { Sketch, type Corner } from './sketch';

/** The same things from above: bow to the right, centred on their own box, one unit a pixel. */
export const ABOVE: Readonly<Record<BoatClass, (random: Random) => Sketch>> = {
  'sailing-boat': sailingBoat,
  'fishing-boat': fishingBoat,
  ferry,
  'rowing-boat': rowingBoat,
  buoy,
  swimmer,
};

const DECKS = ['#f4f1ea', '#e6dcc6', '#d7e0e4', '#f0e2cf'] as const;
const TIMBER = '#6b4a2f';

/** A hull of these half measures with a pointed bow and, at the stern, a transom. */
const hull = (length: number, beam: number, stern = 0.72): readonly Corner[] => [
  [-length, -beam * stern],
  [-length * 0.2, -beam * 1.28, length * 0.45, -beam * 0.86],
  [length * 0.85, -beam * 0.45, length, 0],
  [length * 0.85, beam * 0.45, length * 0.45, beam * 0.86],
  [-length * 0.2, beam * 1.28, -length, beam * stern],
];

function sailingBoat(random: Random): Sketch {
  const length = random.whole(40, 58);
  const beam = length * 0.3;
  const boat = new Sketch()
    .shape(random.pick(['#f7f5ef', '#23415f', '#8d2f2b', '#2f5d50']), hull(length, beam))
    .shape(random.pick(DECKS), hull(length * 0.9, beam * 0.8));
  boat.shape('#b98d5b', [
    [-length * 0.82, -beam * 0.44],
    [-length * 0.3, -beam * 0.5],
    [-length * 0.3, beam * 0.5],
    [-length * 0.82, beam * 0.44],
  ]);
  boat.shape('#dfe3e3', [
    [-length * 0.2, -beam * 0.46],
    [length * 0.36, -beam * 0.3],
    [length * 0.36, beam * 0.3],
    [-length * 0.2, beam * 0.46],
  ]);
  return boat
    .line(random.pick(['#27466b', '#efe9da', '#7c2f2b']), 5, [
      [length * 0.16, 0],
      [-length * 0.74, 0],
    ])
    .disc(TIMBER, length * 0.16, 0, 3);
}

function fishingBoat(random: Random): Sketch {
  const length = random.whole(44, 60);
  const beam = length * 0.36;
  const boat = new Sketch()
    .shape(random.pick(['#24506e', '#8d2f2b', '#2f5d50', '#314257']), hull(length, beam, 0.84))
    .shape('#9a8465', hull(length * 0.9, beam * 0.8, 0.84));
  boat.slab('#f1ece0', -length * 0.72, -beam * 0.5, length * 0.5, beam);
  boat.slab('#2d4054', -length * 0.28, -beam * 0.42, length * 0.07, beam * 0.84);
  boat.oval(random.pick(['#d8762c', '#3f8f7a', '#c9a43a']), length * 0.34, 0, length * 0.18, beam * 0.46);
  return boat.line('#3f444a', 3, [
    [length * 0.02, -beam * 0.6],
    [length * 0.02, beam * 0.6],
  ]);
}

function ferry(random: Random): Sketch {
  const length = random.whole(112, 136);
  const beam = length * 0.27;
  const stripe = random.pick(['#1f5a8c', '#a9342c', '#27715d']);
  const boat = new Sketch()
    .shape(stripe, hull(length, beam, 0.9))
    .shape('#f2f0ea', hull(length * 0.95, beam * 0.86, 0.9));
  boat.slab('#c9ccca', -length * 0.86, -beam * 0.62, length * 0.9, beam * 1.24);
  for (const lane of [-0.38, 0, 0.38]) {
    for (let at = 0; at < 6; at++) {
      if (random.chance(0.3)) continue;
      const paint = random.pick(['#b8432f', '#34536f', '#e8e6e0', '#3c3f42', '#c9a43a']);
      boat.slab(paint, length * (-0.82 + at * 0.14), beam * lane - 4, 12, 8);
    }
  }
  boat.slab('#e4e3de', length * 0.1, -beam * 0.7, length * 0.3, beam * 1.4);
  boat.slab('#2d4054', length * 0.36, -beam * 0.6, length * 0.05, beam * 1.2);
  return boat.disc(stripe, length * 0.2, 0, beam * 0.24);
}

function rowingBoat(random: Random): Sketch {
  const length = random.whole(19, 26);
  const beam = length * 0.38;
  const boat = new Sketch()
    .shape(random.pick(['#7a5230', '#94683c', '#f0ebdf', '#2f5d70']), hull(length, beam, 0.6))
    .shape('#c7a877', hull(length * 0.82, beam * 0.72, 0.6));
  for (const x of [-0.5, -0.05, 0.4]) boat.slab(TIMBER, length * x, -beam * 0.7, 3.6, beam * 1.4);
  return boat;
}

function buoy(random: Random): Sketch {
  return new Sketch()
    .disc(random.pick(['#c03226', '#1e7d4b', '#d9a520']), 0, 0, 9)
    .disc('#ffffff', 0, 0, 4.4, 0.55)
    .disc('#30343b', 0, 0, 2);
}

function swimmer(random: Random): Sketch {
  const skin = random.pick(['#e8b48c', '#b97a50', '#7c4a30']);
  const body = new Sketch()
    .line(skin, 3.6, [
      [-2, -4],
      [7, -9],
      [13, -8],
    ])
    .line(skin, 3.6, [
      [-2, 4],
      [-9, 9],
    ])
    .oval(skin, -7, 0, 9, 5);
  return body.disc(random.pick(['#e2622a', '#e9e5da', '#2b3a4a', '#d83a6a']), 5, 0, 5.4);
}
