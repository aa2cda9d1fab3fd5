import type { BoxValue, ChoiceValue, FieldValue, SpanValue } from '../../model/annotation';
import type { Field } from '../../model/schema';
import type { FieldAnswers } from '../field-answers';
import { boxAgreement } from '../regions/box-agreement';
import { setAgreement } from '../sets/set-agreement';
import { spanAgreement } from '../spans/span-agreement';
import type { AgreementOptions, StructuredAgreement } from './agreement';
import type { ClassesOfField } from './class-numbers';

type AgreementOf<V extends FieldValue> = (
  answers: FieldAnswers<V>,
  field: ClassesOfField,
  options: AgreementOptions,
) => StructuredAgreement;

/** Agreement on every kind of field; choices as sets, which single ones need not be. */
export const agreementByField = {
  choice: setAgreement,
  box: boxAgreement,
  span: spanAgreement,
} as const satisfies {
  choice: AgreementOf<ChoiceValue>;
  box: AgreementOf<BoxValue>;
  span: AgreementOf<SpanValue>;
} & Record<Field['kind'], unknown>;
