import { compareSpans, newSpan } from '#core/fields/span';
import { freshRegionId } from '#core/fields/regions';
import type { Span, SpanValue, Values } from '#core/model/annotation';
import type { ClassId, FieldId, ItemId, RegionId } from '#core/model/ids';
import { displayClass, valueIn, type SpanField } from '#core/model/schema';
import { moved, type Step, type TextGeometry } from '#core/text/cursor';
import { sameText } from '#core/text/same-text';
import { TextSegments, type TextRange } from '#core/text/segments';
import { snap, type SnapTo } from '#core/text/snap';
import { SurfaceIndex, type LabelledSurface, type Precedent } from '#core/text/surface-index';
import type { ItemView } from '#workers/project/api';
import type { Labeler } from './labeler.svelte';

/** Which span: ids are unique within a field's value only. */
export interface SpanKey {
  readonly field: FieldId;
  readonly id: RegionId;
}

/** A span as it stands on the screen. */
export interface ShownSpan extends Span {
  readonly field: FieldId;
  /** Nobody has confirmed it yet: it is as a model or an import proposed it. */
  readonly proposed: boolean;
}

/** The laid-out text, while it is on the screen. */
export interface TextView extends TextGeometry {
  /** Whether keys that are pressed now mean the text. */
  hasFocus(): boolean;
}

/** A selection of text by its ends in the order in which they were made; a cursor where they are equal. */
export interface TextSelection {
  readonly anchor: number;
  readonly focus: number;
}

/** What a person points at in one text; another text begins without any. */
interface Pointing {
  readonly item: ItemId | null;
  readonly selection: TextSelection | null;
  readonly selected: SpanKey | null;
  /** Whether the classes are offered: for the selected text, else for the selected span. */
  readonly asking: boolean;
  /** What "label all same text" means while no span is selected: the one that was made last. */
  readonly made: SpanKey | null;
  /** Everything was let go: the next Tab leaves the text instead of walking through its spans. */
  readonly leaving: boolean;
}

const NOTHING: Pointing = {
  ...{ item: null, selection: null, selected: null, asking: false, made: null, leaving: false },
};

type SpanLabeler = Pick<Labeler, 'item' | 'asked' | 'draft' | 'shown' | 'setValues'>;

/** What a person does to the spans of the text on the screen. Every gesture becomes one step of the labeler's draft. */
export class SpanEditor {
  readonly #labeler: SpanLabeler;
  readonly #memory = new SurfaceIndex();
  #active = $state.raw<{ readonly field: FieldId; readonly class: ClassId } | null>(null);
  #pointing = $state.raw(NOTHING);
  #spoken = $state('');
  #view: TextView | null = null;

  readonly #text = $derived.by(() => {
    const content = this.#labeler.item?.content;
    return content?.kind === 'text' ? content.text : null;
  });
  readonly #segments = $derived(new TextSegments(this.#text ?? ''));
  readonly #spans = $derived(this.#allSpans());
  readonly #here = $derived.by(() =>
    this.#pointing.item === (this.#labeler.item?.id ?? null) ? this.#pointing : NOTHING,
  );
  readonly #same = $derived.by(() => this.#alike());

  constructor(labeler: SpanLabeler) {
    this.#labeler = labeler;
  }

  /** The fields that the text on the screen is asked and that are answered with spans. */
  get fields(): readonly SpanField[] {
    return this.#labeler.asked.filter((field) => field.kind === 'span');
  }

  /** The class that is chosen before the text is; null: it is asked for afterwards. */
  get active() {
    const active = this.#active;
    const field = this.fields.find(({ id }) => id === active?.field);
    return field?.classes.some(({ id }) => id === active?.class) ? active : null;
  }

  /** The characters and words of the text. */
  get segments(): TextSegments {
    return this.#segments;
  }

  /** All spans of the text, by start, the longer first. */
  get spans(): readonly ShownSpan[] {
    return this.#spans;
  }

  /** The selected text, or the cursor; null before either was set. */
  get selection() {
    return this.#here.selection;
  }
  get selected(): ShownSpan | null {
    return this.#find(this.#here.selected);
  }
  get asking() {
    return this.#here.asking;
  }
  /** For screen readers: what is pointed at. What is done, the labeler says. */
  get spoken() {
    return this.#spoken;
  }
  /** Whether there is a span whose class other places with the same text could have. */
  get canLabelSame(): boolean {
    return this.#sameTarget !== null;
  }
  /** Other places with the text of the selected span, or of the one that was made last. */
  get same(): readonly TextRange[] {
    return this.#same;
  }

  /** The laid-out text tells where lines are; null when it goes. */
  attach(view: TextView | null): void {
    this.#view = view;
  }
  get hasFocus(): boolean {
    return this.#view?.hasFocus() ?? false;
  }

  // Pointing

  /** Text was selected, or the cursor was put somewhere. */
  point(selection: TextSelection | null): void {
    this.#point({ selection, selected: null, asking: false });
  }

  /** Selects a span, or none. */
  select(key: SpanKey | null): void {
    const found = this.#find(key);
    const selection = found ? { anchor: found.start, focus: found.start } : this.selection;
    this.#point({ selected: found && { field: found.field, id: found.id }, selection, asking: false });
    if (found) this.#spoken = `${this.#inWords(found)}, ${found.proposed ? 'proposed, ' : ''}selected`;
  }

  /**
   * Selects a span that a character lies in; again at the same place, the next of those, the shortest first.
   *
   * @returns whether there is any
   */
  pick(at: number): boolean {
    const there = this.#spans
      .filter(({ start, end }) => start <= at && at < end)
      .sort((a, b) => a.end - a.start - (b.end - b.start) || compareSpans(b, a));
    if (there.length === 0) return false;
    const current = there.findIndex((span) => isSame(span, this.#here.selected));
    this.select(there[(current + 1) % there.length]!);
    return true;
  }

  /** Whether there is a span to go to. After `release` of the last thing there is none, so that Tab leaves the text. */
  canStep(direction: -1 | 1): boolean {
    return !this.#here.leaving && this.#neighbour(direction) !== undefined;
  }

  /** Selects the next or previous span, counted from the selected one or from the cursor. */
  step(direction: -1 | 1): void {
    const neighbour = this.#neighbour(direction);
    if (neighbour) this.select(neighbour);
  }

  /** Moves the cursor; from the end of a selection that lies that way. */
  move(step: Step): void {
    const view = this.#view;
    if (!view) return;
    const from = this.selection?.focus ?? 0;
    const to = moved(this.#segments, view, from, step);
    this.point({ anchor: to, focus: to });
    this.#spoken = this.#excerpt({ start: Math.min(from, to), end: Math.max(from, to) });
  }

  /** Moves the end of the selected text, or begins to select at the cursor. */
  extend(step: Step): void {
    const view = this.#view;
    if (!view) return;
    const { anchor, focus } = this.selection ?? { anchor: 0, focus: 0 };
    const to = moved(this.#segments, view, focus, step);
    this.point({ anchor, focus: to });
    this.#spoken = `${this.#excerpt({ start: Math.min(anchor, to), end: Math.max(anchor, to) }) || 'nothing'}, selected`;
  }

  /** Lets go of the innermost thing that is held: the question, the selection, the active class; at last, of the text. */
  release(): void {
    const { selection, selected, asking } = this.#here;
    if (asking || selected || (selection && selection.anchor !== selection.focus)) {
      const at = selection?.focus ?? 0;
      this.point(selection && { anchor: at, focus: at });
      this.#spoken = 'Nothing selected';
    } else if (this.active) {
      this.#active = null;
      this.#spoken = 'No class chosen';
    } else this.#point({ leaving: true });
  }

  // Labeling

  /** The selected text is what was meant: it becomes a span of the active class, else the classes are offered. */
  finish(snapping: 'usual' | 'other'): void {
    const { active } = this;
    if (active) {
      const field = this.fields.find(({ id }) => id === active.field)!;
      const range = this.#chosenText(snapping, field);
      if (range) this.#add(field, active.class, range);
      return;
    }
    const range = this.#chosenText(snapping);
    if (!range) return;
    this.#remember();
    this.#point({ selection: { anchor: range.start, focus: range.end }, selected: null, asking: true });
  }

  /** Offers the classes: for the selected span or text, else for what is selected next. */
  ask(): void {
    this.#remember();
    const range = this.selected ? null : this.#chosenText('usual');
    this.#point({ asking: true, ...(range && { selection: { anchor: range.start, focus: range.end } }) });
  }

  /** A class was chosen: for the selected text, for the selected span, else for what is selected next (again: not any more). */
  choose(field: SpanField, id: ClassId): void {
    const { selected } = this;
    const range = this.#here.asking && selected === null ? this.#askedText : this.#chosenText('usual', field);
    if (selected?.field === field.id) this.#reclass(selected, field, id);
    else if (range && selected === null) this.#add(field, id, range);
    else this.#activate(field, id);
  }

  /** Removes the selected span. */
  remove(): void {
    const { selected } = this;
    const field = this.#fieldOf(selected);
    if (!selected || !field) return;
    const rest = this.#valueOf(field).filter(({ id }) => id !== selected.id);
    if (!this.#set(field, rest, `Removed: ${this.#inWords(selected)}`)) return;
    this.point({ anchor: selected.start, focus: selected.start });
  }

  /** Moves an edge of the selected span by one grapheme or word; an edge does not pass the other. */
  resize(edge: 'start' | 'end', towards: 'left' | 'right'): void {
    const { selected } = this;
    const field = this.#fieldOf(selected);
    const view = this.#view;
    if (!selected || !field || !view) return;
    const by = field.wholeWords ? 'word' : 'grapheme';
    const to = moved(this.#segments, view, selected[edge], { by, towards });
    const changed = { ...selected, [edge]: to };
    if (changed.start >= changed.end) return;
    const value = this.#valueOf(field).map((span) =>
      span.id === selected.id ? newSpan({ ...span, [edge]: to }) : span,
    );
    this.#set(field, value, this.#inWords(changed), `${edge} of ${field.id} ${selected.id}`);
  }

  /** Gives every other place with the same text the same class, where it has none of that field yet. */
  labelSame(): void {
    const target = this.#sameTarget;
    const field = this.#fieldOf(target);
    if (!target || !field) return;
    const value = this.#valueOf(field);
    const first = freshRegionId(value);
    const more = this.#same.map((range, nth) => newSpan({ ...range, id: String(first + nth), class: target.class }));
    const said = `${this.#inWords(target)}: ${more.length.toLocaleString('en')} more`;
    if (more.length > 0) this.#set(field, [...value, ...more], said);
    else this.#spoken = said;
  }

  // Suggestions

  /** Learns from items that were answered before. */
  recall(items: readonly ItemView[]): void {
    for (const { id, content, mine } of items) {
      if (content.kind === 'text' && mine?.kind === 'annotation' && !this.#memory.has(id))
        this.#memory.put(id, this.#surfaces(content.text, mine.values));
    }
  }

  /** What the text that a class is asked for was labelled before. */
  get precedents(): readonly Precedent[] {
    const range = this.#here.asking ? (this.selected ?? this.#askedText) : null;
    return range && this.#text !== null ? this.#memory.precedents(this.#text.slice(range.start, range.end)) : [];
  }

  #remember(): void {
    const { item } = this.#labeler;
    if (item && this.#text !== null) {
      this.#memory.put(item.id, this.#surfaces(this.#text, this.#labeler.draft.values));
    }
  }

  #surfaces(text: string, values: Values): LabelledSurface[] {
    return this.fields.flatMap((field) =>
      (valueIn(values, field) ?? []).map(({ start, end, class: classId }) => ({
        surface: text.slice(start, end),
        field: field.id,
        class: classId,
      })),
    );
  }

  // Within

  #point(change: Partial<Pointing>): void {
    this.#pointing = { ...this.#here, item: this.#labeler.item?.id ?? null, leaving: false, ...change };
  }

  #allSpans(): ShownSpan[] {
    const { item } = this.#labeler;
    if (!item || this.#text === null) return [];
    const isOpen = item.mine?.kind !== 'annotation';
    const all = this.fields.flatMap((field) => {
      const proposal = (isOpen && item.prediction && valueIn(item.prediction.values, field)) || [];
      const proposed = new Map(proposal.map((span) => [span.id, span]));
      return this.#valueOf(field).map((span): ShownSpan => {
        const before = proposed.get(span.id);
        const isProposed =
          before?.start === span.start &&
          before.end === span.end &&
          before.class === span.class &&
          before.confidence === span.confidence;
        return { ...span, field: field.id, proposed: isProposed };
      });
    });
    return all.sort(compareSpans);
  }

  #valueOf(field: SpanField): SpanValue {
    return this.#labeler.shown(field) ?? [];
  }

  #fieldOf(span: SpanKey | null): SpanField | undefined {
    return this.fields.find(({ id }) => id === span?.field);
  }

  #find(key: SpanKey | null): ShownSpan | null {
    return key === null ? null : (this.#spans.find((span) => isSame(span, key)) ?? null);
  }

  #neighbour(direction: -1 | 1): ShownSpan | undefined {
    const spans = this.#spans;
    const current = spans.findIndex((span) => isSame(span, this.#here.selected));
    if (current >= 0) return spans[current + direction];
    const at = this.selection?.focus ?? (direction > 0 ? 0 : Infinity);
    return direction > 0 ? spans.find(({ start }) => start >= at) : spans.findLast(({ start }) => start < at);
  }

  /** The selected text as a span of a field would take it in; null for none. */
  #chosenText(snapping: 'usual' | 'other', field: SpanField | undefined = this.fields[0]): TextRange | null {
    const { selection } = this;
    if (!selection || selection.anchor === selection.focus || !field) return null;
    const usual: SnapTo = field.wholeWords ? 'words' : 'graphemes';
    const other: SnapTo = field.wholeWords ? 'graphemes' : 'words';
    const range = { start: selection.anchor, end: selection.focus };
    return snap(this.#segments, range, snapping === 'usual' ? usual : other);
  }

  /** The text that the classes are offered for was snapped when they were. */
  get #askedText(): TextRange | null {
    const { selection } = this;
    if (!selection || selection.anchor === selection.focus) return null;
    return { start: Math.min(selection.anchor, selection.focus), end: Math.max(selection.anchor, selection.focus) };
  }

  #activate(field: SpanField, id: ClassId): void {
    const isActive = this.active?.field === field.id && this.active.class === id;
    this.#active = isActive ? null : { field: field.id, class: id };
    this.#point({ selected: null, asking: false });
    const { name } = displayClass(field, id);
    this.#spoken = isActive ? 'No class chosen' : `${name}: select text to label it`;
  }

  #add(field: SpanField, id: ClassId, { start, end }: TextRange): void {
    const value = this.#valueOf(field);
    const known = value.find((span) => span.start === start && span.end === end && span.class === id);
    const span = known ?? newSpan({ id: String(freshRegionId(value)), class: id, start, end });
    const key = { field: field.id, id: span.id };
    if (known) this.#spoken = `${this.#inWords({ ...known, ...key })} was labelled already`;
    else if (!this.#set(field, [...value, span], this.#inWords({ ...span, ...key }))) return;
    this.#point({ selection: { anchor: end, focus: end }, selected: null, asking: false, made: key });
  }

  #reclass(span: ShownSpan, field: SpanField, id: ClassId): void {
    const { confidence: _, ...rest } = span;
    const value = this.#valueOf(field).map((one) => (one.id === span.id ? newSpan({ ...rest, class: id }) : one));
    this.#set(field, value, this.#inWords({ ...span, class: id }));
    this.#point({ asking: false, made: { field: field.id, id: span.id } });
  }

  /** @param run see `setValues` of the labeler */
  #set(field: SpanField, value: SpanValue, done: string, run: string | null = null): boolean {
    const isSet = this.#labeler.setValues({ [field.id]: value }, done, run);
    if (isSet) this.#remember();
    return isSet;
  }

  get #sameTarget(): ShownSpan | null {
    return this.selected ?? this.#find(this.#here.made);
  }

  #alike(): TextRange[] {
    const target = this.#sameTarget;
    if (!target || this.#text === null || target.end > this.#text.length) return [];
    const labelled = new Set<string>();
    for (const { field, start, end } of this.#spans) if (field === target.field) labelled.add(`${start}-${end}`);
    return sameText(this.#segments, target).filter(({ start, end }) => !labelled.has(`${start}-${end}`));
  }

  #inWords(span: ShownSpan | (Span & SpanKey)): string {
    const field = this.#fieldOf(span);
    return `${displayClass(field, span.class).name}, ${this.#excerpt(span)}`;
  }

  #excerpt({ start, end }: TextRange): string {
    const text = (this.#text ?? '').slice(start, Math.min(end, start + LONGEST_SPOKEN));
    return text.replace(/\s+/g, ' ').trim();
  }
}

/** A screen reader is not to read out a page. */
const LONGEST_SPOKEN = 200;

const isSame = (span: SpanKey, key: SpanKey | null): boolean => span.id === key?.id && span.field === key.field;
