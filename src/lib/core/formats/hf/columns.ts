import { kindOf } from '../../fields/registry';
import type { Box, FieldValue, Span } from '../../model/annotation';
import type { ClassId } from '../../model/ids';
import { valueIn, type Field, type Schema } from '../../model/schema';
import { CodePoints } from '../../text/code-points';
import type { DatasetItem } from '../format';
import { imageExtension } from '../image-files';
import { classLabels, uniqueName } from '../labels';
import type { Feature, StructFields } from './features';

/** A column of a table of items. */
export interface Column {
  readonly name: string;
  readonly feature: Feature;
  /** The field whose values it holds; null for what belongs to the item itself. */
  readonly field: Field | null;
  /** null where the item has none. */
  readonly value: (item: DatasetItem) => unknown;
}

/** What is exported together: images with one card, texts with another. */
export type Kind = 'images' | 'texts';

const own = (name: string, type: 'string' | 'int64', value: (item: DatasetItem) => unknown): Column => ({
  ...{ name, feature: { type }, field: null, value },
});

const TURN: StructFields = [
  ['speaker', { type: 'string' }],
  ['text', { type: 'string' }],
];

const CONTEXT: Column = {
  name: 'context',
  feature: { type: 'list', of: { type: 'struct', fields: TURN } },
  field: null,
  value: ({ content }) => (content.kind === 'text' ? (content.context ?? null) : null),
};

const ORIGIN: readonly Column[] = [
  own('id', 'string', ({ id }) => id),
  own('file', 'string', ({ sources }) => sources[0]?.file ?? null),
];

/** The columns of the item itself; `row` and `context` only where some item has them. */
const OWN: Readonly<Record<Kind, readonly Column[]>> = {
  texts: [
    own('text', 'string', ({ content }) => (content.kind === 'text' ? content.text : null)),
    CONTEXT,
    ...ORIGIN,
    own('row', 'int64', ({ sources }) => sources[0]?.row ?? null),
  ],
  images: [own('file_name', 'string', fileName), ...ORIGIN],
};

/** Columns that are left out where no item has a value. */
export const isSpare = ({ name, field }: Column): boolean => field === null && (name === 'context' || name === 'row');

/** Within the folder of its part. */
export function fileName({ id, content }: DatasetItem): string | null {
  return content.kind === 'image' ? `${id}.${imageExtension(content.facts.type)}` : null;
}

/** Names that mean something to loaders, beside those of the columns of items. */
const RESERVED = ['image', 'audio', 'video', 'split'];

/** All columns of texts or images: the item first, then a column per field that can be asked of it. */
export function columnsOf(schema: Schema, kind: Kind): Column[] {
  const columns = [...OWN[kind]];
  const taken = new Set([...RESERVED, ...Object.values(OWN).flatMap((list) => list.map(({ name }) => name))]);
  const content = kind === 'images' ? 'image' : 'text';
  const fields = schema.fields.filter((field) => kindOf(field).content.includes(content));
  for (const field of fields) {
    const isOnly = fields.filter((other) => other.kind === field.kind).length === 1;
    columns.push(fieldColumn(field, uniqueName(wantedName(field, isOnly), taken)));
  }
  return columns;
}

/** Trainers look for `objects`, and people for `entities`; a choice is called what its field is. */
function wantedName(field: Field, isOnly: boolean): string {
  if (isOnly && field.kind === 'box') return 'objects';
  if (isOnly && field.kind === 'span') return 'entities';
  const name = field.name.trim() || field.id;
  // Loaders take columns with such names for paths of images.
  return /file_names?$/.test(name) ? `${name} field` : name;
}

function fieldColumn(field: Field, name: string): Column {
  const labels = classLabels(field, (label) => label);
  const label = (id: ClassId): string | null => labels.get(id) ?? null;
  const classes: Feature = { type: 'class', names: [...labels.values()] };
  const column = (feature: Feature, cell: (value: FieldValue, item: DatasetItem) => unknown): Column => ({
    ...{ name, feature, field },
    value(item) {
      const value = item.label && valueIn(item.label, field);
      return value && kindOf(field).is(value) ? cell(value, item) : null;
    },
  });
  switch (field.kind) {
    case 'choice':
      return field.multiple
        ? column({ type: 'list', of: classes }, (value) => (value as readonly ClassId[]).map(label))
        : column(classes, (value) => (value.length > 0 ? label(value[0] as ClassId) : null));
    case 'box':
      return column(objects(classes), (value) => objectsOf(value as readonly Box[], label));
    case 'span':
      return column(entities(classes), (value, item) => entitiesOf(value as readonly Span[], item, label));
  }
}

/**
 * Boxes as the guides to object detection have them, in COCO's way: left, top, width, height in pixels. `rotation` is our
 * own, in degrees clockwise about the centre: no feature of theirs knows it.
 */
const objects = (classes: Feature): Feature => ({
  type: 'struct',
  fields: [
    ['bbox', { type: 'list', of: { type: 'list', of: { type: 'float64' } } }],
    ['categories', { type: 'list', of: classes }],
    ['rotation', { type: 'list', of: { type: 'float64' } }],
  ],
});

const objectsOf = (boxes: readonly Box[], label: (id: ClassId) => string | null) => ({
  bbox: boxes.map(({ x, y, width, height }) => [x, y, width, height]),
  categories: boxes.map((box) => label(box.class)),
  rotation: boxes.map(({ rotation }) => rotation),
});

/** Spans by code points, as Python slices a text. */
const entities = (classes: Feature): Feature => ({
  type: 'list',
  of: {
    type: 'struct',
    fields: [
      ['start', { type: 'int64' }],
      ['end', { type: 'int64' }],
      ['label', classes],
      ['text', { type: 'string' }],
    ],
  },
});

function entitiesOf(spans: readonly Span[], { content }: DatasetItem, label: (id: ClassId) => string | null) {
  const text = content.kind === 'text' ? content.text : '';
  const points = new CodePoints(text);
  return spans.map(({ start, end, class: classId }) => ({
    start: points.fromUnits(start),
    end: points.fromUnits(end),
    label: label(classId),
    text: text.slice(start, end),
  }));
}
