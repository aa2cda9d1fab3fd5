import { boxFault } from '../../fields/box';
import type { Extent } from '../../fields/kind';
import { MAX_REGIONS } from '../../fields/regions';
import { spanFault } from '../../fields/span';
import type { Box, Span } from '../../model/annotation';
import type { Field } from '../../model/schema';
import { CodePoints } from '../../text/code-points';
import type { NamedValue } from '../inferred-schema';
import type { Feature } from './features';
import type { Row } from './tables';

/** What is wrong with a part of a value, and where: ` 3` is the third. */
export type OnFlaw = (place: string, reason: string) => void;

/** Columns that are labels although nothing says so. */
const LABEL_COLUMNS: readonly string[] = ['label', 'labels'];

/** Names of the list beside `bbox`. */
const CATEGORY_KEYS: readonly string[] = ['categories', 'category', 'labels', 'label'];

/** The kind of field that a feature is, with the names of its classes; null for what is none. */
export function fieldOf(feature: Feature): { readonly kind: Field['kind']; readonly names: readonly string[] } | null {
  switch (feature.type) {
    case 'class':
      return { kind: 'choice', names: feature.names };
    case 'list': {
      if (feature.of.type === 'class') return { kind: 'choice', names: feature.of.names };
      const parts = feature.of.type === 'struct' ? new Map(feature.of.fields) : new Map<string, Feature>();
      return parts.has('start') && parts.has('end') ? { kind: 'span', names: classNames(parts.get('label')) } : null;
    }
    case 'struct': {
      const parts = new Map(feature.fields);
      const key = CATEGORY_KEYS.find((name) => parts.has(name));
      const categories = key === undefined ? undefined : parts.get(key);
      return parts.has('bbox')
        ? { kind: 'box', names: categories?.type === 'list' ? classNames(categories.of) : [] }
        : null;
    }
    default:
      return null;
  }
}

const classNames = (feature: Feature | undefined): readonly string[] =>
  feature?.type === 'class' ? feature.names : [];

/** The value that a cell states, if it is one of a field; classes by name. */
export function namedValue(
  column: string,
  cell: unknown,
  feature: Feature | undefined,
  extent: Extent | null,
  onFlaw: OnFlaw,
): NamedValue | null {
  const field = feature ? fieldOf(feature) : guess(column, cell);
  if (field === null || cell === null || cell === undefined) return null;
  switch (field.kind) {
    case 'choice': {
      const list = Array.isArray(cell) ? (cell as readonly unknown[]) : [cell];
      const labels = list.map((one) => className(one, field.names)).filter((label) => label !== null);
      return { kind: 'choice', labels };
    }
    case 'box':
      return boxesIn(cell, field.names, extent, onFlaw);
    case 'span':
      return spansIn(cell, field.names, extent, onFlaw);
  }
}

/** By the look of a value, where no feature is stated. */
function guess(column: string, cell: unknown): ReturnType<typeof fieldOf> {
  if (isObject(cell) && Array.isArray(cell['bbox'])) return { kind: 'box', names: [] };
  const list = Array.isArray(cell) ? (cell as readonly unknown[]) : [];
  if (list.length > 0 && list.every((one) => isObject(one) && 'start' in one && 'end' in one))
    return { kind: 'span', names: [] };
  return LABEL_COLUMNS.includes(column) ? { kind: 'choice', names: [] } : null;
}

/** A class by name, by number, or by the number as its name; null where it is neither. -1 stands for no class. */
function className(raw: unknown, names: readonly string[]): string | null {
  if (typeof raw === 'string') return raw === '' ? null : raw;
  const index = numberIn(raw);
  return !Number.isInteger(index) || index < 0 ? null : (names[index] ?? String(index));
}

function boxesIn(cell: unknown, names: readonly string[], extent: Extent | null, onFlaw: OnFlaw): NamedValue | null {
  const { bbox, rotation, ...rest } = isObject(cell) ? cell : {};
  const categories = CATEGORY_KEYS.map((key) => rest[key]).find(Array.isArray) as readonly unknown[] | undefined;
  if (!Array.isArray(bbox) || categories?.length !== bbox.length || bbox.length > MAX_REGIONS) {
    onFlaw('', `it needs lists bbox and categories of the same length, of at most ${MAX_REGIONS} boxes`);
    return null;
  }
  const rotations = Array.isArray(rotation) ? (rotation as readonly unknown[]) : [];
  const boxes: Box[] = [];
  for (const [at, raw] of (bbox as readonly unknown[]).entries()) {
    const name = className(categories[at], names);
    const [x = NaN, y = NaN, width = NaN, height = NaN] = Array.isArray(raw) ? raw.map(numberIn) : [];
    const box = { x, y, width, height, rotation: numberIn(rotations[at] ?? 0) };
    const flaw = name === null ? 'a box has no class' : boxFault(box, extent);
    if (name === null || flaw !== null) onFlaw(` ${at + 1}`, flaw!);
    else boxes.push({ ...box, id: String(boxes.length + 1), class: name });
  }
  return { kind: 'box', boxes };
}

function spansIn(cell: unknown, names: readonly string[], extent: Extent | null, onFlaw: OnFlaw): NamedValue | null {
  if (!Array.isArray(cell) || cell.length > MAX_REGIONS) {
    onFlaw('', `it is no list of at most ${MAX_REGIONS} spans`);
    return null;
  }
  const text = extent?.kind === 'text' ? extent.text : '';
  const points = new CodePoints(text);
  const spans: Span[] = [];
  for (const [at, raw] of (cell as readonly unknown[]).entries()) {
    const { start, end, label } = isObject(raw) ? raw : {};
    const name = className(label, names);
    const [from, to] = [numberIn(start), numberIn(end)];
    const isInside = from >= 0 && to <= points.length;
    const span = isInside ? { start: points.toUnits(from), end: points.toUnits(to) } : { start: from, end: to };
    const flaw = name === null ? 'a span has no class' : spanFault(span, extent);
    if (name === null || flaw !== null) onFlaw(` ${at + 1}`, flaw!);
    else spans.push({ ...span, id: String(spans.length + 1), class: name });
  }
  return { kind: 'span', spans };
}

/** A number, also from a big one, and from the digits of a fraction too long for a careful reader of JSON; else NaN. */
const numberIn = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '')
    ? Number(value)
    : NaN;

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
