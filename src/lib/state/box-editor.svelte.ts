import type { ClassId, FieldId } from '#core/model/ids';
import type { BoxField } from '#core/model/schema';
import type { Labeler } from './labeler.svelte';

/** What a person does to the boxes of the item on the screen. Every gesture becomes one step of the labeler's draft. */
export class BoxEditor {
  readonly #labeler: Pick<Labeler, 'schema' | 'shown' | 'setValue'>;
  #chosen = $state.raw<{ readonly field: FieldId; readonly class: ClassId } | null>(null);

  constructor(labeler: Pick<Labeler, 'schema' | 'shown' | 'setValue'>) {
    this.#labeler = labeler;
  }

  /** The fields that are answered with boxes. */
  get fields(): readonly BoxField[] {
    return this.#labeler.schema.fields.filter((field) => field.kind === 'box');
  }

  /** The class that the next box gets, and its field: what was chosen last, else the first there is. */
  get active(): { readonly field: FieldId; readonly class: ClassId } | null {
    const { fields } = this;
    const chosen = fields.find(({ id }) => id === this.#chosen?.field);
    if (this.#chosen && chosen?.classes.some(({ id }) => id === this.#chosen?.class)) return this.#chosen;
    for (const { id, classes } of fields) if (classes[0]) return { field: id, class: classes[0].id };
    return null;
  }

  /** A class was chosen, for the next box. */
  choose(field: BoxField, id: ClassId): void {
    this.#chosen = { field: field.id, class: id };
  }
}
