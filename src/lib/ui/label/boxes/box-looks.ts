import type { BoxLook } from '#canvas/region-layer';
import type { Tag } from '#canvas/shapes/tag';
import type { Box } from '#core/model/annotation';
import type { ClassId } from '#core/model/ids';
import { inkOn } from '#core/model/palette';
import { displayClass, type BoxField } from '#core/model/schema';
import type { BoxEditor } from '#state/box-editor';
import { letterOf } from '../../fields/class-commands';

export const inPercent = (confidence: number): string => `${Math.round(confidence * 100)} %`;

/** How the boxes of a field are drawn: by their class, and dashed with their confidence where they are only proposed. */
class FieldLooks {
  readonly #field: BoxField;
  readonly #solid = new Map<ClassId, BoxLook>();
  readonly #dashed = new Map<string, BoxLook>();

  constructor(field: BoxField) {
    this.#field = field;
  }

  of({ class: classId, confidence }: Box, isProposed: boolean): BoxLook {
    const known = isProposed ? this.#dashed : this.#solid;
    const percent = isProposed && confidence !== undefined ? inPercent(confidence) : '';
    const key = percent === '' ? classId : `${classId} ${percent}`;
    let look = known.get(key);
    if (!look) known.set(key, (look = this.#make(classId, isProposed ? 'dashed' : 'solid', percent)));
    return look;
  }

  #make(classId: ClassId, line: BoxLook['line'], percent: string): BoxLook {
    const { color, name, letter } = classLook(this.#field, classId);
    const ink = inkOn(color);
    const named = letter === '' ? name : `${letter} ${name}`;
    const words = percent === '' ? [named, letter] : [`${named} ${percent}`, named, letter];
    return { color, line, tags: words.map((written): Tag => ({ words: written, ground: color, ink })) };
  }
}

/** The colour, the name and the key of a class, for drawing. */
export function classLook(field: BoxField, id: ClassId): { color: string; name: string; letter: string } {
  const definition = displayClass(field, id);
  const { color, name } = definition;
  return { color, name, letter: letterOf(field, definition).toUpperCase() };
}

/** The looks of all boxes; a box keeps the same look object for as long as it looks the same. */
export class BoxLooks {
  readonly #fields = new WeakMap<BoxField, FieldLooks>();

  /** @param lifted boxes that a gesture holds; they are drawn by themselves */
  of(boxes: BoxEditor, lifted: ReadonlySet<number>): (BoxLook | null)[] {
    const looks: (BoxLook | null)[] = [];
    const hides = boxes.hidesSome;
    for (const layer of boxes.layers) {
      const { field } = layer;
      const isProposed = boxes.proposedIn(layer);
      let ofField = this.#fields.get(field);
      if (!ofField) this.#fields.set(field, (ofField = new FieldLooks(field)));
      for (const box of layer.boxes) {
        const place = looks.length;
        const isOut = lifted.has(place) || (hides && boxes.isHidden(place));
        looks.push(isOut ? null : ofField.of(box, isProposed(box)));
      }
    }
    return looks;
  }
}
