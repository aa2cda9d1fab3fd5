import { describe, expect, it, test } from 'vitest';
import { newBox } from '#core/fields/box';
import { validateChange, validateValues } from '#core/fields/values';
import type { Values } from '#core/model/annotation';
import { displayClass, EMPTY_SCHEMA, type ChoiceField, type Schema } from '#core/model/schema';
import { addClasses, addField, editField, removeField, restoreField } from '#core/model/schema-edits';
import { replaceSchema } from '#core/model/schema-restore';
import type { Result } from '#core/result';

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const asked = addClasses(value(addField(EMPTY_SCHEMA, 'Animal')), 'animal', ['Cat', 'Dog', 'Wolf']);
/** As a schema from elsewhere may be: Wolf is neither live nor retired. */
const without: Schema = {
  ...asked,
  fields: asked.fields.map((field) => ({ ...field, classes: field.classes.filter(({ id }) => id !== 'wolf') })),
};
const several = value(editField(without, 'animal', { multiple: true }));
const field = (schema: Schema) => schema.fields[0] as ChoiceField;

describe('an answer whose class is gone', () => {
  it('is shown by the id of the class', () => {
    expect(displayClass(field(without), 'wolf')).toMatchObject({ id: 'wolf', name: 'wolf', key: '' });
    expect(displayClass(field(without), 'cat').name).toBe('Cat');
  });

  test.each([
    ['may stay as it is', ['wolf'], ['wolf'], without, true],
    ['may be changed', ['cat'], ['wolf'], without, true],
    ['may stay beside another', ['cat', 'wolf'], ['wolf'], several, true],
    ['is not given to an item that did not have it', ['wolf'], ['cat'], without, false],
    ['is not given to an item without an answer', ['wolf'], undefined, without, false],
  ] as const)('%s', (_, next, former, schema, isFine) => {
    expect(validateChange(next, field(schema), null, former).ok).toBe(isFine);
  });

  it('keeps boxes with their classes while others are drawn', () => {
    const boxes = addClasses(value(addField(EMPTY_SCHEMA, 'Cells', 'box')), 'cells', ['Red']);
    const box = (id: string, className: string) =>
      newBox({ id, class: className, x: 1, y: 2, width: 3, height: 4, rotation: 0 });
    const former = [box('1', 'gone')];
    const next = [...former, box('2', 'red')];
    expect(validateChange(next, boxes.fields[0]!, null, former)).toEqual({ ok: true, value: next });
    expect(validateChange(next, boxes.fields[0]!, null, []).ok).toBe(false);
  });
});

describe('an answer under other rules', () => {
  it('of several classes stays until it is changed, when only one can be chosen any more', () => {
    const former: Values = { animal: ['cat', 'dog'] };
    expect(validateValues(former, asked, null, former)).toEqual({ ok: true, value: former });
    expect(validateValues({ animal: ['dog', 'wolf'] }, asked, null, former).ok).toBe(false);
  });

  it('to a question that was removed is carried along, and counts when it is restored', () => {
    const removed = removeField(value(addField(asked, 'Age')), 'animal');
    const values: Values = { animal: ['cat'] };
    const kept = value(validateValues(values, { ...removed, fields: [] }, null, values));
    expect(kept).toEqual(values);
    const restored = value(restoreField({ ...removed, fields: [] }, field(asked)));
    expect(validateValues(kept, restored, null)).toEqual({ ok: true, value: values });
  });
});

describe('ids of fields', () => {
  it('are never those of a field that was removed, whatever it was called', () => {
    const founded: Schema = { ...value(addField(EMPTY_SCHEMA, 'Animal 5')), version: 5 };
    const again = value(addField({ ...removeField(founded, 'animal-5'), version: 5 }, 'Animal'));
    expect(again.fields.map(({ id }) => id)).not.toContain('animal-5');
  });
});

describe('a schema that is replaced', () => {
  test.each([
    ['stays', ['Cat', 'Dog', 'Wolf'], []],
    ['retired', ['Cat', 'Dog'], ['Wolf']],
    ['forgotten', ['Cat', 'Dog'], []],
  ] as const)('a class that it lacks: %s', (fate, live, retired) => {
    const { version, fields } = replaceSchema(without, asked, () => () => fate);
    expect(version).toBe(asked.version + 1);
    expect(fields[0]!.classes.map(({ name }) => name)).toEqual(live);
    expect(fields[0]!.retired.map(({ name }) => name)).toEqual(retired);
  });
});
