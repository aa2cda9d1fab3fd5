import type { DatasetPreview } from '#workers/project/api';
import { inItems } from '../figures';

/** What a data set holds: `42 images, 364 boxes, 40 labelled`. */
export function datasetWords(dataset: DatasetPreview): string {
  const { items, images, labelled, regions, schema, isWhole } = dataset;
  const noun = images === items ? 'image' : images === 0 ? 'text' : 'item';
  const more = isWhole ? '' : 'more than ';
  const parts = [`${more}${inItems(items, noun)}`];
  const kinds = new Set(schema.fields.map(({ kind }) => kind));
  if (regions > 0) parts.push(`${more}${regionWords(regions, kinds)}`);
  if (isWhole) parts.push(labelled === items ? 'all labelled' : `${labelled.toLocaleString('en')} labelled`);
  return parts.join(', ');
}

function regionWords(count: number, kinds: ReadonlySet<string>): string {
  if (!kinds.has('span')) return inItems(count, 'box', 'boxes');
  return inItems(count, kinds.has('box') ? 'box or span' : 'span', kinds.has('box') ? 'boxes and spans' : 'spans');
}

/** Names of classes that are listed; of more only the number is told. */
const NAMED = 12;

/** The classes of a data set: `3 classes: RBC, WBC, Platelets`. */
export function classWords({ schema }: DatasetPreview): string {
  const names = schema.fields.flatMap(({ classes }) => classes.map(({ name }) => name));
  const rest = names.length > NAMED ? ` and ${(names.length - NAMED).toLocaleString('en')} more` : '';
  return `${inItems(names.length, 'class', 'classes')}${names.length > 0 ? ': ' : ''}${names.slice(0, NAMED).join(', ')}${rest}`;
}
