export type LightName = 'day' | 'dusk' | 'night' | 'fog';

/** A colour that dims others. */
export interface Veil {
  /** `#rrggbb`. */
  readonly color: string;
  /** 0 to 1. */
  readonly opacity: number;
}

/** A colour as it looks behind a veil. Both are `#rrggbb`. */
export function veiled(color: string, { color: over, opacity }: Veil): string {
  const channels = [1, 3, 5].map((at) => {
    const [below, above] = [color, over].map((hex) => parseInt(hex.slice(at, at + 2), 16)) as [number, number];
    return Math.round(below + (above - below) * opacity)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

/** The colours of a time of day. */
export interface Light {
  readonly name: LightName;
  /** From the zenith to the horizon. */
  readonly sky: readonly [string, string];
  /** From the horizon to the shore. */
  readonly sea: readonly [string, string];
  readonly hills: string;
  /** Crests of waves. */
  readonly glint: string;
  /** The sun, or the moon. */
  readonly disc: string;
  /** What lies over everything that is not lit by itself. */
  readonly veil: Veil;
  /** Whether lamps are on. */
  readonly lamps: boolean;
}

export const LIGHTS: Readonly<Record<LightName, Light>> = {
  day: {
    name: 'day',
    sky: ['#8cc4e6', '#e3f1f5'],
    sea: ['#6fa9bf', '#2f6f8c'],
    hills: '#8fa89a',
    glint: '#ffffff',
    disc: '#fff6d8',
    veil: { color: '#ffffff', opacity: 0 },
    lamps: false,
  },
  dusk: {
    name: 'dusk',
    sky: ['#5b6ea8', '#f6b287'],
    sea: ['#c98f86', '#3f4f78'],
    hills: '#6d6585',
    glint: '#ffd9b0',
    disc: '#ffdf9e',
    veil: { color: '#7a3a52', opacity: 0.2 },
    lamps: true,
  },
  night: {
    name: 'night',
    sky: ['#0d1730', '#2a3d63'],
    sea: ['#22385a', '#0c1a31'],
    hills: '#16233d',
    glint: '#9fb8dd',
    disc: '#eef2f6',
    veil: { color: '#0b1530', opacity: 0.52 },
    lamps: true,
  },
  fog: {
    name: 'fog',
    sky: ['#c3cccf', '#dfe4e4'],
    sea: ['#b9c5c8', '#7f979f'],
    hills: '#b7c1c2',
    glint: '#eef3f3',
    disc: '#eef0ea',
    veil: { color: '#dfe5e6', opacity: 0.42 },
    lamps: true,
  },
};
