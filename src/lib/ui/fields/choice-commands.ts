import type { ClassId } from '#core/model/ids';
import type { ChoiceField, ClassDefinition } from '#core/model/schema';
import type { Labeler } from '#state/labeler';
import type { Command } from '#state/shortcuts';

/** Up to here all classes are buttons with their keys; above, they are searched. */
const AS_BUTTONS = 12;

export const isSearched = (field: ChoiceField): boolean => field.classes.length > AS_BUTTONS;

/** What is printed on a class's swatch: its key, where the key chooses it. */
export const letterOf = (field: ChoiceField, { key }: ClassDefinition): string => (isSearched(field) ? '' : key);

/** Chooses one of many classes, and remembers it among the recent ones. */
export function chooseSearched(field: ChoiceField, labeler: Labeler, id: ClassId): void {
  labeler.recents(field.id).use(id);
  labeler.choose(field, id);
}

/** The keys of a choice: each class's own, or, among many classes, the digits of the recent ones. */
export function choiceCommands(field: ChoiceField, labeler: Labeler): readonly Command[] {
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
            when: () => labeler.item !== null,
            run: () => {
              if (searched) chooseSearched(field, labeler, definition.id);
              else labeler.choose(field, definition.id);
            },
          },
        ]
      : [],
  );
}
