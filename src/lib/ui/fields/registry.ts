import type { Component } from 'svelte';
import type { Field } from '#core/model/schema';
import type { Labeler } from '#state/labeler';
import type { Command } from '#state/shortcuts';
import { choiceCommands } from './choice-commands';
import ChoiceField from './ChoiceField.svelte';

/**
 * How a kind of field is answered on the labeling screen. A control that is typed into marks its field `data-commands`:
 * the search command puts the focus there.
 */
export interface FieldUi<F extends Field> {
  readonly control: Component<{ field: F; labeler: Labeler }>;
  /** The keys of the field. */
  commands(field: F, labeler: Labeler): readonly Command[];
}

/** One line per kind of field, as in `#core/fields/registry`. */
export const fieldUis = {
  choice: { control: ChoiceField, commands: choiceCommands },
} as const satisfies { [K in Field['kind']]: FieldUi<Extract<Field, { kind: K }>> };
