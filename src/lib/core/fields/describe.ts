import type { Values } from '../model/annotation';
import { displayClass, type Schema } from '../model/schema';
import { kindOf } from './registry';

/** Values in words: the names of the classes in order of occurrence, with their number where one occurs several times. */
export function describeValues(values: Values, schema: Schema): string {
  return schema.fields
    .flatMap((field) => {
      const value = values[field.id];
      const counts = value === undefined ? [] : kindOf(field).counts(value);
      return Array.from(counts, ([id, count]) => {
        const { name } = displayClass(field, id);
        return count === 1 ? name : `${count.toLocaleString('en')} ${name}`;
      });
    })
    .join(', ');
}
