import { chosenFields, fieldOptions, leftOutFields } from '../box-categories';
import type { Format, FormatOptions, Loss } from '../format';
import type { Schema } from '../../model/schema';
import { isCoco, parseCoco } from './parse';
import { writeCoco } from './write';

const KINDS = ['box', 'choice'] as const;

/**
 * COCO object detection (https://cocodataset.org/#format-data): `annotations/instances_default.json` beside `images/`,
 * or `instances_train.json` and `instances_val.json` beside `train/` and `val/`.
 */
export const coco: Format = {
  id: 'coco',
  name: 'COCO',
  description: 'Boxes for pycocotools, detectron2, MMDetection and torchvision.',
  fields: KINDS,
  content: ['image'],
  needsImages: false,
  options: (schema) =>
    fieldOptions(schema, KINDS, 'Classes of the image itself become annotations over the whole image.'),
  losses,
  detect: isCoco,
  parse: parseCoco,
  serialize: (dataset, options) => writeCoco(dataset, chosenFields(dataset.schema, KINDS, options)),
};

function losses(schema: Schema, options: FormatOptions): Loss[] {
  const fields = chosenFields(schema, KINDS, options);
  const why = 'COCO has no place for them.';
  return [
    { what: 'Texts and image URLs', why: 'COCO lists image files with their sizes.' },
    ...(fields.some(({ kind }) => kind === 'choice')
      ? [
          {
            what: 'That classes of the image are no boxes',
            why: 'Each becomes an annotation over the whole image. Choose one field of boxes to leave them out.',
          },
        ]
      : []),
    ...(fields.some((field) => field.kind === 'box' && field.rotatable)
      ? [
          {
            what: 'The turn of boxes, for readers of bbox alone',
            why: 'COCO has upright boxes only: bbox is the one around a turned box, whose four corners, to six decimals, are its segmentation.',
          },
        ]
      : []),
    ...leftOutFields(schema, fields),
    {
      what: 'Whether a field was left open or deliberately left empty',
      why: 'An image has annotations of a field, or it has none.',
    },
    { what: 'Who labelled what, when, notes, predictions, ids of boxes, and status', why },
    { what: 'Metadata, and all sources of an image but the first', why },
    { what: 'Colours, keys, descriptions, guidelines, and ids of classes and fields', why },
  ];
}
