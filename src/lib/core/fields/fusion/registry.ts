import type { FieldValue } from '../../model/annotation';
import type { Field, ValueOf } from '../../model/schema';
import { fuseBoxes } from './box';
import { fuseChoices } from './choice';
import type { Fusion } from './fusion';
import { fuseSpans } from './span';

/**
 * How answers to each kind of field become one. Apart from the kinds themselves, because screens that only ask and show
 * have no need of it.
 */
const fusions = { choice: fuseChoices, box: fuseBoxes, span: fuseSpans } as const satisfies {
  [K in Field['kind']]: Fusion<Extract<Field, { kind: K }>, ValueOf<Extract<Field, { kind: K }>>>;
};

/** The fusion of a field, for code that treats all kinds alike: give it values of that field only. */
export const fusionOf = (field: Field): Fusion<Field, FieldValue> => fusions[field.kind] as Fusion<Field, FieldValue>;
