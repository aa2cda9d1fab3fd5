import type { BoxField, Schema } from '../../model/schema';
import { chosenFields, fieldOptions, leftOutFields } from '../box-categories';
import type { Format, FormatOption, FormatOptions, Loss } from '../format';
import { chosen } from '../options';
import { isYolo, parseYolo } from './parse';
import { writeYolo, type YoloTask } from './write';

const KINDS = ['box'] as const;

/**
 * The layout of Ultralytics (https://docs.ultralytics.com/datasets/detect/): `data.yaml`, `images/train/…` and, for each
 * image that is labelled, `labels/train/….txt`; the same with `val`.
 */
export const yolo: Format = {
  id: 'yolo',
  name: 'YOLO',
  description: 'Boxes for Ultralytics YOLO, upright or oriented.',
  fields: KINDS,
  content: ['image'],
  needsImages: false,
  options: (schema) => [
    ...fieldOptions(schema, KINDS, 'The field whose classes the detector learns.'),
    taskOption(schema),
  ],
  losses,
  detect: isYolo,
  parse: parseYolo,
  serialize: (dataset, options) =>
    writeYolo(dataset, boxFields(dataset.schema, options), taskOf(dataset.schema, options)),
};

const boxFields = (schema: Schema, options: FormatOptions): BoxField[] =>
  chosenFields(schema, KINDS, options).filter((field) => field.kind === 'box');

const taskOf = (schema: Schema, options: FormatOptions): YoloTask => chosen(taskOption(schema), options) as YoloTask;

/** Oriented boxes where some field has boxes that can be turned, since upright ones would lose that. */
function taskOption(schema: Schema): FormatOption {
  return {
    id: 'task',
    label: 'Boxes',
    help: 'Detection has upright boxes; oriented boxes (OBB) have four corners, and need a model made for them.',
    choices: [
      { value: 'detect', label: 'Detection' },
      { value: 'obb', label: 'Oriented' },
    ],
    default: schema.fields.some((field) => field.kind === 'box' && field.rotatable) ? 'obb' : 'detect',
  };
}

function losses(schema: Schema, options: FormatOptions): Loss[] {
  const fields = boxFields(schema, options);
  const isTurned = fields.some((field) => field.rotatable);
  const why = 'A label file has numbers of classes and coordinates only.';
  return [
    { what: 'Texts and image URLs', why: 'YOLO detects things in image files.' },
    ...(taskOf(schema, options) === 'detect' && isTurned
      ? [
          {
            what: 'The turn of boxes',
            why: 'Detection has upright boxes: the ones around them. Choose oriented ones to keep it.',
          },
        ]
      : []),
    {
      what: 'What lies beyond the image’s edge',
      why: 'Ultralytics refuses an image with such coordinates, so upright boxes are cut off there, and corners moved to it.',
    },
    { what: 'Coordinates beyond 8 decimals', why: 'They are shares of the image: at 10,000 pixels, 0.0001 of one.' },
    {
      what: 'Whether the images are split, where one part is empty',
      why: 'Ultralytics needs images for training and for validation, so the other part stands in.',
    },
    ...leftOutFields(schema, fields),
    {
      what: 'Whether a field was left open or deliberately left empty',
      why: 'An image that is labelled has a label file, which may be empty.',
    },
    { what: 'The order of the items, who labelled what, when, notes, predictions, ids, and status', why },
    { what: 'Metadata, and all sources of an image but the file’s name', why },
    { what: 'The project’s name, names of fields, colours, keys, descriptions and guidelines', why },
    {
      what: 'Images as GIF, SVG, AVIF, ICO or JPEG XL, for Ultralytics',
      why: 'They are packed, but it reads BMP, HEIC, JPEG, PNG, TIFF and WebP only.',
    },
  ];
}
