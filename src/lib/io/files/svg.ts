import { detectEncoding } from '#core/text/encoding';

/** CSS pixels per unit. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
};

/** What browsers use where an SVG says nothing. */
const DEFAULT = { width: 300, height: 150 };

/**
 * The size of an SVG in CSS pixels: its width and height, else its viewBox, else 300 x 150.
 *
 * @param bytes the file, or a beginning that holds its root element's start tag
 * @returns null where this is no SVG
 */
export function svgSize(bytes: Uint8Array): { width: number; height: number } | null {
  const text = decoded(bytes);
  if (!text.trimStart().startsWith('<')) return null;
  const prolog = /^\s*(?:<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE(?:[^>[]|\[[^\]]*\])*>|\s)*/i.exec(text)?.[0] ?? '';
  const tag = /^<(?:[\w-]+:)?svg(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(text.slice(prolog.length))?.[0];
  if (tag === undefined) return null;
  const width = length(attribute(tag, 'width'));
  const height = length(attribute(tag, 'height'));
  if (width !== null && height !== null) return { width, height };
  const box = attribute(tag, 'viewBox')
    ?.trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , boxWidth = 0, boxHeight = 0] = box ?? [];
  if (!(boxWidth > 0 && boxHeight > 0)) return { width: width ?? DEFAULT.width, height: height ?? DEFAULT.height };
  // One given side scales the other one by the viewBox.
  if (width !== null) return { width, height: (width * boxHeight) / boxWidth };
  if (height !== null) return { width: (height * boxWidth) / boxHeight, height };
  return { width: boxWidth, height: boxHeight };
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return match?.[1] ?? match?.[2];
}

/** A length in CSS pixels; null for percentages and what cannot be read. */
function length(text: string | undefined): number | null {
  const match = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(text ?? '');
  const pixels = Number(match?.[1]) * (UNITS[match?.[2]?.toLowerCase() ?? ''] ?? NaN);
  return pixels > 0 ? pixels : null;
}

/** Whether an SVG is complete, as far as that shows without an XML parser: its root element is closed at the end. */
export function isCompleteSvg(bytes: Uint8Array): boolean {
  return /<\/(?:[\w-]+:)?svg\s*>(?:\s|<!--[\s\S]*?-->)*$/.test(decoded(bytes));
}

const decoded = (bytes: Uint8Array): string => new TextDecoder(detectEncoding(bytes)).decode(bytes);
