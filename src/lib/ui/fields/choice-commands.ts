import type { ChoiceField } from '#core/model/schema';
import type { Command } from '#state/shortcuts';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

/** The keys of a choice. */
export const choiceCommands = (field: ChoiceField, { labeler }: Workbench): readonly Command[] =>
  classCommands(field, labeler, (id) => {
    labeler.choose(field, id);
  });
