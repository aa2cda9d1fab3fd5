import { EMPTY_SCHEMA, type Field, type Schema } from './schema';
import { addClasses, addField, editField, type FieldChange } from './schema-edits';

/** One question of a template. */
export interface TemplateField {
  readonly kind: Field['kind'];
  /** Until somebody names it otherwise; exports name their column after it. */
  readonly name: string;
  /** What its classes are called: one, and the list of them. */
  readonly one: string;
  readonly list: string;
}

/** What a new project may begin as. Everything in it can be changed later. */
export interface Template {
  readonly id: TemplateId;
  readonly name: string;
  /** One sentence: what the person does. */
  readonly description: string;
  /** What is labelled with it. */
  readonly content: 'image' | 'text';
  readonly fields: readonly TemplateField[];
}

export type TemplateId = 'image-classes' | 'boxes' | 'text-classes' | 'spans' | 'intent';

const CLASSES = { one: 'class', list: 'Classes' } as const;
const LABEL: TemplateField = { kind: 'choice', name: 'Label', ...CLASSES };

export const TEMPLATES: readonly Template[] = [
  {
    id: 'image-classes',
    name: 'Image classification',
    description: 'Say what each image shows.',
    content: 'image',
    fields: [LABEL],
  },
  {
    id: 'boxes',
    name: 'Boxes',
    description: 'Draw boxes around things in images.',
    content: 'image',
    fields: [{ kind: 'box', name: 'Objects', ...CLASSES }],
  },
  {
    id: 'text-classes',
    name: 'Text classification',
    description: 'Say what each text is about.',
    content: 'text',
    fields: [LABEL],
  },
  {
    id: 'spans',
    name: 'Text spans',
    description: 'Mark names, places or any other words in texts.',
    content: 'text',
    fields: [{ kind: 'span', name: 'Entities', ...CLASSES }],
  },
  {
    id: 'intent',
    name: 'Intent and entities',
    description: 'Say what somebody wants, and mark the words that matter.',
    content: 'text',
    fields: [
      { kind: 'choice', name: 'Intent', one: 'intent', list: 'Intents' },
      { kind: 'span', name: 'Entities', one: 'entity', list: 'Entities' },
    ],
  },
];

export const templateOf = (id: TemplateId): Template => TEMPLATES.find((template) => template.id === id)!;

/** What is known of the files of a new project. */
export interface Given {
  readonly content: ReadonlySet<Template['content']>;
  /** Whether texts come with the turns of a dialogue before them. */
  readonly dialogue: boolean;
}

/** Whether files like these can be labelled with the template; without any, everything fits. */
export const fits = ({ content }: Template, given: Given): boolean =>
  given.content.size === 0 || given.content.has(content);

/** The template that files like these most likely want. */
export function guessTemplate({ content, dialogue }: Given): TemplateId {
  if (content.has('image') || content.size === 0) return 'image-classes';
  return dialogue ? 'intent' : 'text-classes';
}

/** What a person says of one field of a template. */
export interface FieldAnswers extends Omit<FieldChange, 'name'> {
  /** '' for the template's own. */
  readonly name: string;
  /** Names of classes; blank ones and repetitions are passed over. */
  readonly classes: readonly string[];
}

/** The schema that a project is founded with: the fields of the template in order, each as it was answered. */
export function templateSchema({ fields }: Template, answers: readonly FieldAnswers[]): Schema {
  return fields.reduce((schema, field, index) => {
    const { name = '', classes = [], ...options } = answers[index] ?? {};
    const named = addField(schema, name.trim() === '' ? field.name : name, field.kind);
    const added = named.ok ? named : addField(schema, field.name, field.kind);
    return added.ok ? withAnswers(added.value, options, classes) : schema;
  }, EMPTY_SCHEMA);
}

function withAnswers(schema: Schema, options: FieldChange, classes: readonly string[]): Schema {
  const { id } = schema.fields.at(-1)!;
  const edited = editField(schema, id, options);
  // Version 0 until the project is founded, so that every field gets a readable id.
  return { ...addClasses(edited.ok ? edited.value : schema, id, classes), version: 0 };
}
