import type { Box, Span } from '../model/annotation';
import type { ClassId, RegionId } from '../model/ids';
import type { Field } from '../model/schema';

/** What boxes and spans have in common. */
type Region = Box | Span;

/** More than this in one value is no answer of a person: it would fill a commit. */
export const MAX_REGIONS = 20_000;

/** Characters of a region's id. */
const MAX_ID = 64;

/** Whether it has what every region has: an id, a class and perhaps a confidence. */
export function isRegion(value: unknown): value is Record<string, unknown> & Pick<Region, 'id' | 'class'> {
  if (typeof value !== 'object' || value === null) return false;
  const { id, class: classId, confidence } = value as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    id !== '' &&
    id.length <= MAX_ID &&
    typeof classId === 'string' &&
    classId !== '' &&
    (confidence === undefined || (typeof confidence === 'number' && confidence >= 0 && confidence <= 1))
  );
}

/** What is wrong with a list of regions as such; null for nothing. `noun`: boxes, spans. */
export function regionsFault(regions: readonly Region[], field: Field, noun: string): string | null {
  if (regions.length > MAX_REGIONS) return `there are more than ${MAX_REGIONS.toLocaleString('en')} ${noun}`;
  if (field.required && regions.length === 0) return `at least one of its ${noun} must be drawn`;
  const ids = new Set<RegionId>();
  const known = new Set<ClassId>();
  for (const { id } of field.classes) known.add(id);
  for (const { id } of field.retired) known.add(id);
  for (const region of regions) {
    if (ids.has(region.id)) return `two ${noun} have the id “${region.id}”`;
    ids.add(region.id);
    if (!known.has(region.class)) return `there is no class “${region.class}”`;
  }
  return null;
}

/**
 * The canonical form of each region; those that have it already stay the same objects, so that one step of an edit can be
 * told from the next without looking into what did not change.
 *
 * @param keys in the order of the canonical encoding; `confidence` may follow
 */
export function canonicalRegions<R extends Region>(
  regions: readonly R[],
  keys: readonly string[],
  make: (region: R) => R,
  isNormal: (region: R) => boolean,
): readonly R[] {
  const isCanonical = (region: R) => hasKeys(region, keys) && isNormal(region);
  return regions.every(isCanonical) ? regions : regions.map((region) => (isCanonical(region) ? region : make(region)));
}

function hasKeys(region: object, keys: readonly string[]): boolean {
  let at = 0;
  for (const key in region) {
    if (at < keys.length ? key !== keys[at] : key !== 'confidence') return false;
    at++;
  }
  return at >= keys.length;
}

/** The regions as they read under the field's current classes; the same list where nothing changes. */
export function remapped<R extends Region>(regions: readonly R[], { remap }: Field): readonly R[] {
  if (!regions.some((region) => Object.hasOwn(remap, region.class))) return regions;
  return regions.map((region) => {
    const to = Object.hasOwn(remap, region.class) ? remap[region.class] : undefined;
    return to === undefined ? region : { ...region, class: to };
  });
}

export function countClasses(regions: readonly Region[]): ReadonlyMap<ClassId, number> {
  const counts = new Map<ClassId, number>();
  for (const region of regions) counts.set(region.class, (counts.get(region.class) ?? 0) + 1);
  return counts;
}

export function withoutConfidence<R extends Region>(regions: readonly R[]): readonly R[] {
  if (regions.every((region) => region.confidence === undefined)) return regions;
  return regions.map(({ confidence: _, ...region }) => region as R);
}

/** The first of many new ids: decimal numbers above every one that is there. */
export function freshRegionId(regions: readonly { readonly id: RegionId }[]): number {
  let highest = 0;
  for (const { id } of regions) if (/^\d{1,9}$/.test(id)) highest = Math.max(highest, Number(id));
  return highest + 1;
}
