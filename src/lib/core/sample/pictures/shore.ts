import type { Random } from '../../random';
import type { Light } from './light';
import { Sketch, type Bounds, type Corner } from './sketch';

/** What a picture from the quay shows behind the water. `horizon`: its y. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly horizon: number;
}

const HOUSES = ['#c98f6b', '#d9c7a8', '#b7675a', '#9fb0a8', '#e3ded2', '#c7a24f'] as const;

/** Two colours, from the top to the bottom, as a fill that `url(#id)` names. */
const gradient = (id: string, [top, bottom]: readonly [string, string]): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop stop-color="${top}"/>` +
  `<stop offset="1" stop-color="${bottom}"/></linearGradient>`;

export function skyAndSea(random: Random, light: Light, { width, height, horizon }: Frame): string {
  const back = new Sketch()
    .slab('url(#sky)', 0, 0, width, horizon)
    .disc(light.disc, random.whole(width * 0.1, width * 0.9), random.whole(40, horizon - 50), random.whole(22, 34), 0.9)
    .slab('url(#sea)', 0, horizon, width, height - horizon);
  if (light.name === 'night') {
    for (let star = 0; star < 26; star++)
      back.disc('#dfe7f5', random.whole(0, width), random.whole(0, horizon - 60), random.whole(6, 14) / 10, 0.8);
  }
  return `<defs>${gradient('sky', light.sky)}${gradient('sea', light.sea)}</defs>${back.markup}`;
}

/** Crests, denser and shorter towards the horizon. */
export function waves(random: Random, light: Light, { width, height, horizon }: Frame): string {
  const crests = new Sketch();
  for (let at = 0; at < 46; at++) {
    const near = random.unit();
    const y = horizon + 8 + near * near * (height - horizon - 14);
    const length = 14 + near * 60;
    const x = random.whole(-20, width);
    crests.line(
      light.glint,
      1 + near * 1.6,
      [
        [x, y],
        [x + length, y],
      ],
      0.22,
    );
  }
  return crests.markup;
}

export function hills(random: Random, light: Light, { width, horizon }: Frame): string {
  const ridge = (peaks: number, rise: number): readonly Corner[] => {
    const corners: Corner[] = [[-10, horizon + 1]];
    for (let at = 0; at <= peaks; at++)
      corners.push([(width * at) / peaks, horizon - random.whole(rise * 0.3, rise)] as const);
    return [...corners, [width + 10, horizon + 1]];
  };
  return new Sketch().shape(light.hills, ridge(6, 90), 0.55).shape(light.hills, ridge(9, 52)).markup;
}

/** A row of houses on the far side. */
export function town(random: Random, light: Light, { width, horizon }: Frame): string {
  const houses = new Sketch(light.veil);
  const lamps = new Sketch();
  let x = random.whole(0, width * 0.5);
  for (const count = random.whole(5, 9), end = x + count * 46; x < Math.min(width, end);) {
    const [breadth, storey] = [random.whole(30, 50), random.whole(26, 48)];
    houses.slab(random.pick(HOUSES), x, horizon - storey, breadth, storey + 2);
    houses.shape('#7d4a3c', [
      [x - 3, horizon - storey],
      [x + breadth / 2, horizon - storey - 16],
      [x + breadth + 3, horizon - storey],
    ]);
    for (let pane = x + 6; pane < x + breadth - 8; pane += 12) {
      const lit = light.lamps && random.chance(0.6);
      (lit ? lamps : houses).slab(lit ? '#ffd884' : '#4d5a63', pane, horizon - storey + 10, 5, 8);
    }
    x += breadth + 2;
  }
  return `${houses.markup}${lamps.markup}`;
}

/** The mole with its lighthouse. */
export function lighthouse(random: Random, light: Light, { width, horizon }: Frame): string {
  const left = random.chance(0.5);
  const x = left ? random.whole(40, 160) : random.whole(width - 160, width - 40);
  const mole = new Sketch(light.veil).shape('#77736b', [
    [left ? -10 : x - 60, horizon - 2],
    [left ? x + 60 : width + 10, horizon - 2],
    [left ? x + 84 : width + 10, horizon + 16],
    [left ? -10 : x - 84, horizon + 16],
  ]);
  const foot = horizon - 2;
  mole
    .shape('#f0ece2', [
      [x - 15, foot],
      [x - 10, foot - 100],
      [x + 10, foot - 100],
      [x + 15, foot],
    ])
    .shape('#b23a30', [
      [x - 13.5, foot - 30],
      [x - 12, foot - 60],
      [x + 12, foot - 60],
      [x + 13.5, foot - 30],
    ])
    .slab('#2f3a45', x - 8, foot - 114, 16, 14)
    .shape('#b23a30', [
      [x - 12, foot - 114],
      [x, foot - 130],
      [x + 12, foot - 114],
    ]);
  const lamp = new Sketch();
  if (light.lamps) {
    const beam = left ? 260 : -260;
    lamp.shape(
      '#fff3c4',
      [
        [x, foot - 110],
        [x + beam, foot - 146],
        [x + beam, foot - 78],
        [x, foot - 106],
      ],
      0.22,
    );
    lamp.disc('#fff3c4', x, foot - 107, 6);
  }
  return `${mole.markup}${lamp.markup}`;
}

/** The edge of the quay where the camera stands. */
export function quay(random: Random, { width, height }: Frame): string {
  const left = random.chance(0.5);
  const edge = (x: number) => (left ? x : width - x);
  const stones = new Sketch().shape('#6f6a62', [
    [edge(-4), height - 84],
    [edge(210), height - 58],
    [edge(250), height + 4],
    [edge(-4), height + 4],
  ]);
  stones.shape(
    '#8a857b',
    [
      [edge(-4), height - 84],
      [edge(210), height - 58],
      [edge(213), height - 50],
      [edge(-4), height - 75],
    ],
    0.9,
  );
  for (const x of [60, 150]) {
    stones.slab('#2c2f33', edge(x) - 9, height - 92 + x * 0.12, 18, 26);
    stones.oval('#3a3e43', edge(x), height - 92 + x * 0.12, 13, 5);
  }
  return stones.markup;
}

/** Dims what is drawn so far within these bounds, as the light does. */
export function veil({ veil: { color, opacity } }: Light, { left, top, right, bottom }: Bounds): string {
  return opacity === 0 ? '' : new Sketch().slab(color, left, top, right - left, bottom - top, opacity).markup;
}
