import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergedValues, mergeSchema } from '#core/model/schema-merge';
import { addClasses, addField, mergeClass, retireClass } from '#core/model/schema-edits';
import { EMPTY_SCHEMA, type ClassDefinition, type Field, type Schema } from '#core/model/schema';

const definition = (id: string, change: Partial<ClassDefinition> = {}): ClassDefinition => ({
  ...{ id, name: id, color: '#123456', key: '', description: '' },
  ...change,
});

const boxes = (id: string, classes: readonly ClassDefinition[], name = id): Field => ({
  ...{ id, name, kind: 'box', required: false, rotatable: false, classes, retired: [], remap: {} },
});
const choice = (id: string, classes: readonly ClassDefinition[], change: object = {}): Field => ({
  ...{ id, name: id, kind: 'choice', required: false, multiple: false, classes, retired: [], remap: {} },
  ...change,
});
const schema = (...fields: Field[]): Schema => ({ version: 3, fields, guidelines: 'Look twice.' });
const names = ({ fields }: Schema) =>
  fields.map((field) => [field.name, field.classes.map(({ name }) => name)] as const);
const oneBox = (id: string) => ({ id: '1', class: id, x: 1, y: 2, width: 3, height: 4, rotation: 0 });

describe('fields of a data set', () => {
  it.each([
    ['by kind and name', schema(boxes('a', [], 'Cells'), boxes('b', [])), boxes('x', [], ' Cells '), 'a'],
    ['by kind and id, renamed since', schema(boxes('a', [], 'Zellen'), boxes('b', [])), boxes('a', [], 'Cells'), 'a'],
    ['as the only ones of their kind', schema(choice('a', []), boxes('b', [])), boxes('x', []), 'b'],
  ])('are known %s', (_, into, field, expected) => {
    const merged = mergeSchema(into, schema(field));
    expect(merged.schema).toBe(into);
    expect(merged.fields.get(field.id)?.to.id).toBe(expected);
  });

  it.each([
    ['another kind of that name', schema(choice('cells', [])), [boxes('cells', [])], 2],
    ['one of two of that kind', schema(boxes('a', []), boxes('b', [])), [boxes('x', [])], 3],
    ['two where there is one', schema(boxes('a', [])), [boxes('x', []), boxes('y', [])], 3],
    ['several classes where one can be chosen', schema(choice('a', [])), [choice('x', [], { multiple: true })], 2],
  ])('are added: %s', (_, into, fields, expected) => {
    const merged = mergeSchema(into, schema(...fields)).schema;
    expect(merged.fields).toHaveLength(expected);
    expect(merged.version).toBe(into.version + 1);
    expect(new Set(merged.fields.map(({ id }) => id)).size).toBe(expected);
    expect(new Set(merged.fields.map(({ name }) => name)).size).toBe(expected);
  });

  it('keep everything in a new project', () => {
    const base = addClasses(schemaOf('Cells'), 'cells', ['RBC', 'WBC', 'Platelets', 'Rest', 'Gone']);
    const from = retireClass(mergeClass(base, 'cells', 'rest', 'wbc'), 'cells', 'gone');
    const founded = mergeSchema({ ...EMPTY_SCHEMA, guidelines: from.guidelines }, from).schema;
    expect(founded).toEqual({ ...from, version: 1 });
    expect(mergeSchema(founded, from).schema).toBe(founded);
  });

  it('are refused beyond what a schema holds', () => {
    const full = schema(...Array.from({ length: 200 }, (_, n) => boxes(`f${n}`, [])));
    const merged = mergeSchema(full, schema(choice('more', [])));
    expect(merged.schema).toBe(full);
    expect(merged.issues.map(({ code, path }) => [code, path])).toEqual([['import.too-many-fields', 'more']]);
    expect(mergedValues({ more: ['a'] }, merged)).toEqual({});
  });
});

describe('classes of a data set', () => {
  const into = schema(
    boxes('cells', [definition('rbc', { name: 'RBC', key: '1' }), definition('w', { name: 'WBC', key: '2' })]),
  );

  it('are known by name or id, and the others are added with what they have', () => {
    const from = schema(
      boxes('x', [
        definition('0', { name: 'WBC' }),
        definition('rbc', { name: 'red' }),
        definition('2', { name: 'Platelets', key: '2', description: 'small' }),
      ]),
    );
    const merged = mergeSchema(into, from);
    expect(names(merged.schema)).toEqual([['cells', ['RBC', 'WBC', 'Platelets']]]);
    expect(merged.addedClasses).toBe(1);
    const added = merged.schema.fields[0]!.classes[2]!;
    expect(added).toMatchObject({ id: '2', key: '3', description: 'small' });
    expect(added.color).not.toBe('#123456');
    const values = { x: [oneBox('0'), { ...oneBox('rbc'), id: '2' }, { ...oneBox('2'), id: '3' }] };
    expect(mergedValues(values, merged)).toEqual({
      cells: [oneBox('w'), { ...oneBox('rbc'), id: '2' }, { ...oneBox('2'), id: '3' }],
    });
  });

  it('read as their successors where they were merged here', () => {
    const gone = mergeClass(into, 'cells', 'rbc', 'w');
    const merged = mergeSchema(gone, schema(boxes('x', [definition('9', { name: 'RBC' })])));
    expect(merged.schema).toBe(gone);
    expect(mergedValues({ x: [oneBox('9')] }, merged)).toEqual({ cells: [oneBox('w')] });
  });

  it('without room are left out, and named', () => {
    const long = 'x'.repeat(1_001);
    const merged = mergeSchema(into, schema(boxes('x', [definition('l', { name: long }), definition('rbc')])));
    expect(merged.schema).toBe(into);
    expect(merged.issues.map(({ code }) => code)).toEqual(['import.long-class']);
    expect(mergedValues({ x: [oneBox('l'), { ...oneBox('rbc'), id: '2' }] }, merged)).toEqual({
      cells: [{ ...oneBox('rbc'), id: '2' }],
    });
    expect(mergedValues({ x: [oneBox('l')] }, merged)).toEqual({});
    expect(mergedValues({ x: [] }, merged)).toEqual({ cells: [] });
  });

  it('leave what has another shape to be refused by the field', () => {
    const merged = mergeSchema(into, schema(boxes('x', [definition('rbc')])));
    expect(mergedValues({ x: ['rbc'] }, merged)).toEqual({ cells: ['rbc'] });
  });
});

const anyClasses = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'A', ' a'), { maxLength: 5 });
const anyField = fc
  .record({
    id: fc.constantFrom('f', 'g', 'h'),
    name: fc.constantFrom('F', 'G', 'H'),
    ids: anyClasses,
    isBox: fc.boolean(),
  })
  .map(({ id, name, ids, isBox }) =>
    isBox
      ? boxes(
          id,
          ids.map((one) => definition(one)),
          name,
        )
      : choice(
          id,
          ids.map((one) => definition(one)),
          { name },
        ),
  );
const anySchema = fc
  .uniqueArray(anyField, { maxLength: 3, selector: ({ id }) => id })
  .filter((fields) => new Set(fields.map(({ name }) => name)).size === fields.length)
  .map((fields) => schema(...fields));

describe('merging', () => {
  it('forgets nothing, adds nothing twice, and gives every class a place (seed 81)', () => {
    fc.assert(
      fc.property(anySchema, anySchema, (into, from) => {
        const merged = mergeSchema(into, from);
        const again = mergeSchema(merged.schema, from);
        expect(again.schema).toBe(merged.schema);
        for (const field of into.fields) {
          const kept = merged.schema.fields.find(({ id }) => id === field.id)!;
          expect(kept.classes.slice(0, field.classes.length).map(({ id, name }) => [id, name])).toEqual(
            field.classes.map(({ id, name }) => [id, name]),
          );
        }
        const all = merged.schema.fields.flatMap(({ classes }) => classes);
        const keys = all.map(({ key }) => key).filter((key) => key !== '');
        expect(new Set(keys).size).toBe(keys.length);
        for (const field of from.fields) {
          for (const { id } of field.classes) {
            const value = field.kind === 'box' ? [oneBox(id)] : [id];
            const read = mergedValues({ [field.id]: value }, merged);
            const [[to, members]] = Object.entries(read) as [[string, readonly (string | { class: string })[]]];
            const target = merged.schema.fields.find((known) => known.id === to)!;
            expect(target.kind).toBe(field.kind);
            const classId = typeof members[0] === 'string' ? members[0] : members[0]!.class;
            expect(target.classes.map((known) => known.id)).toContain(classId);
          }
        }
      }),
      { numRuns: 500, seed: 81 },
    );
  });
});

function schemaOf(name: string): Schema {
  const added = addField(EMPTY_SCHEMA, name, 'box');
  if (!added.ok) throw new Error(added.error.message);
  return { ...added.value, guidelines: 'Look twice.' };
}
