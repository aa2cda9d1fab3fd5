import type { ShownSpan } from '#state/span-editor';
import { displayClass, fieldById, type Schema } from '#core/model/schema';
import type { PlacedSpan } from '#core/text/span-layout';

/** A span as it is drawn: whether it is selected is a part of its look. */
export interface DrawnSpan extends ShownSpan {
  readonly selected: boolean;
}

/** How a class looks. */
export interface ClassLook {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

export type ClassLooks = (span: Pick<ShownSpan, 'field' | 'class'>) => ClassLook;

/** The looks of the classes of a schema. */
export function classLooks(schema: Schema): ClassLooks {
  const known = new Map<string, ClassLook>();
  return ({ field: fieldId, class: id }) => {
    const key = `${fieldId}\0${id}`;
    let look = known.get(key);
    if (!look) {
      look = displayClass(fieldById(schema, fieldId), id);
      known.set(key, look);
    }
    return look;
  };
}

export const looksSame = (a: DrawnSpan, b: DrawnSpan): boolean =>
  a.id === b.id &&
  a.field === b.field &&
  a.class === b.class &&
  a.proposed === b.proposed &&
  a.selected === b.selected &&
  a.confidence === b.confidence;

/** Pixels from one underline to the next, and how thick one is. */
const LANE = 3;
const LINE = 2;
/** So many underlines fit between two lines of text as they are. */
const ROOMY = 4;

/** Inline style of text that lies on spans: the innermost tints it, each has its line beneath, the selected one a frame. */
export function underlay(under: readonly PlacedSpan<DrawnSpan>[], look: ClassLooks): string {
  const innermost = under.at(-1);
  if (!innermost) return '';
  const depth = Math.max(...under.map(({ lane }) => lane)) + 1;
  const images: string[] = [];
  const places: string[] = [];
  const line = (image: string, place: string) => {
    images.push(image);
    places.push(`0 ${place} / 100% ${LINE}px no-repeat`);
  };
  for (const { span, lane } of under) {
    const color = span.selected ? 'var(--ink)' : `color-mix(in srgb, ${look(span).color} 74%, var(--ink))`;
    const dash = `repeating-linear-gradient(90deg, ${color} 0 5px, transparent 5px 8px)`;
    line(span.proposed ? dash : `linear-gradient(${color}, ${color})`, `calc(100% - ${(depth - 1 - lane) * LANE}px)`);
    if (span.selected) line(`linear-gradient(${color}, ${color})`, '0');
  }
  const tinting = under.find(({ span }) => span.selected) ?? innermost;
  const strength = tinting.span.selected ? 46 : tinting.span.proposed ? 13 : 24;
  const tint = `color-mix(in srgb, ${look(tinting.span).color} ${strength}%, transparent)`;
  const background = images.map((image, at) => `${image} ${places[at]!}`).join(', ');
  const height = depth > ROOMY ? `;line-height:calc(2em + ${2 * LANE * (depth - ROOMY)}px)` : '';
  return `background:${background}, ${tint};padding-bottom:${depth * LANE}px${height}`;
}

/** What a span's tag says. */
export function tagOf(span: DrawnSpan, look: ClassLooks): string {
  const { name } = look(span);
  const short = name.length > LONGEST_TAG ? `${name.slice(0, LONGEST_TAG - 1).trimEnd()}…` : name;
  return span.proposed && span.confidence !== undefined ? `${short} ${Math.round(span.confidence * 100)} %` : short;
}

const LONGEST_TAG = 18;
