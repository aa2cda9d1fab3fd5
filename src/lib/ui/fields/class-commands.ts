import { MOST_KEYED } from '#core/model/hotkeys';
import type { ClassId } from '#core/model/ids';
import type { ClassDefinition, Field } from '#core/model/schema';
import type { Labeler } from '#state/labeler';
import type { Command } from '#state/shortcuts';

/** Whether the classes are found by typing; otherwise all are buttons with their keys. */
export const isSearched = (field: Field): boolean => field.classes.length > MOST_KEYED;

/** What is printed on a class's swatch: its key, where the key chooses it. */
export const letterOf = (field: Field, { key }: ClassDefinition): string => (isSearched(field) ? '' : key);

/** Remembers a class of many among the recent ones, which the digits choose. */
export function noteRecent(field: Field, labeler: Labeler, id: ClassId): void {
  if (isSearched(field)) labeler.recents(field.id).use(id);
}

/** The keys of a field's classes: each class's own, or, among many classes, the digits of the recent ones. */
export function classCommands(field: Field, labeler: Labeler, choose: (id: ClassId) => void): readonly Command[] {
  const searched = isSearched(field);
  const recent = searched ? labeler.recents(field.id).slots : [];
  const keyed = searched
    ? recent.map((id, index) => ({
        definition: field.classes.find((known) => known.id === id),
        key: String(index + 1),
      }))
    : field.classes.map((definition) => ({ definition, key: definition.key }));
  return keyed.flatMap(({ definition, key }) =>
    definition && key !== ''
      ? [
          {
            id: `${field.id}:${definition.id}`,
            label: definition.name,
            group: searched ? `${field.name}, recent` : field.name,
            keys: [key.toUpperCase()],
            class: { field: field.id, class: definition.id },
            when: () => labeler.item !== null,
            run: () => {
              noteRecent(field, labeler, definition.id);
              choose(definition.id);
            },
          },
        ]
      : [],
  );
}
