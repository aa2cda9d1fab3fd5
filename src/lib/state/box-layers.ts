import type { Box, BoxValue } from '#core/model/annotation';
import type { BoxField } from '#core/model/schema';
import type { BoxRef } from './box-set.svelte';

/** A field's boxes, and where they begin among those of all fields. */
export interface BoxLayer {
  readonly field: BoxField;
  readonly boxes: BoxValue;
  readonly start: number;
}

/** The boxes of all fields of an item as one list, from the lowest to the topmost, without a copy where there is one field. */
export class BoxLayers {
  readonly layers: readonly BoxLayer[];
  readonly boxes: readonly Box[];

  constructor(fields: readonly BoxField[], values: readonly BoxValue[]) {
    let start = 0;
    this.layers = fields.map((field, at) => {
      const boxes = values[at]!;
      const layer = { field, boxes, start };
      start += boxes.length;
      return layer;
    });
    this.boxes = values.length === 1 ? values[0]! : values.flat();
  }

  /** The layer of a place in the list. */
  layerAt(index: number): BoxLayer {
    const layer = this.layers.findLast(({ start }) => start <= index);
    if (!layer) throw new RangeError(`There is no box ${index}.`);
    return layer;
  }

  refAt(index: number): BoxRef {
    return { field: this.layerAt(index).field.id, id: this.boxes[index]!.id };
  }

  /** Places of the boxes that pass, ascending. */
  placesOf(passes: (ref: BoxRef) => boolean): number[] {
    const places: number[] = [];
    for (const { field, boxes, start } of this.layers)
      for (let at = 0; at < boxes.length; at++)
        if (passes({ field: field.id, id: boxes[at]!.id })) places.push(start + at);
    return places;
  }

  /** Whether it is made of the very same fields and values. */
  isOf(fields: readonly BoxField[], values: readonly BoxValue[]): boolean {
    return (
      fields.length === this.layers.length &&
      this.layers.every(({ field, boxes }, at) => field === fields[at] && boxes === values[at])
    );
  }
}
