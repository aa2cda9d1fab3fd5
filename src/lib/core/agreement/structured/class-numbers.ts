import type { ClassId } from '../../model/ids';

/** What a field says of its classes. */
export interface ClassesOfField {
  readonly classes: readonly { readonly id: ClassId }[];
  readonly retired: readonly { readonly id: ClassId }[];
}

/** Classes by number: those a field offers in its order, then its retired ones, then whatever else answers name. */
export class ClassNumbers {
  /** Number -> class. */
  readonly ids: ClassId[] = [];
  /** Classes that the field offers. */
  readonly live: number;
  readonly #numbers = new Map<ClassId, number>();

  constructor({ classes, retired }: ClassesOfField) {
    for (const { id } of classes) this.of(id);
    this.live = this.ids.length;
    for (const { id } of retired) this.of(id);
  }

  of(id: ClassId): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }
}
