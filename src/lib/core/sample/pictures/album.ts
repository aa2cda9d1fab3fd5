import { Random } from '../../random';
import { BOAT_CLASSES, type BoatClass } from '../schema';
import type { LightName } from './light';
import { mastPicture, type Story as MastStory } from './mast-camera';
import type { Picture } from './picture';
import { quayPicture, type Story as QuayStory } from './quay-camera';

/** Pictures of the sample, and how many of them are taken from above. */
const PICTURES = 60;
const FROM_ABOVE = 18;

const LIGHT: readonly LightName[] = ['day', 'dusk', 'day', 'night', 'day', 'fog', 'dusk', 'day', 'night', 'dusk'];
const QUAY_STORIES: readonly QuayStory[] = [
  'calm',
  'calm',
  'swimmer',
  'calm',
  'driftwood',
  'calm',
  'fire',
  'calm',
  'driftwood',
];
const MAST_STORIES: readonly MastStory[] = ['calm', 'swimmer', 'calm', 'oil', 'calm'];

/** What is seen how often. */
const AFLOAT: readonly BoatClass[] = [
  ...(['sailing-boat', 'sailing-boat', 'sailing-boat'] as const),
  ...(['fishing-boat', 'fishing-boat', 'rowing-boat', 'rowing-boat', 'buoy', 'buoy', 'buoy', 'ferry'] as const),
];

/** All pictures, always the same ones. The first two are clear and calm: on them people learn. */
export function album(): Picture[] {
  const random = new Random(1907);
  const taught = [
    quayPicture('quay-01.svg', 4, {
      ...{ light: 'day', story: 'calm' },
      crew: ['sailing-boat', 'fishing-boat', 'rowing-boat', 'buoy'],
    }),
    quayPicture('quay-02.svg', 12, {
      ...{ light: 'dusk', story: 'calm' },
      crew: ['ferry', 'sailing-boat', 'buoy', 'rowing-boat'],
    }),
  ];
  const above = Array.from({ length: FROM_ABOVE }, (_, at) =>
    mastPicture(fileName('mast', at + 1), random.whole(0, 2 ** 31), {
      ...{ light: LIGHT[(at * 3) % LIGHT.length]!, story: MAST_STORIES[at % MAST_STORIES.length]! },
      crew: crew(random, random.whole(2, 7), at),
    }),
  );
  const abeam = Array.from({ length: PICTURES - FROM_ABOVE - taught.length }, (_, at) =>
    quayPicture(fileName('quay', at + taught.length + 1), random.whole(0, 2 ** 31), {
      ...{ light: LIGHT[at % LIGHT.length]!, story: QUAY_STORIES[at % QUAY_STORIES.length]! },
      crew: crew(random, random.whole(2, 8), at),
    }),
  );
  return [...taught, ...random.shuffled([...above, ...abeam])];
}

/** Boats of a picture; every kind has its turn as the first one. */
function crew(random: Random, count: number, at: number): BoatClass[] {
  const boats = BOAT_CLASSES.filter((kind) => kind !== 'swimmer');
  return [boats[at % boats.length]!, ...Array.from({ length: count - 1 }, () => random.pick(AFLOAT))];
}

const fileName = (camera: Picture['camera'], number: number): string =>
  `${camera}-${String(number).padStart(2, '0')}.svg`;
