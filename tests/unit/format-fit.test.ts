import { expect, it } from 'vitest';
import { formatFit, type Holding } from '../../src/lib/ui/export/format-fit';

const boxes = { fields: ['box', 'choice'], content: ['image'] } as const;
const spans = { fields: ['span'], content: ['text'] } as const;
const all = { fields: ['choice', 'box', 'span'], content: ['text', 'image', 'image-url'] } as const;

it.each([
  ['all of it', all, 'mixed', ['choice', 'span'], 'something', ''],
  ['not known yet', boxes, 'empty', ['box'], 'something', ''],
  ['no question yet', boxes, 'images', [], 'something', ''],
  ['one of two questions', boxes, 'images', ['box', 'span'], 'something', ''],
  ['texts into images', boxes, 'texts', ['choice'], 'nothing', 'Carries images only; this project has texts.'],
  ['images into texts', spans, 'images', ['span'], 'nothing', 'Carries texts only; this project has images.'],
  [
    'no question in common',
    spans,
    'texts',
    ['choice', 'choice'],
    'nothing',
    'Carries spans of text only; this project asks for classes of whole items.',
  ],
  ['the images of both', boxes, 'mixed', ['choice'], 'something', 'Carries the images only.'],
  ['the texts of both', spans, 'mixed', ['span'], 'something', 'Carries the texts only.'],
] as const)('%s', (_, format, content: Holding['content'], kinds: Holding['kinds'], carries, why) => {
  expect(formatFit(format, { content, kinds })).toEqual({ carries, why });
});
