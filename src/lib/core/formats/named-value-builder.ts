import { MAX_REGIONS } from '../fields/regions';
import type { Box } from '../model/annotation';
import type { NamedValue, NamedValues } from './inferred-schema';

/** A box before it has its id; NaN: without a score. */
export type ScoredBox = Omit<Box, 'id' | 'confidence'> & { readonly score: number };

/** Why a box was left out for which there was no room. */
export const TOO_MANY_BOXES = `an image can have ${MAX_REGIONS.toLocaleString('en')} boxes; this is one more, and so are those that follow`;

/** Gathers what a file says about one item, field by field; boxes are numbered in their order. */
export class NamedValueBuilder {
  readonly #labels = new Map<string, Set<string>>();
  readonly #boxes = new Map<string, Box[]>();

  choose(field: string, label: string): void {
    const labels = this.#labels.get(field) ?? new Set();
    this.#labels.set(field, labels.add(label));
  }

  /** Whether there was room for the box. */
  draw(field: string, { score, ...box }: ScoredBox): boolean {
    const boxes = this.#boxes.get(field) ?? [];
    this.#boxes.set(field, boxes);
    if (boxes.length === MAX_REGIONS) return false;
    boxes.push({ ...box, id: String(boxes.length + 1), ...(!Number.isNaN(score) && { confidence: score }) });
    return true;
  }

  get values(): NamedValues {
    return new Map<string, NamedValue>([
      ...Array.from(this.#labels, ([field, labels]) => [field, { kind: 'choice', labels: [...labels] }] as const),
      ...Array.from(this.#boxes, ([field, boxes]) => [field, { kind: 'box', boxes }] as const),
    ]);
  }
}
