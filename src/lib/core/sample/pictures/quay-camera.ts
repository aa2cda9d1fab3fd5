import { Random } from '../../random';
import type { BoatClass, Urgency } from '../schema';
import { ABEAM } from './boats-abeam';
import { driftwood, flyingGull, sittingGull, smoke } from './floats';
import { LIGHTS, type Light, type LightName } from './light';
import { svgOf, type Picture, type Place, type Thing } from './picture';
import { hills, lighthouse, quay, skyAndSea, town, veil, waves } from './shore';
import { tenth, type Sketch } from './sketch';

const WIDTH = 960;
const HEIGHT = 640;

/** The share of a thing that others in front of it may hide. */
const MOST_HIDDEN = 0.4;
/** Pixels: what is smaller cannot be told from the water. */
const SMALLEST = 9;

/** What happens in a picture, and so what is urgent. */
export type Story = 'calm' | 'swimmer' | 'fire' | 'driftwood';

const URGENCY: Readonly<Record<Story, Urgency>> = {
  calm: 'can-wait',
  swimmer: 'now',
  fire: 'now',
  driftwood: 'today',
};

/** Something on its way into the picture. */
interface Afloat {
  readonly class: BoatClass | null;
  readonly place: Place;
  readonly markup: string;
  readonly lamp: string;
  /** Where it meets the water: what is lower is nearer. */
  readonly y: number;
}

/** A picture as a camera on the quay takes it: the nearer, the larger and the lower. */
export function quayPicture(
  name: string,
  seed: number,
  {
    light: lightName,
    story,
    crew,
  }: { readonly light: LightName; readonly story: Story; readonly crew: readonly BoatClass[] },
): Picture {
  const random = new Random(seed);
  const light = LIGHTS[lightName];
  const frame = { width: WIDTH, height: HEIGHT, horizon: random.whole(210, 270) };
  const layers = [skyAndSea(random, light, frame), hills(random, light, frame)];
  if (random.chance(0.7)) layers.push(town(random, light, frame));
  if (random.chance(0.6)) layers.push(lighthouse(random, light, frame));
  layers.push(waves(random, light, frame));

  const afloat: Afloat[] = [];
  const wanted: readonly (BoatClass | 'gull' | 'driftwood')[] = [
    ...(story === 'swimmer' ? SWIMMERS.slice(0, random.whole(1, 2)) : []),
    ...(story === 'driftwood' ? (['driftwood'] as const) : []),
    ...crew,
    ...(random.chance(0.5) ? (['gull'] as const) : []),
  ];
  for (const kind of wanted) {
    const placed = launch(random, light, frame.horizon, kind, afloat);
    if (placed) afloat.push(placed);
  }
  afloat.sort((a, b) => a.y - b.y);
  const burning = story === 'fire' ? afloat.find(({ class: kind }) => kind !== null && SMOKES.has(kind)) : undefined;
  for (const one of afloat) {
    layers.push(one.markup);
    if (one === burning) layers.push(smokeOver(random, one));
  }
  layers.push(veil(light, { left: 0, top: frame.horizon, right: WIDTH, bottom: HEIGHT }));
  layers.push(...afloat.map(({ lamp }) => lamp));
  if (random.chance(0.6)) layers.push(gulls(random, frame.horizon));
  // The stones would hide what floats before them.
  const isFree = afloat.every(({ place }) => place.y + place.height < HEIGHT - 96);
  if (isFree && random.chance(0.8)) layers.push(quay(random, frame));

  const things = afloat.flatMap(({ class: kind, place }): Thing[] => (kind ? [{ class: kind, place }] : []));
  return {
    ...{ name, camera: 'quay', light: lightName, svg: svgOf(WIDTH, HEIGHT, layers), width: WIDTH, height: HEIGHT },
    ...{ things, decoys: afloat.flatMap(({ class: kind, place }) => (kind ? [] : [place])) },
    urgency: story === 'fire' && !burning ? 'can-wait' : URGENCY[story],
  };
}

/** At most. */
const SWIMMERS = ['swimmer', 'swimmer'] as const;

const SMOKES: ReadonlySet<BoatClass> = new Set(['fishing-boat', 'ferry', 'sailing-boat']);

/** Puts something on the water where it hides little of what is there, and is not hidden itself; null: nowhere. */
function launch(
  random: Random,
  light: Light,
  horizon: number,
  kind: BoatClass | 'gull' | 'driftwood',
  others: readonly Afloat[],
): Afloat | null {
  for (let attempt = 0; attempt < 24; attempt++) {
    // A ferry near by would fill the picture; what is tiny far away is not seen at all.
    const near = kind === 'ferry' ? random.unit() * 0.5 : LITTLE.has(kind) ? 0.3 + random.unit() * 0.65 : random.unit();
    const y = Math.round(horizon + 22 + near * (HEIGHT - horizon - 60));
    const scale = tenth(0.4 + near * 1.05);
    const x = random.whole(0, WIDTH);
    const flipped = random.chance(0.5);
    const sketch = kind === 'gull' ? sittingGull() : kind === 'driftwood' ? driftwood(random) : ABEAM[kind](random);
    const place = seen(sketch, { x, y, scale, flipped });
    if (!place || others.some((other) => hides(place, y, other) > MOST_HIDDEN)) continue;
    const turn = `translate(${x} ${y}) scale(${flipped ? -scale : scale} ${scale})`;
    return {
      ...{ class: kind === 'gull' || kind === 'driftwood' ? null : kind, place, y },
      markup: `${mirrored(place, y)}<g transform="${turn}">${sketch.markup}</g>`,
      lamp: light.lamps && !LITTLE.has(kind) ? lampOn(place, y) : '',
    };
  }
  return null;
}

const LITTLE: ReadonlySet<string> = new Set(['buoy', 'swimmer', 'gull', 'driftwood', 'rowing-boat']);

/** What of a sketch the picture shows; null where that is too little. */
function seen(
  { bounds }: Sketch,
  { x, y, scale, flipped }: { x: number; y: number; scale: number; flipped: boolean },
): Place | null {
  const [from, to] = flipped ? [-bounds.right, -bounds.left] : [bounds.left, bounds.right];
  const left = tenth(Math.max(0, x + scale * from));
  const right = tenth(Math.min(WIDTH, x + scale * to));
  const top = tenth(Math.max(0, y + scale * bounds.top));
  const bottom = tenth(Math.min(HEIGHT, y + scale * bounds.bottom));
  const [width, height] = [tenth(right - left), tenth(bottom - top)];
  if (width < Math.max(SMALLEST, 0.4 * scale * (to - from)) || height < SMALLEST) return null;
  return { x: left, y: top, width, height, rotation: 0 };
}

/** The share of the smaller of two things that the nearer one may hide: as far as their boxes overlap. */
function hides(place: Place, y: number, other: Afloat): number {
  const behind = y < other.y ? place : other.place;
  const width = overlap(place.x, place.width, other.place.x, other.place.width);
  const height = overlap(place.y, place.height, other.place.y, other.place.height);
  return (width * height) / (behind.width * behind.height);
}

const overlap = (a: number, lengthA: number, b: number, lengthB: number): number =>
  Math.max(0, Math.min(a + lengthA, b + lengthB) - Math.max(a, b));

/** The dark mirror image on the water below. */
const mirrored = ({ x, width, height }: Place, y: number): string =>
  `<ellipse cx="${tenth(x + width / 2)}" cy="${y + 3}" rx="${tenth(width * 0.5)}" ry="${tenth(Math.min(14, 3 + height * 0.08))}"` +
  ` fill="#0d2233" fill-opacity="0.28"/>`;

const lampOn = ({ x, y, width }: Place, waterline: number): string =>
  `<circle cx="${tenth(x + width * 0.46)}" cy="${tenth(Math.max(y + 4, waterline - 34))}" r="3" fill="#ffe3a1"/>`;

function smokeOver(random: Random, { place: { x, y, width, height } }: Afloat): string {
  return `<g transform="translate(${tenth(x + width / 2)} ${tenth(y + height * 0.6)})">${smoke(random).markup}</g>`;
}

function gulls(random: Random, horizon: number): string {
  return Array.from({ length: random.whole(1, 4) }, () => {
    const scale = random.whole(4, 9) / 10;
    const at = `translate(${random.whole(40, WIDTH - 40)} ${random.whole(30, horizon - 60)}) scale(${scale})`;
    return `<g transform="${at}">${flyingGull(random).markup}</g>`;
  }).join('');
}
