import type { SpanField } from '#core/model/schema';
import type { Command } from '#state/shortcuts';
import { classCommands } from './class-commands';
import type { Workbench } from './workbench';

/** The keys of spans. */
export const spanCommands = (field: SpanField, { labeler, spans }: Workbench): readonly Command[] =>
  classCommands(field, labeler, (id) => {
    spans.choose(field, id);
  });
