import { newBox } from '#core/fields/box';
import { freshRegionId } from '#core/fields/regions';
import type { Point, Size } from '#core/geometry/plane';
import {
  fitted,
  gripPoint,
  resized,
  rounded,
  shifted,
  shiftedWithin,
  unionBounds,
  withRotation,
} from '#core/geometry/reshape';
import { turned, type RotatedRect } from '#core/geometry/rotated-rect';
import type { Box, BoxValue } from '#core/model/annotation';
import type { ClassId, FieldId, ItemId, RegionId } from '#core/model/ids';
import { valueIn, type BoxField } from '#core/model/schema';
import { BoxLayers, type BoxLayer } from './box-layers';
import { BoxSet, type BoxRef } from './box-set.svelte';
import { boxesInWords, boxInWords } from './box-words';
import type { Labeler } from './labeler.svelte';

type BoxLabeler = Pick<Labeler, 'asked' | 'item' | 'shown' | 'setValues' | 'before'>;

/** How a selection meets the one before: takes its place, joins it, or parts from it where both hold a box. */
export type Selecting = 'replace' | 'add' | 'toggle';

/** A box apart from the image and the value that it stands in. */
interface LooseBox extends RotatedRect {
  readonly field: FieldId;
  readonly class: ClassId;
}

const NOTHING: BoxValue = [];
const SMALLEST = 1;
/** Pixels of the image by which a copy stands off. */
const OFFSET = 10;

/**
 * What a person does to the boxes of the item on the screen. Boxes of all its fields are one list, from the lowest to the
 * topmost, and are named by their place in it. Every edit is one step of the labeler's draft; what is selected, hidden and
 * locked is nobody else's business, and ends with the item.
 */
export class BoxEditor {
  readonly #labeler: BoxLabeler;
  readonly #imageSize: () => Size | null;
  readonly #selection: BoxSet;
  readonly #hidden: BoxSet;
  readonly #locked: BoxSet;
  #layers = new BoxLayers([], []);
  /** Where the selected boxes are, for as long as that holds. */
  #places: { readonly layers: BoxLayers; readonly version: object; readonly of: readonly number[] } | null = null;
  /** The boxes of proposals by their ids. */
  readonly #proposals = new WeakMap<BoxValue, ReadonlyMap<RegionId, Box>>();
  #chosen = $state.raw<{ readonly field: FieldId; readonly class: ClassId } | null>(null);
  #announcement = $state('');
  #clipboard = $state.raw<{ readonly item: ItemId; readonly boxes: readonly LooseBox[]; pasted: number } | null>(null);
  /** Where the keyboard goes on from when nothing is selected. */
  #cursor = -1;
  /** Counts the times that an arrow key was held. */
  #holds = 0;

  /** @param imageSize pixels of the upright image on the screen; null while they are not known */
  constructor(labeler: BoxLabeler, imageSize: () => Size | null) {
    this.#labeler = labeler;
    this.#imageSize = imageSize;
    const item = () => labeler.item?.id ?? null;
    this.#selection = new BoxSet(item);
    this.#hidden = new BoxSet(item);
    this.#locked = new BoxSet(item);
  }

  /** The fields that the item is asked and that are answered with boxes. */
  get fields(): readonly BoxField[] {
    return this.#labeler.asked.filter((field) => field.kind === 'box');
  }

  get extent(): Size {
    return this.#imageSize() ?? { width: 0, height: 0 };
  }

  get boxes(): readonly Box[] {
    return this.#current.boxes;
  }

  /** The boxes field by field, for whatever goes through all of them. */
  get layers(): readonly BoxLayer[] {
    return this.#current.layers;
  }

  /** Places of the selected boxes, ascending. */
  get selected(): readonly number[] {
    if (this.#selection.isEmpty) return [];
    const [layers, { version }] = [this.#current, this.#selection];
    if (this.#places?.layers !== layers || this.#places.version !== version)
      this.#places = { layers, version, of: layers.placesOf((ref) => this.#selection.has(ref)) };
    return this.#places.of;
  }

  /** For screen readers: what was done to the selection; what was done to the boxes, the labeler says. */
  get announcement() {
    return this.#announcement;
  }

  get canPaste(): boolean {
    return this.#clipboard !== null && this.fields.length > 0;
  }

  /** Whether any box is hidden. */
  get hidesSome(): boolean {
    return !this.#hidden.isEmpty;
  }

  /** The class that the next box gets, and its field: what was chosen last, else the first there is. */
  get active(): { readonly field: FieldId; readonly class: ClassId } | null {
    const { fields } = this;
    const chosen = fields.find(({ id }) => id === this.#chosen?.field);
    if (this.#chosen && chosen?.classes.some(({ id }) => id === this.#chosen?.class)) return this.#chosen;
    for (const { id, classes } of fields) if (classes[0]) return { field: id, class: classes[0].id };
    return null;
  }

  /** The class of the selected boxes, and its field; null where they have several, or none is selected. */
  get selectedClass(): { readonly field: FieldId; readonly class: ClassId } | null {
    const [first, ...others] = this.selected;
    if (first === undefined) return null;
    const shown = { field: this.fieldAt(first).id, class: this.boxes[first]!.class };
    const isShared = others.every(
      (place) => this.boxes[place]!.class === shown.class && this.fieldAt(place).id === shown.field,
    );
    return isShared ? shown : null;
  }

  fieldAt(index: number): BoxField {
    return this.#current.layerAt(index).field;
  }

  isSelected(index: number): boolean {
    return !this.#selection.isEmpty && this.#selection.has(this.#current.refAt(index));
  }
  isHidden(index: number): boolean {
    return !this.#hidden.isEmpty && this.#hidden.has(this.#current.refAt(index));
  }
  isLocked(index: number): boolean {
    return !this.#locked.isEmpty && this.#locked.has(this.#current.refAt(index));
  }
  isRotatable(index: number): boolean {
    return this.fieldAt(index).rotatable;
  }
  /** Whether a pointer can take hold of it. */
  isPickable(index: number): boolean {
    return !this.isHidden(index) && !this.isLocked(index);
  }

  /** Whether a box is as the item's proposal has it, and nothing that a person has said. */
  isProposed(index: number): boolean {
    return this.proposedIn(this.#current.layerAt(index))(this.boxes[index]!);
  }

  /** The same of any box of a layer, for whatever goes through all of them. */
  proposedIn({ field, boxes }: BoxLayer): (box: Box) => boolean {
    const { item } = this.#labeler;
    const proposal = item?.prediction && item.mine === null ? valueIn(item.prediction.values, field) : undefined;
    if (proposal === undefined || boxes === proposal) return () => proposal !== undefined;
    let byId = this.#proposals.get(proposal);
    if (!byId) this.#proposals.set(proposal, (byId = new Map(proposal.map((box) => [box.id, box]))));
    const proposals = byId;
    return (box) => {
      const proposed = proposals.get(box.id);
      return proposed !== undefined && sameBox(proposed, box);
    };
  }

  // Selecting, hiding and locking

  select(places: readonly number[], how: Selecting = 'replace'): void {
    const before = how === 'replace' ? [] : this.selected;
    const parted = new Set(how === 'toggle' ? places.filter((place) => this.isSelected(place)) : []);
    const now = [...new Set([...before, ...places])].filter((place) => !parted.has(place));
    this.#selection.replace(now.map((place) => this.#current.refAt(place)));
    const [first, ...others] = now;
    if (first !== undefined) this.#cursor = first;
    if (first === undefined) this.#announcement = before.length + places.length > 0 ? 'Nothing selected' : '';
    else if (others.length > 0) this.#announcement = `${boxesInWords(now.length)} selected`;
    else this.#announcement = `${boxInWords(this.fieldAt(first), this.boxes[first]!)} selected`;
  }

  deselect(): void {
    this.select([]);
    this.#announcement = 'Nothing selected';
  }

  /** Everything that a pointer could take hold of. */
  selectAll(): void {
    this.select(this.boxes.map((_, index) => index).filter((index) => this.isPickable(index)));
  }

  /** The place of the visible box after the selected one (1), or before it (-1); null beyond the last and the first. */
  neighbour(step: 1 | -1): number | null {
    const { selected, boxes } = this;
    const none = step > 0 ? Math.min(this.#cursor, boxes.length) : Math.min(this.#cursor + 1, boxes.length);
    const from = (step > 0 ? selected.at(-1) : selected[0]) ?? (this.#cursor < 0 && step < 0 ? boxes.length : none);
    for (let index = from + step; index >= 0 && index < boxes.length; index += step)
      if (!this.isHidden(index)) return index;
    return null;
  }

  /** Selects the {@link neighbour}; beyond the last and the first, nothing. */
  step(step: 1 | -1): void {
    const next = this.neighbour(step);
    if (next === null) {
      this.deselect();
      this.#cursor = -1;
    } else this.select([next]);
  }

  /** Hides boxes, or shows them where all are hidden. */
  toggleHidden(places: readonly number[] = this.selected): void {
    const refs = places.map((place) => this.#current.refAt(place));
    const hides = !refs.every((ref) => this.#hidden.has(ref));
    if (hides) {
      this.#hidden.add(refs);
      this.#selection.delete(refs);
    } else this.#hidden.delete(refs);
    this.#announcement = `${boxesInWords(refs.length)} ${hides ? 'hidden' : 'shown'}`;
  }

  /** Shows all boxes, or hides all where none is hidden. */
  toggleAllHidden(): void {
    if (this.hidesSome) this.#hidden.replace([]);
    else {
      this.#hidden.replace(this.#current.placesOf(() => true).map((place) => this.#current.refAt(place)));
      this.#selection.replace([]);
    }
    this.#announcement = this.hidesSome ? 'All boxes hidden' : 'All boxes shown';
  }

  /** Locks boxes, or unlocks them where all are locked. */
  toggleLocked(places: readonly number[] = this.selected): void {
    const refs = places.map((place) => this.#current.refAt(place));
    const locks = !refs.every((ref) => this.#locked.has(ref));
    if (locks) this.#locked.add(refs);
    else this.#locked.delete(refs);
    this.#announcement = `${boxesInWords(refs.length)} ${locks ? 'locked' : 'unlocked'}`;
  }

  // Editing

  /** A class was chosen: the selected boxes get it, and so does the next that is drawn. */
  choose(field: BoxField, id: ClassId): void {
    this.#chosen = { field: field.id, class: id };
    const changed = this.#editable().filter((place) => {
      return this.boxes[place]!.class !== id || this.fieldAt(place).id !== field.id;
    });
    if (changed.length === 0) return;
    const target = this.#current.layers.find((layer) => layer.field.id === field.id);
    if (!target) return;
    const among = new Set(changed);
    const arrives = changed.filter((place) => this.fieldAt(place).id !== field.id);
    const fresh = freshRegionId(target.boxes);
    const arrived = arrives.map((place, at) => bare(this.boxes[place]!, String(fresh + at), id));
    const values: Record<FieldId, BoxValue> = {};
    for (const { field: own, boxes, start } of this.#current.layers) {
      if (own.id === field.id)
        values[own.id] = [...boxes.map((box, at) => (among.has(start + at) ? bare(box, box.id, id) : box)), ...arrived];
      else if (arrives.length > 0) values[own.id] = boxes.filter((_, at) => !among.has(start + at));
    }
    const name = field.classes.find((known) => known.id === id)?.name ?? id;
    const stays = changed
      .filter((place) => this.fieldAt(place).id === field.id)
      .map((place) => this.#current.refAt(place));
    if (!this.#labeler.setValues(values, `${boxesInWords(changed.length)} changed to ${name}`)) return;
    if (arrives.length > 0)
      this.#selection.replace([...stays, ...arrived.map((box) => ({ field: field.id, id: box.id }))]);
  }

  /** Puts a box of the active class on top of the others, and selects it. */
  add(shape: RotatedRect): void {
    const { active } = this;
    if (active)
      this.#insert([{ ...rounded(shape), field: active.field, class: active.class }], (words) => `${words} added`);
  }

  /** Gives boxes other shapes. */
  reshape(shapes: ReadonlyMap<number, RotatedRect>, run: string | null = null): void {
    const values: Record<FieldId, BoxValue> = {};
    let changed: readonly [number, Box] | null = null;
    let count = 0;
    for (const { field, boxes, start } of this.#current.layers) {
      let copy: Box[] | null = null;
      for (const [place, shape] of shapes) {
        const box = boxes[place - start];
        if (!box || this.isLocked(place) || sameShape(box, shape)) continue;
        copy ??= [...boxes];
        const reshaped = bare({ ...box, ...shape }, box.id, box.class);
        copy[place - start] = reshaped;
        changed = [place, reshaped];
        count++;
      }
      if (copy) values[field.id] = copy;
    }
    if (!changed) return;
    const [place, box] = changed;
    const words = count === 1 ? boxInWords(this.fieldAt(place), box) : `${boxesInWords(count)} moved`;
    this.#labeler.setValues(values, words, run);
  }

  /** Moves the selected boxes together, pixels; while the key is held, all its moves are one step of undo. */
  nudge(by: Point): void {
    const places = this.#editable();
    if (places.length === 0) return;
    const rects = shiftedWithin(
      places.map((place) => this.boxes[place]!),
      by,
      this.extent,
      0,
    );
    this.reshape(new Map(places.map((place, at) => [place, rects[at]!])), this.#hold);
  }

  /** Moves the right and lower sides of the selected boxes, pixels along the boxes' own axes. */
  grow({ x, y }: Point): void {
    const shapes = new Map<number, RotatedRect>();
    for (const place of this.#editable()) {
      const box = this.boxes[place]!;
      const grip = { x: x === 0 ? 0 : 1, y: y === 0 ? 0 : 1 } as const;
      const by = { x: Math.max(x, SMALLEST - box.width), y: Math.max(y, SMALLEST - box.height) };
      const from = gripPoint(box, grip);
      const along = turned(by, { x: 0, y: 0 }, box.rotation);
      const to = { x: from.x + along.x, y: from.y + along.y };
      shapes.set(place, resized(box, grip, to, { proportions: 'free', about: 'opposite' }, this.extent));
    }
    this.reshape(shapes, this.#hold);
  }

  /** Turns those of the selected boxes that can be turned, degrees clockwise. */
  turn(degrees: number): void {
    const places = this.#editable().filter((place) => this.isRotatable(place));
    const turn = (box: Box) => withRotation(box, box.rotation + degrees);
    this.reshape(new Map(places.map((place) => [place, turn(this.boxes[place]!)])), this.#hold);
  }

  /** The key that moved, resized or turned was let go: what follows is another step of undo. */
  letGo(): void {
    this.#holds++;
  }

  remove(places: readonly number[] = this.selected): void {
    const gone = new Set(places.filter((place) => !this.isLocked(place)));
    if (gone.size === 0) return;
    const values: Record<FieldId, BoxValue> = {};
    for (const { field, boxes, start } of this.#current.layers) {
      const left = boxes.filter((_, at) => !gone.has(start + at));
      if (left.length < boxes.length) values[field.id] = left;
    }
    const [first] = places;
    if (!this.#labeler.setValues(values, `${boxesInWords(gone.size)} deleted`)) return;
    this.#selection.replace([]);
    this.#cursor = Math.max(-1, (first ?? 0) - 1);
  }

  // Copies

  duplicate(): void {
    const loose = this.selected.map((place) => this.#loose(place));
    if (loose.length > 0) this.#insert(this.#aside(loose, OFFSET), (words) => `${words} added`);
  }

  copy(): void {
    const { item } = this.#labeler;
    const boxes = this.selected.map((place) => this.#loose(place));
    if (!item || boxes.length === 0) return;
    this.#clipboard = { item: item.id, boxes, pasted: 0 };
    this.#announcement = `${boxesInWords(boxes.length)} copied`;
  }

  /** Puts what was copied into this image: where it was in another one, or aside in the same. */
  paste(): void {
    const clipboard = this.#clipboard;
    if (!clipboard || clipboard.boxes.length === 0) return;
    const isSame = clipboard.item === this.#labeler.item?.id;
    if (isSame) clipboard.pasted++;
    const offset = isSame ? clipboard.pasted * OFFSET : 0;
    this.#insert(this.#aside(clipboard.boxes, offset), (words) => `${words} pasted`);
  }

  /** Adds the boxes of the previous image that are not here yet. */
  async copyPrevious(): Promise<void> {
    const { item } = this.#labeler;
    const previous = await this.#labeler.before();
    if (!item || this.#labeler.item?.id !== item.id) return;
    const answer = previous?.draft ?? (previous?.mine?.kind === 'annotation' ? previous.mine : null);
    const there = this.fields.flatMap((field) =>
      ((answer && valueIn(answer.values, field)) ?? NOTHING).map((box): LooseBox => ({
        ...fitted(box, this.extent),
        field: field.id,
        class: box.class,
      })),
    );
    const here = new Set(this.boxes.map((box, place) => looseKey({ ...box, field: this.fieldAt(place).id })));
    const added = there.filter((box) => !here.has(looseKey(box)));
    if (previous === null) this.#announcement = 'There is no previous image';
    else if (there.length === 0) this.#announcement = `${previous.name} has no boxes`;
    else if (added.length === 0) this.#announcement = `All boxes of ${previous.name} are here already`;
    else this.#insert(added, (words) => `${words} copied from ${previous.name}`);
  }

  /** The boxes of all fields; the same object as long as nothing changes. */
  get #current(): BoxLayers {
    const { fields } = this;
    const values = fields.map((field) => this.#labeler.shown(field) ?? NOTHING);
    if (!this.#layers.isOf(fields, values)) this.#layers = new BoxLayers(fields, values);
    return this.#layers;
  }

  get #hold(): string {
    return `boxes ${this.#holds}`;
  }

  /** Places of the selected boxes that are not locked. */
  #editable(): readonly number[] {
    return this.#locked.isEmpty ? this.selected : this.selected.filter((place) => !this.isLocked(place));
  }

  #loose(place: number): LooseBox {
    const { x, y, width, height, rotation, class: classId } = this.boxes[place]!;
    return { ...{ x, y, width, height, rotation }, class: classId, field: this.fieldAt(place).id };
  }

  /** Copies that stand off by so many pixels, to the right and down, or, where there is no room, to the left and up. */
  #aside(loose: readonly LooseBox[], offset: number): LooseBox[] {
    const { x, y, width, height } = unionBounds(loose);
    const { extent } = this;
    const by = {
      x: x + width + offset <= extent.width ? offset : -Math.min(offset, Math.max(x, 0)),
      y: y + height + offset <= extent.height ? offset : -Math.min(offset, Math.max(y, 0)),
    };
    return loose.map((box) => ({ ...fitted(shifted(box, by), extent), field: box.field, class: box.class }));
  }

  /** @param done what to say, given how many boxes there are */
  #insert(loose: readonly LooseBox[], done: (words: string) => string): void {
    const values: Record<FieldId, BoxValue> = {};
    const refs: BoxRef[] = [];
    let only = '';
    for (const { field, boxes } of this.#current.layers) {
      const known = new Set(field.classes.map(({ id }) => id));
      const mine = loose.filter((box) => box.field === field.id && known.has(box.class));
      if (mine.length === 0) continue;
      const first = freshRegionId(boxes);
      const added = mine.map((box, at) => bare(box, String(first + at), box.class));
      values[field.id] = [...boxes, ...added];
      only = boxInWords(field, added[0]!);
      for (const { id } of added) refs.push({ field: field.id, id });
    }
    if (refs.length === 0) this.#announcement = 'None of the boxes has a class of this project';
    else if (this.#labeler.setValues(values, done(refs.length === 1 ? only : boxesInWords(refs.length))))
      this.#selection.replace(refs);
  }
}

/** A box as a person gives it: without a model's confidence. */
function bare(shape: RotatedRect, id: string, classId: ClassId): Box {
  const { x, y, width, height, rotation } = shape;
  return newBox({ x, y, width, height, rotation, id, class: classId });
}

const sameShape = (a: RotatedRect, b: RotatedRect): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.rotation === b.rotation;

const sameBox = (a: Box, b: Box): boolean => a === b || (a.class === b.class && sameShape(a, b));

const looseKey = ({ field, class: classId, x, y, width, height, rotation }: LooseBox): string =>
  [field, classId, x, y, width, height, rotation].join(' ');
