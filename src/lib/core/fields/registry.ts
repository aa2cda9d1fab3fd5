import type { FieldValue } from '../model/annotation';
import type { Field, ValueOf } from '../model/schema';
import { box } from './box';
import { choice } from './choice';
import type { FieldKind } from './kind';
import { span } from './span';

/** Every kind of field. A new kind is one file or folder, and one line here. */
export const fieldKinds = { choice, box, span } as const satisfies {
  [K in Field['kind']]: FieldKind<Extract<Field, { kind: K }>, ValueOf<Extract<Field, { kind: K }>>>;
};

/** The kind of a field, for code that treats all kinds alike: give it values of that field only. */
export function kindOf(field: Field): FieldKind<Field, FieldValue> {
  return fieldKinds[field.kind];
}

/** Whether anything is the value of some kind of field. */
export const isFieldValue = (value: unknown): value is FieldValue =>
  Object.values(fieldKinds).some((kind) => kind.is(value));
