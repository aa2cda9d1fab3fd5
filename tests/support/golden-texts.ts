import { newSpan } from '#core/fields/span';
import type { Dataset, DatasetContent, DatasetItem } from '#core/formats/format';
import { itemId } from '#core/model/item';
import type { ClassDefinition, Schema } from '#core/model/schema';
import { datasetOf } from './datasets';

const classes = (...names: readonly string[]): ClassDefinition[] =>
  names.map((name) => ({ id: name, name, color: '#0072b2', key: '', description: '' }));
const rest = { required: false, retired: [], remap: {} };

const SCHEMA: Schema = {
  version: 2,
  fields: [
    { ...rest, id: 'intent', kind: 'choice', name: 'Intent', multiple: false, classes: classes('book', 'Grüße: „hi“') },
    { ...rest, id: 'topics', kind: 'choice', name: 'Topics', multiple: true, classes: classes('food', '2024-01-01') },
    { ...rest, id: 'slots', kind: 'span', name: 'Slots', wholeWords: true, classes: classes('PER', 'no', 'time') },
  ],
  guidelines: '',
};

function item(content: Extract<DatasetContent, { kind: 'text' }>, more: Partial<DatasetItem>): DatasetItem {
  return {
    ...{ id: itemId(content), content, sources: [], status: 'pending', label: null },
    ...{ annotations: [], predictions: [], split: 'train' },
    ...more,
  };
}

const span = (id: string, name: string, start: number, end: number) => newSpan({ id, class: name, start, end });

/**
 * Texts with what files of texts trip over: characters beyond U+FFFF before and within spans, a byte order mark, line
 * ends, spans that nest, values that are empty, and an item that nobody labelled.
 */
export const goldenTexts = (): Dataset =>
  datasetOf('Golden texts', SCHEMA, [
    item(
      { kind: 'text', text: '👋🏽 Book for Ada 𝒳 at 7' },
      {
        sources: [{ file: 'in/a.csv', row: 3 }],
        label: {
          intent: ['book'],
          topics: ['food', '2024-01-01'],
          slots: [span('2', 'PER', 14, 20), span('1', 'PER', 14, 17), span('3', 'time', 24, 25)],
        },
      },
    ),
    item(
      {
        kind: 'text',
        text: 'yes\r\nplease',
        context: [
          { speaker: 'bot', text: 'A table for two? 🍽' },
          { speaker: '', text: 'hm' },
        ],
      },
      { sources: [{ file: 'in/a.csv', row: 4 }], label: { intent: ['Grüße: „hi“'], topics: [], slots: [] } },
    ),
    item({ kind: 'text', text: '\ufeff"quoted", \\ and \t' }, { label: { slots: [span('1', 'no', 1, 2)] } }),
    item({ kind: 'text', text: 'nobody labelled this' }, { split: 'val', sources: [{ file: 'b.txt' }] }),
  ]);
