import type { Component } from 'svelte';
import type { ClassId } from '#core/model/ids';
import type { Field } from '#core/model/schema';
import type { Command } from '#state/shortcuts';
import { boxCommands, chooseBoxClass } from './box-commands';
import BoxField from './BoxField.svelte';
import { chooseClass, choiceCommands } from './choice-commands';
import ChoiceField from './ChoiceField.svelte';
import { chooseSpanClass, spanCommands } from './span-commands';
import SpanField from './SpanField.svelte';
import type { Workbench } from './workbench';

/**
 * How a kind of field is answered on the labeling screen. A control that is typed into marks its field `data-commands`:
 * the search command puts the focus there.
 */
export interface FieldUi<F extends Field> {
  /** Below the item: what is chosen by its class. */
  readonly control: Component<{ field: F; bench: Workbench }>;
  /** The keys of the field. */
  commands(field: F, bench: Workbench): readonly Command[];
  /** What the key of a class does, for a class that may have none. */
  choose(field: F, id: ClassId, bench: Workbench): void;
}

/** One line per kind of field, as in `#core/fields/registry`. */
const fieldUis = {
  choice: { control: ChoiceField, commands: choiceCommands, choose: chooseClass },
  box: { control: BoxField, commands: boxCommands, choose: chooseBoxClass },
  span: { control: SpanField, commands: spanCommands, choose: chooseSpanClass },
} as const satisfies { [K in Field['kind']]: FieldUi<Extract<Field, { kind: K }>> };

/** How a field is answered, for code that treats all kinds alike. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- it does not see the types of components
export const uiOf = (field: Field): FieldUi<Field> => fieldUis[field.kind] as FieldUi<Field>;
