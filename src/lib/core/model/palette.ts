/**
 * Class colours that colour-blind people can tell apart: the seven hues of Okabe and Ito (2008, "Color Universal
 * Design") without their black, then the same idea carried on in OKLCH (Ottosson 2020): hues by the golden angle, so
 * that neighbours differ most, on three levels of lightness, so that they differ without hue as well.
 */
const OKABE_ITO = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'] as const;

const GOLDEN_ANGLE = 137.50776405;
const LEVELS = [
  { lightness: 0.46, chroma: 0.12 },
  { lightness: 0.8, chroma: 0.1 },
  { lightness: 0.63, chroma: 0.13 },
] as const;

/** The colour of the class at `index` (0, 1, ...), `#rrggbb`. Never runs out; neighbours differ clearly. */
export function paletteColor(index: number): string {
  const named = OKABE_ITO[index];
  if (named !== undefined) return named;
  const { lightness, chroma } = LEVELS[index % LEVELS.length]!;
  return fromOklch(lightness, chroma, (index * GOLDEN_ANGLE) % 360);
}

/** Beyond this many colours nobody tells them apart, and they may repeat. */
const DISTINCT = 120;

/** The palette in order, first without the colours that are used already, then all of it again and again. */
export function* freshColors(used: { has(color: string): boolean }): Generator<string, never> {
  for (let index = 0; index < DISTINCT; index++) {
    const color = paletteColor(index);
    if (!used.has(color)) yield color;
  }
  for (let index = 0; ; index = (index + 1) % DISTINCT) yield paletteColor(index);
}

/** Contrast of two colours as WCAG 2.2 defines it, 1 to 21. Both are `#rrggbb`. */
export function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const DARK_INK = '#000000';
const LIGHT_INK = '#ffffff';

/** The ink, dark or light, that reads better on a class colour. */
export const inkOn = (color: string): string =>
  contrast(color, DARK_INK) >= contrast(color, LIGHT_INK) ? DARK_INK : LIGHT_INK;

/** Whether a mark in this colour needs an outline to stand out (3:1, WCAG 1.4.11) from the ground. Both are `#rrggbb`. */
export const needsOutline = (color: string, ground: string): boolean => contrast(color, ground) < 3;

function channels(color: string): [number, number, number] {
  return [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** OKLCH to sRGB; what lies outside of sRGB is cut off per channel. `hue` in degrees. */
function fromOklch(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const hex = linear.map((value) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    const byte = Math.round(Math.max(0, Math.min(1, encoded)) * 255);
    return byte.toString(16).padStart(2, '0');
  });
  return `#${hex.join('')}`;
}
