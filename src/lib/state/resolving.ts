import type { Values } from '#core/model/annotation';
import type { Schema } from '#core/model/schema';
import type { Settings } from '#core/model/project';
import { ok } from '#core/result';
import type { ItemView } from '#workers/project/api';
import type { LabelerProject } from './labeler.svelte';

/** What is to be decided, and who hears the decision. */
export interface Resolving {
  readonly project: { readonly id: string | null; readonly schema: Schema | null; readonly settings: Settings | null };
  readonly item: ItemView;
  /** Where the work on it begins. */
  readonly values: Values;
  readonly ondecide: (values: Values) => void;
}

/**
 * A project of one item, for a {@link Labeler}: what it would submit as this person's answer is a decision instead, and it begins
 * with somebody's values. Nothing is kept of what is not decided.
 */
export function resolvingProject({ project, item, values, ondecide }: Resolving): LabelerProject {
  const view: ItemView = { ...item, mine: null, prediction: null, draft: { values, note: '' } };
  const nothing = () => Promise.resolve(ok(null));
  return {
    ...{ id: project.id, schema: project.schema, mayLabel: true, counters: null },
    settings: project.settings && { ...project.settings, submitOnChoice: false },
    client: {
      item: () => Promise.resolve(ok(view)),
      walk: () => Promise.resolve(ok([])),
      saveDraft: nothing,
      submit: ({ values: decided }) => {
        ondecide(decided);
        return nothing();
      },
      skip: nothing,
      flag: nothing,
      lookAt: () => Promise.resolve(),
    },
    undo: () => Promise.resolve(null),
    redo: () => Promise.resolve(null),
  };
}
