import type { Dataset, DatasetItem } from '#core/formats/format';
import type { ChoiceField, Schema } from '#core/model/schema';
import { box, boxField, pictureItem } from './box-files';
import { datasetOf } from './datasets';
import { goldenInput } from './golden';

const THINGS = {
  ...boxField('things', 'Things', true, 'cat', 'Hund: „groß“'),
  retired: [
    { id: 'old', name: 'old', color: '#d55e00', key: '', description: '' },
    { id: 'unused', name: 'unused', color: '#d55e00', key: '', description: '' },
  ],
};
const PARTS = boxField('parts', 'Parts', false, 'wheel', 'cat');
const SCENE: ChoiceField = {
  ...{ id: 'scene', kind: 'choice', name: 'Scene', required: false, multiple: true, retired: [], remap: {} },
  classes: ['indoor', '屋外'].map((name) => ({ id: name, name, color: '#0072b2', key: '', description: '' })),
};
const SCHEMA: Schema = { version: 7, fields: [THINGS, PARTS, SCENE], guidelines: '' };

const item = async (
  input: string,
  file: string,
  [width, height]: readonly [number, number],
  rest: Partial<DatasetItem>,
): Promise<DatasetItem> => pictureItem(file, await goldenInput(`images/${input}.png`), { width, height }, rest);

/**
 * Five images with what files of boxes trip over: names that are not ASCII, two files of one name, turned boxes, boxes
 * beyond the edge, a class that was retired, two fields with a class of the same name, an image that is empty and one
 * that nobody labelled.
 */
export async function goldenBoxes({ isSplit }: { readonly isSplit: boolean }): Promise<Dataset> {
  const [train, val] = isSplit ? (['train', 'val'] as const) : ([null, null] as const);
  return datasetOf('Golden „boxes“', SCHEMA, [
    await item('a', 'photos/straße.png', [64, 48], {
      ...{ split: train, status: 'completed' },
      label: {
        things: [
          box('1', 'cat', 4, 6, 20, 12),
          box('2', 'Hund: „groß“', 10.25, 8.5, 30.75, 22.01),
          box('3', 'cat', -5, 40, 20, 12),
        ],
        parts: [box('1', 'wheel', 0, 0, 64, 48)],
        scene: ['indoor', '屋外'],
      },
    }),
    await item('b', 'photos/写真 2.png', [100, 60], {
      ...{ split: train, status: 'completed' },
      label: {
        things: [
          box('x', 'cat', 20, 20, 40, 10, 30),
          box('y', 'cat', 60, 10, 30, 8, 90),
          box('z', 'Hund: „groß“', 80, 40, 30, 12, 315),
        ],
        parts: [box('1', 'cat', 1 / 3, 2 / 3, 10.1, 10.1)],
        scene: [],
      },
    }),
    await item('c', 'photos/empty.png', [32, 32], {
      ...{ split: train, status: 'completed' },
      label: { things: [], parts: [] },
    }),
    await item('d', 'more/Straße.PNG', [40, 30], {
      ...{ split: val, status: 'completed' },
      label: { things: [box('1', 'old', 2, 3, 5, 7), box('2', 'cat', 10, 10, 12, 12)], scene: ['屋外'] },
    }),
    await item('e', 'unlabelled.png', [20, 20], { split: val }),
  ]);
}
