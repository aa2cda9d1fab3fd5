import type { Schema } from '#core/model/schema';

/** A schema that asks for any of three classes. */
export const CLASSES = ['x', 'y', 'z'];

export const SCHEMA: Schema = {
  version: 1,
  guidelines: '',
  fields: [
    {
      ...{ id: 'label', kind: 'choice', name: 'Label', required: false, multiple: true, remap: {}, retired: [] },
      classes: CLASSES.map((id) => ({ id, name: id, color: '#000000', key: '', description: '' })),
    },
  ],
};
