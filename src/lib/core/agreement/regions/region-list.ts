import type { ClassNumbers } from '../structured/class-numbers';
import type { RegionKind } from './region-kind';

/** Regions of one answer, sorted by the left edges of their bounds. */
export interface RegionList<R> {
  readonly regions: readonly R[];
  /** Region -> number of its class. */
  readonly classes: Uint32Array;
  readonly lefts: Float64Array;
  readonly rights: Float64Array;
  readonly tops: Float64Array;
  readonly bottoms: Float64Array;
  /** The greatest width of any bounds. */
  readonly widest: number;
}

/** What bounds do not tell of is everywhere. */
const EVERYWHERE = { x: -Infinity, y: -Infinity, width: Infinity, height: Infinity };

export function regionList<R>(value: readonly R[], kind: RegionKind<R>, numbers: ClassNumbers): RegionList<R> {
  const entries = value.map((region) => {
    const { x, y, width, height } = kind.boundsOf(region) ?? EVERYWHERE;
    const isBound = Number.isFinite(x);
    const [right, bottom] = isBound ? [x + width, y + height] : [Infinity, Infinity];
    return { region, class: numbers.of(kind.classOf(region)), left: x, top: y, right, bottom };
  });
  entries.sort((one, other) => (one.left === other.left ? 0 : one.left - other.left));
  const list = {
    regions: entries.map(({ region }) => region),
    classes: new Uint32Array(entries.length),
    lefts: new Float64Array(entries.length),
    rights: new Float64Array(entries.length),
    tops: new Float64Array(entries.length),
    bottoms: new Float64Array(entries.length),
    widest: 0,
  };
  for (const [at, { class: id, left, right, top, bottom }] of entries.entries()) {
    list.classes[at] = id;
    list.lefts[at] = left;
    list.rights[at] = right;
    list.tops[at] = top;
    list.bottoms[at] = bottom;
    list.widest = Math.max(list.widest, right - left);
  }
  return list;
}
