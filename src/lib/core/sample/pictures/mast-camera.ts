import { Random } from '../../random';
import type { BoatClass, Urgency } from '../schema';
import { ABOVE } from './boats-above';
import { LIGHTS, type LightName } from './light';
import { svgOf, type Picture, type Place, type Thing } from './picture';
import { veil } from './shore';
import { Sketch, tenth } from './sketch';

const SIZE = 820;

/** What happens in a picture, and so what is urgent. */
export type Story = 'calm' | 'swimmer' | 'oil';

const URGENCY: Readonly<Record<Story, Urgency>> = { calm: 'can-wait', swimmer: 'now', oil: 'today' };

/**
 * Directions whose sine and cosine are fractions (sides of right triangles in whole numbers), so that what is placed
 * along them lies at the same pixel on every machine.
 */
const DIRECTIONS = [
  { degrees: 0, cos: 1, sin: 0 },
  { degrees: 16.3, cos: 24 / 25, sin: 7 / 25 },
  { degrees: 22.6, cos: 12 / 13, sin: 5 / 13 },
  { degrees: 36.9, cos: 4 / 5, sin: 3 / 5 },
  { degrees: 343.7, cos: 24 / 25, sin: -7 / 25 },
  { degrees: 323.1, cos: 4 / 5, sin: -3 / 5 },
] as const;

interface Moored {
  readonly thing: Thing;
  readonly markup: string;
}

/** A picture from the mast of the harbour office, straight down: boats lie at pontoons, and swing at anchor. */
export function mastPicture(
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
  const layers = [water(random, lightName)];
  if (story === 'oil') layers.push(oil(random));
  const pontoon = pontoonAt(random);
  layers.push(pontoon.markup);
  const moored = [...pontoon.boats];
  const swimming = story === 'swimmer' ? (['swimmer'] as const) : [];
  for (const kind of [...swimming, ...crew]) {
    const anchored = anchor(random, kind, moored, pontoon.side);
    if (anchored) moored.push(anchored);
  }
  layers.push(...moored.map(({ markup }) => markup), veil(light, { left: 0, top: 0, right: SIZE, bottom: SIZE }));
  if (light.lamps) layers.push(lamps(moored));
  return {
    ...{ name, camera: 'mast', light: lightName, svg: svgOf(SIZE, SIZE, layers), width: SIZE, height: SIZE },
    ...{ things: moored.map(({ thing }) => thing), decoys: [], urgency: URGENCY[story] },
  };
}

function water(random: Random, light: LightName): string {
  const [shallow, deep] = LIGHTS[light].sea;
  const sea = new Sketch().slab(deep, 0, 0, SIZE, SIZE);
  for (let patch = 0; patch < 9; patch++)
    sea.oval(shallow, random.whole(0, SIZE), random.whole(0, SIZE), random.whole(80, 240), random.whole(40, 150), 0.09);
  for (let crest = 0; crest < 60; crest++) {
    const [x, y, length] = [random.whole(0, SIZE), random.whole(0, SIZE), random.whole(8, 26)];
    sea.line(
      LIGHTS[light].glint,
      1.4,
      [
        [x, y],
        [x + length, y - 4],
        [x + 2 * length, y],
      ],
      0.16,
    );
  }
  return sea.markup;
}

/** A sheen in the colours of a thin film. */
function oil(random: Random): string {
  const [x, y] = [random.whole(260, SIZE - 160), random.whole(420, SIZE - 120)];
  const film = new Sketch();
  for (const [at, color] of ['#2a2730', '#6b4f8f', '#3f8f8a', '#c9a43a', '#3b3340'].entries())
    film.oval(color, x + at * 7, y - at * 5, 130 - at * 24, 62 - at * 11, 0.34);
  return film.markup;
}

/** A pontoon from the left or the right edge with boats on both sides of it, each at right angles to it. */
function pontoonAt(random: Random): {
  readonly markup: string;
  readonly boats: readonly Moored[];
  readonly side: Place;
} {
  const { degrees, cos, sin } = random.pick(DIRECTIONS);
  const fromLeft = random.chance(0.5);
  const length = random.whole(280, 420);
  const [startX, startY] = [fromLeft ? -20 : SIZE + 20, random.whole(200, 330)];
  /** A point `along` and `across` the pontoon. */
  const at = (along: number, across: number): readonly [number, number] => {
    const run = fromLeft ? along : -along;
    return [startX + run * cos - across * sin, startY + run * sin + across * cos];
  };
  const planks = new Sketch();
  planks.shape('#a08c70', [at(0, -13), at(length, -13), at(length, 13), at(0, 13)]);
  planks.line('#7d6b53', 2, [at(0, 0), at(length, 0)], 0.8);
  const boats: Moored[] = [];
  for (const row of [-1, 1]) {
    for (let along = 90; along < length - 20; along += 54) {
      if (random.chance(0.3)) continue;
      const kind = random.pick(['sailing-boat', 'sailing-boat', 'fishing-boat', 'rowing-boat'] as const);
      const sketch = ABOVE[kind](random);
      const reach = 18 + (sketch.bounds.right - sketch.bounds.left) / 2;
      const [x, y] = at(along, row * reach);
      // Bow or stern to the pontoon, a little askew.
      const turn = degrees + (random.chance(0.5) ? 90 : 270) + random.whole(-5, 5);
      const boat = placed(kind, sketch, Math.round(x), Math.round(y), turn);
      if (boat) boats.push(boat);
    }
  }
  const [endX, endY] = at(length, 0);
  const side = {
    ...{ x: Math.min(startX, endX), y: Math.min(startY, endY) - 140 },
    ...{ width: Math.abs(endX - startX) + 70, height: Math.abs(endY - startY) + 280, rotation: 0 },
  };
  return { markup: planks.markup, boats, side };
}

/** A boat at anchor where there is room; null: nowhere. */
function anchor(random: Random, kind: BoatClass, others: readonly Moored[], pontoon: Place): Moored | null {
  for (let attempt = 0; attempt < 30; attempt++) {
    const sketch = ABOVE[kind](random);
    const [x, y] = [random.whole(30, SIZE - 30), random.whole(30, SIZE - 30)];
    const turn = kind === 'buoy' ? 0 : random.whole(0, 359);
    const isAtPontoon =
      x > pontoon.x && x < pontoon.x + pontoon.width && y > pontoon.y && y < pontoon.y + pontoon.height;
    const boat = isAtPontoon ? null : placed(kind, sketch, x, y, turn);
    if (boat && others.every(({ thing }) => areApart(thing.place, boat.thing.place))) return boat;
  }
  return null;
}

/** The sketch about a point, turned; null where the frame would cut it. */
function placed(kind: BoatClass, { bounds, markup }: Sketch, x: number, y: number, degrees: number): Moored | null {
  const rotation = tenth((degrees + 360) % 360);
  const [width, height] = [tenth(bounds.right - bounds.left), tenth(bounds.bottom - bounds.top)];
  const [left, top] = [tenth(x - width / 2), tenth(y - height / 2)];
  const radius = reachOf({ width, height });
  if (x < radius || y < radius || x > SIZE - radius || y > SIZE - radius) return null;
  const [shiftX, shiftY] = [tenth(left - bounds.left), tenth(top - bounds.top)];
  const turned = rotation === 0 ? '' : `rotate(${rotation} ${x} ${y}) `;
  return {
    thing: { class: kind, place: { x: left, y: top, width, height, rotation } },
    markup: `<g transform="${turned}translate(${shiftX} ${shiftY})">${markup}</g>`,
  };
}

/** The radius of a circle around a box, and a little more. */
const reachOf = ({ width, height }: Pick<Place, 'width' | 'height'>): number =>
  Math.ceil(Math.sqrt(width * width + height * height) / 2) + 2;

/** Whether two things, however they are turned, leave water between them. */
function areApart(a: Place, b: Place): boolean {
  const x = a.x + a.width / 2 - b.x - b.width / 2;
  const y = a.y + a.height / 2 - b.y - b.height / 2;
  const near = 0.82 * (reachOf(a) + reachOf(b));
  return x * x + y * y > near * near;
}

const lamps = (moored: readonly Moored[]): string =>
  moored
    .filter(({ thing }) => thing.class !== 'buoy' && thing.class !== 'swimmer')
    .map(({ thing: { place } }) => {
      const [x, y] = [tenth(place.x + place.width / 2), tenth(place.y + place.height / 2)];
      return `<circle cx="${x}" cy="${y}" r="2.4" fill="#ffe3a1"/>`;
    })
    .join('');
