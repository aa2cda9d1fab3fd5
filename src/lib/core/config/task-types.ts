import { TEMPLATES, type TemplateId } from '../model/templates';

/** What `project.task_type` may say: the field's own words, and the ids of the templates. */
export const TASK_TYPES: ReadonlyMap<string, TemplateId> = new Map([
  ['image_classification', 'image-classes'],
  ['ner', 'spans'],
  ['bbox', 'boxes'],
  ['text_classification', 'text-classes'],
  ...TEMPLATES.map(({ id }) => [id, id] as const),
]);
