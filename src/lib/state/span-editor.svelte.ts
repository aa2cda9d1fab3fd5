import type { ClassId, FieldId } from '#core/model/ids';
import type { SpanField } from '#core/model/schema';
import type { Labeler } from './labeler.svelte';

/** What a person does to the spans of the text on the screen. Every gesture becomes one step of the labeler's draft. */
export class SpanEditor {
  readonly #labeler: Pick<Labeler, 'schema' | 'shown' | 'setValue'>;
  #active = $state.raw<{ readonly field: FieldId; readonly class: ClassId } | null>(null);

  constructor(labeler: Pick<Labeler, 'schema' | 'shown' | 'setValue'>) {
    this.#labeler = labeler;
  }

  /** The fields that are answered with spans. */
  get fields(): readonly SpanField[] {
    return this.#labeler.schema.fields.filter((field) => field.kind === 'span');
  }

  /** The class that is chosen before the text is; null: it is asked for afterwards. */
  get active() {
    return this.#active;
  }

  /** A class was chosen, for the next span. */
  choose(field: SpanField, id: ClassId): void {
    this.#active = { field: field.id, class: id };
  }
}
