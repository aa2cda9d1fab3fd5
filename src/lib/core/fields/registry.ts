import type { FieldValue } from '../model/annotation';
import type { Field } from '../model/schema';
import { choice } from './choice';
import type { FieldKind } from './kind';

/** Every kind of field. A new kind is one file or folder, and one line here. */
const fieldKinds = { choice } as const;

/** The kind of a field, for code that treats all kinds alike. */
export function kindOf(field: Field): FieldKind<Field, FieldValue> {
  return fieldKinds[field.kind];
}
