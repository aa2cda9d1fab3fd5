import type { BoxField } from '#core/model/schema';
import type { Command } from '#state/shortcuts';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

/** The keys of boxes. */
export const boxCommands = (field: BoxField, { labeler, boxes }: Workbench): readonly Command[] =>
  classCommands(field, labeler, (id) => {
    boxes.choose(field, id);
  });
