import { describe, expect, it } from 'vitest';
import { choice } from '#core/fields/choice';
import {
  addClasses,
  addField,
  editClass,
  editField,
  mergeClass,
  moveClass,
  removeField,
  restoreClass,
  retireClass,
} from '#core/model/schema-edits';
import { EMPTY_SCHEMA, type ChoiceField, type Schema } from '#core/model/schema';
import type { Result } from '#core/result';

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const code = (result: Result<unknown>) => (result.ok ? null : result.error.code);

const animals = (): Schema => addClasses(value(addField(EMPTY_SCHEMA, 'Animal')), 'animal', ['Cat', 'Dog', 'Wolf']);
const field = (schema: Schema) => schema.fields[0] as ChoiceField;
const names = (schema: Schema) => field(schema).classes.map((known) => known.name);

describe('fields', () => {
  it('are added with a readable id and refused under a name that is taken or blank', () => {
    const schema = value(addField(EMPTY_SCHEMA, '  Kind of   animal '));
    expect(schema).toMatchObject({ version: 1, fields: [{ id: 'kind-of-animal', name: 'Kind of animal' }] });
    expect(code(addField(schema, 'Kind of animal'))).toBe('field.name');
    expect(code(editField(schema, 'kind-of-animal', { name: ' ' }))).toBe('field.name');
    expect(
      value(editField(schema, 'kind-of-animal', { name: 'Kind of animal', multiple: true })).fields[0],
    ).toMatchObject({
      name: 'Kind of animal',
      multiple: true,
    });
  });

  it('do not come back with old answers when one of the same name is added after a removal', () => {
    const again = value(addField(removeField(animals(), 'animal'), 'Animal'));
    expect(again.fields).toHaveLength(1);
    expect(again.fields[0]!.id).not.toBe('animal');
  });
});

describe('classes', () => {
  it('are added once each, with distinct ids, colours and keys', () => {
    const schema = addClasses(animals(), 'animal', ['Dog', '', ' Bird ', 'Bird', 'dog']);
    expect(names(schema)).toEqual(['Cat', 'Dog', 'Wolf', 'Bird', 'dog']);
    const { classes } = field(schema);
    expect(classes.map((known) => known.id)).toEqual(['cat', 'dog', 'wolf', 'bird', 'dog-2']);
    expect(classes.map((known) => known.key)).toEqual(['1', '2', '3', '4', '5']);
    expect(new Set(classes.map((known) => known.color)).size).toBe(5);
    expect(addClasses(schema, 'animal', ['Cat'])).toBe(schema);
  });

  it('number tens of thousands in one paste', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `class ${index}`);
    const { classes } = field(addClasses(animals(), 'animal', many));
    expect(classes).toHaveLength(20_003);
    expect(new Set(classes.map((known) => known.id)).size).toBe(20_003);
  });

  it('take keys that no class of another field has', () => {
    const schema = addClasses(value(addField(animals(), 'Age')), 'age.2', ['Young', 'Old']);
    expect(schema.fields[1]!.classes.map((known) => known.key)).toEqual(['4', '5']);
    expect(code(editClass(schema, 'age.2', 'young', { key: '1' }))).toBe('class.key');
  });

  it.each([
    ['blank name', { name: '  ' }, 'class.name'],
    ["another class's name", { name: 'Dog' }, 'class.name'],
    ["another class's key", { key: '2' }, 'class.key'],
    ['command key', { key: 'j' }, 'class.key'],
    ['two characters', { key: '12' }, 'class.key'],
    ['colour by name', { color: 'red' }, 'class.color'],
    ['its own name', { name: 'Cat' }, null],
    ['its own key', { key: '1' }, null],
    ['no key', { key: '' }, null],
    ['upper-case key', { key: 'Q' }, null],
    ['colour', { color: '#00ff00' }, null],
  ] as const)('edited with %s', (_, change, error) => {
    expect(code(editClass(animals(), 'animal', 'cat', change))).toBe(error);
  });

  it('keep their id when renamed', () => {
    const schema = value(editClass(animals(), 'animal', 'cat', { name: 'House cat', key: 'Q' }));
    expect(field(schema).classes[0]).toMatchObject({ id: 'cat', name: 'House cat', key: 'q' });
  });

  it.each([
    [0, ['Wolf', 'Cat', 'Dog']],
    [1, ['Cat', 'Wolf', 'Dog']],
    [2, ['Cat', 'Dog', 'Wolf']],
  ])('move to place %i', (to, order) => {
    expect(names(moveClass(animals(), 'animal', 'wolf', to))).toEqual(order);
  });

  it('retire and come back without losing anything', () => {
    const retired = retireClass(animals(), 'animal', 'dog');
    expect(names(retired)).toEqual(['Cat', 'Wolf']);
    expect(choice.validate(['dog'], field(retired), null)).toEqual({ ok: true, value: ['dog'] });
    expect(names(value(restoreClass(retired, 'animal', 'dog')))).toEqual(['Cat', 'Wolf', 'Dog']);
    expect(field(addClasses(retired, 'animal', ['Dog'])).classes[2]).toMatchObject({ id: 'dog', key: '2' });
  });

  it('merged along a chain all read as the last one', () => {
    const once = mergeClass(animals(), 'animal', 'wolf', 'dog');
    const twice = mergeClass(once, 'animal', 'dog', 'cat');
    expect(field(twice).remap).toEqual({ wolf: 'cat', dog: 'cat' });
    expect(choice.project(['wolf', 'dog'], field(twice))).toEqual(['cat']);
    expect(names(twice)).toEqual(['Cat']);
  });

  it('merged and then named again are new ones, so that old labels stay merged', () => {
    const merged = mergeClass(animals(), 'animal', 'wolf', 'dog');
    const again = addClasses(merged, 'animal', ['Wolf']);
    expect(field(again).classes[2]!.id).toBe('wolf-2');
    expect(code(restoreClass(again, 'animal', 'wolf'))).toBe('class.name');
  });

  it('restored from a merge read as themselves again', () => {
    const restored = value(restoreClass(mergeClass(animals(), 'animal', 'wolf', 'dog'), 'animal', 'wolf'));
    expect(field(restored)).toMatchObject({ remap: {}, retired: [] });
    expect(choice.project(['wolf'], field(restored))).toEqual(['wolf']);
  });

  it('cannot be merged into themselves or into what is not live', () => {
    const schema = retireClass(animals(), 'animal', 'dog');
    expect(mergeClass(schema, 'animal', 'cat', 'cat')).toBe(schema);
    expect(mergeClass(schema, 'animal', 'cat', 'dog')).toBe(schema);
  });
});
