import type { ClassId } from '#core/model/ids';
import type { ChoiceField } from '#core/model/schema';
import type { Command } from '#state/shortcuts';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

export function chooseClass(field: ChoiceField, id: ClassId, { labeler }: Workbench): void {
  labeler.choose(field, id);
}

/** The keys of a choice. */
export const choiceCommands = (field: ChoiceField, bench: Workbench): readonly Command[] =>
  classCommands(field, bench.labeler, (id) => {
    chooseClass(field, id, bench);
  });
