import type { ClassId } from '../model/ids';
import { paletteColor } from '../model/palette';
import type { ClassDefinition, Schema } from '../model/schema';
import { GUIDELINES } from './guidelines';

export const URGENCIES = ['can-wait', 'today', 'now'] as const;
export type Urgency = (typeof URGENCIES)[number];

export const BOAT_CLASSES = ['sailing-boat', 'fishing-boat', 'ferry', 'rowing-boat', 'buoy', 'swimmer'] as const;
export type BoatClass = (typeof BOAT_CLASSES)[number];

export const WORD_CLASSES = ['boat', 'berth', 'time', 'place'] as const;
export type WordClass = (typeof WORD_CLASSES)[number];

/** Ids of the questions. */
export const FIELDS = { urgency: 'urgency', things: 'things', words: 'words' } as const;

/** Name, key, description; the colours go on from question to question, so that no two classes share one. */
type Told = readonly [id: ClassId, name: string, key: string, description: string];

const classes = (firstColor: number, told: readonly Told[]): readonly ClassDefinition[] =>
  told.map(([id, name, key, description], at) => ({
    ...{ id, name, key, description },
    color: paletteColor(firstColor + at),
  }));

const OPEN = { required: false, retired: [], remap: {} };

/** What the harbour office wants to know: one question for all items, one for pictures, one for messages. */
export const SAMPLE_SCHEMA: Schema = {
  version: 1,
  guidelines: GUIDELINES,
  fields: [
    {
      ...OPEN,
      ...{ id: FIELDS.urgency, kind: 'choice', name: 'Urgency', required: true, multiple: false },
      classes: classes(13, [
        ['can-wait', 'Can wait', '1', 'Nothing has to be done, or any day will do.'],
        ['today', 'Today', '2', 'Somebody should look after it before the evening.'],
        ['now', 'Now', '3', 'A person or a boat is in danger.'],
      ]),
    },
    {
      ...OPEN,
      ...{ id: FIELDS.things, kind: 'box', name: 'On the water', rotatable: true },
      classes: classes(0, [
        ['sailing-boat', 'Sailing boat', '4', 'One mast or more, sails set or furled; the box takes in the mast.'],
        ['fishing-boat', 'Fishing boat', '5', 'Wheelhouse, derrick or nets.'],
        ['ferry', 'Ferry', '6', 'Rows of windows, a funnel; from above, lanes for cars.'],
        ['rowing-boat', 'Rowing boat', '7', 'Open, with thwarts; a dinghy too. Oars do not count.'],
        ['buoy', 'Buoy', '8', 'Red, green or yellow, afloat. A gull that sits on the water is none.'],
        ['swimmer', 'Swimmer', '9', 'A person in the water: head, cap or arms.'],
      ]),
    },
    {
      ...OPEN,
      ...{ id: FIELDS.words, kind: 'span', name: 'Words', wholeWords: true },
      classes: classes(7, [
        ['boat', 'Boat', 'o', 'The name of a boat, without “the”.'],
        ['berth', 'Berth', 'e', 'Where a boat lies: B 14, pontoon D.'],
        ['time', 'Time', 'i', 'A clock time, a day or a date, without “at” or “on”.'],
        ['place', 'Place', 'a', 'Anywhere else in the harbour, without “the”.'],
      ]),
    },
  ],
};
