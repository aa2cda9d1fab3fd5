import { describe, expect, it, test } from 'vitest';
import { fits, guessTemplate, TEMPLATES, templateOf, templateSchema, type Given } from '#core/model/templates';
import { withinLimits } from '#core/model/schema-limits';

const given = (dialogue: boolean, ...content: ('image' | 'text')[]): Given => ({ content: new Set(content), dialogue });

describe('the template that is guessed', () => {
  test.each([
    ['nothing yet', given(false), 'image-classes'],
    ['images', given(false, 'image'), 'image-classes'],
    ['texts', given(false, 'text'), 'text-classes'],
    ['texts with the turns before them', given(true, 'text'), 'intent'],
    ['images and texts', given(false, 'text', 'image'), 'image-classes'],
  ])('for %s', (_, files, expected) => {
    expect(guessTemplate(files)).toBe(expected);
    expect(fits(templateOf(guessTemplate(files)), files)).toBe(true);
  });

  it('is one of those that fit, and others do not', () => {
    const fitting = (files: Given) => TEMPLATES.filter((template) => fits(template, files)).map(({ id }) => id);
    expect(fitting(given(false))).toHaveLength(5);
    expect(fitting(given(false, 'image'))).toEqual(['image-classes', 'boxes']);
    expect(fitting(given(false, 'text'))).toEqual(['text-classes', 'spans', 'intent']);
  });
});

describe('the schema of a template', () => {
  const answers = { name: '', classes: ['Cat', 'Dog'], multiple: true, rotatable: true, wholeWords: false };

  test.each([
    ['image-classes', [{ kind: 'choice', id: 'label', name: 'Label', required: true, multiple: true }]],
    ['boxes', [{ kind: 'box', id: 'objects', name: 'Objects', required: false, rotatable: true }]],
    ['text-classes', [{ kind: 'choice', id: 'label', name: 'Label', required: true, multiple: true }]],
    ['spans', [{ kind: 'span', id: 'entities', name: 'Entities', required: false, wholeWords: false }]],
    [
      'intent',
      [
        { kind: 'choice', id: 'intent', name: 'Intent', required: true, multiple: true },
        { kind: 'span', id: 'entities', name: 'Entities', required: false, wholeWords: false },
      ],
    ],
  ] as const)('%s', (id, fields) => {
    const template = templateOf(id);
    const schema = templateSchema(
      template,
      template.fields.map(() => answers),
    );
    expect(schema.fields).toMatchObject(fields);
    expect(schema.fields.every(({ classes }) => classes.length === 2)).toBe(true);
    expect(withinLimits(schema).ok).toBe(true);
  });

  it('gives each class of all fields a key and a colour of its own', () => {
    const { fields } = templateSchema(templateOf('intent'), [answers, answers]);
    const classes = fields.flatMap((field) => field.classes);
    expect(classes.map(({ key }) => key)).toEqual(['1', '2', '3', '4']);
    expect(new Set(classes.map(({ color }) => color)).size).toBe(4);
  });

  it('takes a name that was typed, and its own where none was', () => {
    const named = (name: string) => templateSchema(templateOf('boxes'), [{ name, classes: [] }]).fields[0]?.name;
    expect(named('  Blood   cells ')).toBe('Blood cells');
    expect(named('   ')).toBe('Objects');
  });
});
