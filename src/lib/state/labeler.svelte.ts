import type { ConcordError } from '#core/errors';
import { describeValues } from '#core/fields/describe';
import { validateChange } from '#core/fields/values';
import type { Draft, FieldValue, Values } from '#core/model/annotation';
import type { ClassId, FieldId, Hash, ItemId } from '#core/model/ids';
import type { Settings } from '#core/model/project';
import {
  EMPTY_SCHEMA,
  fieldById,
  valueIn,
  type ChoiceField,
  type Field,
  type Schema,
  type ValueOf,
} from '#core/model/schema';
import { ok, type Result } from '#core/result';
import type { Counters, ItemView, ProjectApi, UndoneGesture } from '#workers/project/api';
import { DraftSaver } from './draft-saver';
import { DraftEditor, EMPTY_DRAFT, sameDraft } from './draft-editor.svelte';
import { answerOf, askedOf, completeAnswer, extentOfContent, formerValue, offeredIn } from './item-answer';
import { ItemFeed, type Soon } from './item-feed.svelte';
import type { Direction } from './item-window';
import { Recents } from './recents.svelte';
import { Stopwatch } from './stopwatch';

/** What the labeler needs of the browser. */
export interface LabelerDevice {
  /** A monotonic clock, milliseconds. */
  now(): number;
  /** Calls back once the next frame has been painted. */
  afterPaint(work: () => void): void;
  /** Remembers recent classes between visits. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}

/** What the labeler needs of the open project. */
export interface LabelerProject {
  readonly id: string | null;
  readonly client: Pick<ProjectApi, 'item' | 'walk' | 'saveDraft' | 'submit' | 'skip' | 'flag' | 'lookAt'>;
  readonly schema: Schema | null;
  readonly settings: Settings | null;
  /** Whether what this person says of items counts. */
  readonly mayLabel: boolean;
  readonly counters: Counters | null;
  undo(): Promise<UndoneGesture | null>;
  redo(): Promise<UndoneGesture | null>;
}

/** `done`: nothing is left to answer. */
export type Phase = 'loading' | 'item' | 'done';

/** A line for the person. `item`: whose gesture failed; its draft is kept there. */
export interface Notice {
  readonly tone: 'plain' | 'bad';
  readonly text: string;
  readonly item: ItemId | null;
}

/**
 * The labeling of one item after the other. What follows is fetched ahead, so a gesture changes the state at once and
 * is told to the worker without waiting for an answer; should the worker refuse it, the item gets its draft back.
 */
export class Labeler {
  readonly #project: LabelerProject;
  readonly #device: LabelerDevice;
  readonly #stopwatch: Stopwatch;
  readonly #recents = new Map<FieldId, Recents>();
  readonly #feed: ItemFeed;
  readonly #editor = new DraftEditor();
  readonly #drafts: DraftSaver;
  /** Drafts that the worker could not take; they live as long as this page. */
  readonly #kept = new Map<ItemId, Draft>();
  #phase = $state<Phase>('loading');
  #current = $state.raw<ItemView | null>(null);
  #notice = $state.raw<Notice | null>(null);
  #announcement = $state('');
  #missing = $state<FieldId | null>(null);
  #lastShown = $state<ItemId | null>(null);
  /** Whether the worker said, after the last answer, that there is nothing to do. */
  #isEndSure = $state(false);
  #isAttended = true;
  // Asked for many times in drawing one frame, and slow among thousands of regions.
  readonly #changed = $derived(this.#current !== null && !sameDraft(this.draft, answerOf(this.#current)));
  readonly #offered = $derived(offeredIn(this.#current, this.draft, this.schema));
  readonly #offer = $derived(this.#acceptable(this.#offered));
  /** Counts moves, so that an item that comes late does not push away what the person went on to. */
  #moves = 0;

  constructor(project: LabelerProject, device: LabelerDevice) {
    this.#project = project;
    this.#device = device;
    this.#stopwatch = new Stopwatch(() => device.now());
    this.#feed = new ItemFeed(project.client);
    this.#drafts = new DraftSaver(
      (item, draft) => project.client.saveDraft(item, draft),
      (work) => {
        device.afterPaint(work);
      },
      (item, draft, error) => {
        this.#hearDraft(item, draft, error);
      },
    );
  }

  get phase() {
    return this.#phase;
  }
  get item() {
    return this.#current;
  }
  /** What is chosen and noted for the item, submitted or not. */
  get draft() {
    return this.#editor.draft;
  }
  get notice() {
    return this.#notice;
  }
  /** For screen readers. */
  get announcement() {
    return this.#announcement;
  }
  /** The field that held up the last submission, until something is answered. */
  get missing() {
    return this.#missing;
  }
  get schema(): Schema {
    return this.#project.schema ?? EMPTY_SCHEMA;
  }
  /** The fields that the item on the screen is asked: an image has no spans. */
  get asked(): readonly Field[] {
    return askedOf(this.#current?.content, this.schema);
  }
  /** The items that are likely to be shown next: their images are decoded ahead. */
  get ahead(): readonly ItemView[] {
    return this.#feed.ahead;
  }

  /** Whether the draft says something else than what was submitted. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Whether items are only looked at, because nothing that is said of them would count. */
  get isReadOnly(): boolean {
    return !this.#project.mayLabel;
  }

  /** Whether choosing a class submits. */
  get submitsOnChoice(): boolean {
    const [field, ...others] = this.schema.fields;
    const single = field?.kind === 'choice' && !field.multiple && others.length === 0;
    return single && (this.#project.settings?.submitOnChoice ?? false);
  }

  /** The part of the item's proposal that the person has not answered otherwise. */
  get offered(): Values {
    return this.#offered;
  }

  /** The proposal that Enter would accept as a whole; null when there is none or the person has answered something. */
  get offer(): Values | null {
    return this.#offer;
  }

  /** A field's value as the screen shows it: what the person gave, else what is proposed; undefined for neither. */
  shown<F extends Field>(field: F): ValueOf<F> | undefined {
    return valueIn(this.draft.values, field) ?? valueIn(this.offered, field);
  }

  get canUndo(): boolean {
    return this.#editor.canUndo || (this.#project.counters?.canUndo ?? false);
  }
  get canRedo(): boolean {
    return this.#editor.canRedo || (this.#project.counters?.canRedo ?? false);
  }

  /** Whether there is an item to return to from the end of the queue. */
  get canGoBack(): boolean {
    return this.#lastShown !== null;
  }

  /** At the end of the queue: whether there is something to do again. */
  get isMoreOpen(): boolean {
    return this.#phase === 'done' && this.#feed.isMoreKnown;
  }

  /** At the end of the queue: items that are not finished, and that others are at; 0 until that is certain. */
  get atOthers(): number {
    const isCertain = this.#phase === 'done' && this.#isEndSure && !this.isMoreOpen && !this.isReadOnly;
    return isCertain ? (this.#project.counters?.open ?? 0) : 0;
  }

  /** Shows the item that was asked for; else where the person was, if something is still to do there; else the next open one. */
  async start(requested: ItemId | null, lastItem: ItemId | null): Promise<void> {
    const wished = requested ?? lastItem;
    const found = wished === null ? await this.#first() : await this.#feed.refresh(wished);
    const isOpen = found?.ok && (found.value.mine === null || found.value.draft !== null);
    if (found?.ok && (requested !== null || isOpen || this.isReadOnly)) this.#show(found.value);
    else await this.#go(this.#feed.nextOpen(found?.ok ? found.value.id : null), null);
    if (requested !== null && found?.ok === false) this.#say(inWords(found.error), 'bad');
  }

  /** Shows an item by its id. */
  async open(id: ItemId): Promise<void> {
    const move = ++this.#moves;
    const found = await this.#feed.refresh(id);
    if (move !== this.#moves) return;
    if (found.ok) this.#show(found.value);
    else this.#say(inWords(found.error), 'bad');
  }

  /** Goes on with what is open, for example after new items came in. */
  resume(): void {
    this.#feed.forget();
    void this.#go(this.#feed.nextOpen(this.#lastShown), null);
  }

  /** Images that were not on this device have come; what was drawn and typed meanwhile stays. */
  async fill(blobs: readonly Hash[]): Promise<void> {
    await this.#feed.fill(blobs);
    const current = this.#current;
    const known = current && this.#feed.get(current.id);
    if (known && known.content !== current.content) this.#current = { ...current, content: known.content };
  }

  /** The item before the one on the screen in queue order; null where there is none, or it cannot be had now. */
  async before(): Promise<ItemView | null> {
    if (!this.#current) return null;
    const target = this.#feed.neighbour(this.#current.id, 'previous');
    if ('here' in target) return target.here;
    const found = await target.asked;
    return found.ok ? found.value : null;
  }

  next(): void {
    this.#step('next');
  }

  previous(): void {
    this.#step('previous');
  }

  /** A class was chosen: toggled in a multiple choice, replaced in a single one. */
  choose(field: ChoiceField, id: ClassId): void {
    if (this.#isRefused()) return;
    const chosen = valueIn(this.draft.values, field) ?? [];
    const holds = chosen.includes(id);
    if (field.multiple) this.setValue(field.id, holds ? chosen.filter((other) => other !== id) : [...chosen, id]);
    else if (this.submitsOnChoice)
      this.#submit({ ...this.draft, values: { ...this.draft.values, [field.id]: [id] } }, 'person');
    else this.setValue(field.id, holds ? null : [id]);
  }

  /**
   * Sets a field, or leaves it open (null): one step of undo. Whether the value fits its field.
   *
   * @param done what a screen reader says of it; by default, what is chosen now
   */
  setValue(fieldId: FieldId, value: FieldValue | null, done?: string): boolean {
    return this.setValues({ [fieldId]: value }, done);
  }

  /**
   * Sets several fields at once, or leaves them open (null): one step of undo, or, with those before it of the same run, a
   * part of one. Whether all values fit their fields; if not, nothing is set.
   */
  setValues(given: Readonly<Record<FieldId, FieldValue | null>>, done?: string, run: string | null = null): boolean {
    if (this.#isRefused()) return false;
    const others = Object.entries(this.draft.values).filter(([id]) => !Object.hasOwn(given, id));
    const values: Record<FieldId, FieldValue> = Object.fromEntries(others);
    const item = this.#current;
    const extent = item && extentOfContent(item.content);
    for (const [fieldId, value] of Object.entries(given)) {
      const field = fieldById(this.schema, fieldId);
      if (!field) return false;
      if (value === null) continue;
      // While it is being worked on, a value may still lack what its submission needs.
      const valid = validateChange(value, { ...field, required: false }, extent, formerValue(item, field));
      if (!valid.ok) {
        this.#say(inWords(valid.error), 'bad');
        return false;
      }
      values[fieldId] = valid.value;
    }
    this.#edit({ ...this.draft, values }, run);
    this.#announcement = done ?? `Chosen: ${this.describe(values) || 'nothing'}`;
    return true;
  }

  setNote(note: string): void {
    if (!this.#isRefused()) this.#edit({ ...this.draft, note }, 'note');
  }

  /** Saves the draft, or the offer where nothing was chosen, and shows the next open item. */
  submit(): void {
    const values = { ...this.offered, ...this.draft.values };
    this.#submit({ ...this.draft, values }, this.offer ? 'prediction' : 'person');
  }

  skip(): void {
    const item = this.#current;
    if (!item || this.#isRefused()) return;
    if (item.mine?.kind === 'skip' && !this.changed) {
      this.#advance(item, 'Skipped.');
      return;
    }
    const { draft } = this;
    const leadMs = Math.round(this.#stopwatch.elapsed);
    this.#feed.change({ ...item, mine: { kind: 'skip' }, draft: null });
    this.#advance(item, 'Skipped.');
    this.#expect(item, draft, this.#project.client.skip(item.id, leadMs));
  }

  /** @param reason '' takes the flag back */
  flag(reason: string): void {
    const item = this.#current;
    if (!item || item.flag === reason || this.#isRefused()) return;
    this.#change({ ...item, flag: reason });
    this.#announcement = reason === '' ? 'Flag removed.' : `Flagged: ${reason}`;
    void this.#project.client.flag(item.id, reason).then((flagged) => {
      if (flagged.ok) return;
      if (this.#current?.id === item.id) this.#change({ ...this.#current, flag: item.flag });
      this.#say(`The flag of ${item.name} was not saved. ${inWords(flagged.error)}`, 'bad', item.id);
    });
  }

  /** First takes back what was changed in the draft on the screen, then the last gesture of this session. */
  async undo(): Promise<void> {
    if (this.#editor.canUndo) {
      this.#editor.undo();
      this.#saveDraft();
    } else await this.#revisit(await this.#project.undo(), 'Undone', 'There is nothing to undo.');
  }

  async redo(): Promise<void> {
    if (this.#editor.canRedo) {
      this.#editor.redo();
      this.#saveDraft();
    } else await this.#revisit(await this.#project.redo(), 'Redone', 'There is nothing to redo.');
  }

  /** Others came, went, or did something: what is offered next may be theirs by now. */
  heed(): void {
    if (this.#phase === 'loading') return;
    void this.#feed.recheck().then(() => {
      if (this.#phase === 'done') this.#isEndSure = true;
    });
  }

  /** The screen is left. */
  leave(): void {
    void this.#project.client.lookAt(null, this.#isAttended);
  }

  /** The page was hidden or shown: nobody looks at a hidden page. */
  attend(visible: boolean): void {
    this.#isAttended = visible;
    this.#tellItem();
    if (visible && this.#current) this.#stopwatch.resume();
    else this.#stopwatch.pause();
    if (!visible) void this.#drafts.flush();
  }

  /** Stores every draft; whether that worked. The page may go then. */
  async keep(): Promise<boolean> {
    await this.#drafts.flush();
    return this.#kept.size === 0;
  }

  /** Shows a line that belongs to the item on the screen. */
  inform(text: string, tone: Notice['tone'] = 'plain'): void {
    this.#say(text, tone);
  }

  dismiss(): void {
    this.#notice = null;
  }

  /** The classes of a field that were chosen last. */
  recents(field: FieldId): Recents {
    let recents = this.#recents.get(field);
    if (!recents) {
      recents = new Recents(this.#device.storage, `concord.recents.${this.#project.id ?? ''}.${field}`);
      this.#recents.set(field, recents);
    }
    return recents;
  }

  /** Values in words: the names of the classes, with their number where there are several of one. */
  describe(values: Values): string {
    return describeValues(values, this.schema);
  }

  /** What a person who only looks begins with: there is nothing that they have to answer. */
  async #first(): Promise<Result<ItemView> | null> {
    if (!this.isReadOnly) return null;
    const found = await this.#project.client.walk({ from: null, direction: 'next', among: 'all', count: 1 });
    if (!found.ok) return found;
    return found.value[0] ? ok(found.value[0]) : null;
  }

  /** Says, of a gesture that would not count, why it is not made. */
  #isRefused(): boolean {
    if (this.isReadOnly) this.#say('You can look at this project, and not label it.', 'plain');
    return this.isReadOnly;
  }

  #show(view: ItemView): void {
    this.#moves++;
    this.#lastShown = view.id;
    this.#current = view;
    this.#editor.start(this.#kept.get(view.id) ?? view.draft ?? answerOf(view) ?? EMPTY_DRAFT);
    this.#phase = 'item';
    this.#notice = null;
    this.#missing = null;
    this.#stopwatch.restart();
    this.#feed.arrive(view.id);
    this.#tellItem();
    if (this.#feed.isChangedHere(view.id)) void this.#renew(view);
  }

  /** Learns from the worker what became of an item that was changed here: its status, for example. */
  async #renew(view: ItemView): Promise<void> {
    const found = await this.#feed.refresh(view.id);
    if (found.ok && this.#current === view) this.#current = found.value;
  }

  /** Leaves the item on the screen for none. */
  #blank(phase: Exclude<Phase, 'item'>): void {
    this.#current = null;
    this.#editor.start(EMPTY_DRAFT);
    this.#stopwatch.pause();
    this.#phase = phase;
    this.#isEndSure = false;
    if (phase === 'done') {
      this.#tellItem();
      this.heed();
    }
  }

  /** Tells the others what is on the screen, so that they take something else. */
  #tellItem(): void {
    void this.#project.client.lookAt(this.#current?.id ?? null, this.#isAttended);
  }

  #say(text: string, tone: Notice['tone'], item: ItemId | null = null): void {
    this.#notice = { text, tone, item };
  }

  /** Shows an item now or when it has come; without one the queue is finished. `done`: what was done before, for screen readers. */
  async #go(target: Soon, done: string | null): Promise<void> {
    const arrive = (view: ItemView | null): void => {
      if (view) this.#show(view);
      else this.#blank('done');
      const now = view ? `Item ${view.position + 1}: ${aloud(view)}` : 'No item is left to label.';
      this.#announcement = done === null ? now : `${done} ${now}`;
    };
    if ('here' in target) {
      arrive(target.here);
      return;
    }
    const move = ++this.#moves;
    this.#blank('loading');
    const found = await target.asked;
    if (move !== this.#moves) return;
    if (found.ok) arrive(found.value);
    else this.#say(inWords(found.error), 'bad');
  }

  #advance(from: ItemView, done: string): void {
    void this.#go(this.#feed.nextOpen(from.id), done);
  }

  #step(direction: Direction): void {
    const item = this.#current;
    if (!item) {
      if (this.#phase === 'done' && this.#lastShown !== null) void this.open(this.#lastShown);
      return;
    }
    const target = this.#feed.neighbour(item.id, direction);
    const edge = direction === 'next' ? 'This is the last item.' : 'This is the first item.';
    const arrive = (view: ItemView | null): void => {
      if (view) void this.#go({ here: view }, null);
      else this.#say(edge, 'plain');
    };
    if ('here' in target) {
      arrive(target.here);
      return;
    }
    const move = ++this.#moves;
    void target.asked.then((found) => {
      if (move !== this.#moves) return;
      if (found.ok) arrive(found.value);
      else this.#say(inWords(found.error), 'bad');
    });
  }

  /** Goes where an undone or redone gesture happened. */
  async #revisit(gesture: UndoneGesture | null, done: string, nothing: string): Promise<void> {
    if (!gesture) {
      this.#say(nothing, 'plain');
      return;
    }
    // The gesture may have touched any item, so what the page knows of them is void.
    this.#feed.forget();
    const item = gesture.item ?? this.#lastShown;
    if (item !== null) await this.open(item);
    this.#say(`${done}: ${gesture.what}`, 'plain');
    this.#announcement = `${done}: ${gesture.what}.`;
  }

  #submit(draft: Draft, from: 'person' | 'prediction'): void {
    const item = this.#current;
    if (!item || this.#isRefused()) return;
    const { values, missing } = completeAnswer(draft.values, item, this.schema);
    if (missing !== null) {
      this.#say(`Answer ${missing.name} first, or skip this item.`, 'plain');
      this.#missing = missing.id;
      return;
    }
    const answer: Draft = { values, note: draft.note };
    // What was sent back may be said once more.
    const isNew = item.mine?.kind !== 'annotation' || item.feedback?.isSentBack === true;
    if (!isNew && sameDraft(answer, answerOf(item))) {
      this.#advance(item, 'Unchanged.');
      return;
    }
    const leadMs = Math.round(this.#stopwatch.elapsed);
    const origin = item.asked > 0 && item.mine === null ? 'again' : from;
    this.#feed.change({ ...item, mine: { kind: 'annotation', ...answer }, draft: null });
    this.#advance(item, `Saved: ${this.describe(values) || 'no class'}.`);
    this.#expect(item, answer, this.#project.client.submit({ item: item.id, ...answer, leadMs, from: origin }));
  }

  /** A proposal that can be accepted as it is; null where it is none, or where the person has answered something. */
  #acceptable(offered: Values): Values | null {
    if (Object.keys(offered).length === 0 || Object.keys(this.draft.values).length > 0) return null;
    return completeAnswer(offered, this.#current, this.schema).missing === null ? offered : null;
  }

  #edit(draft: Draft, run: string | null): void {
    if (!this.#current || sameDraft(draft, this.draft)) return;
    this.#editor.edit(draft, run);
    this.#saveDraft();
  }

  #saveDraft(): void {
    const item = this.#current;
    if (!item) return;
    this.#notice = null;
    this.#missing = null;
    const draft = this.changed ? this.draft : null;
    this.#change({ ...item, draft });
    this.#drafts.save(item.id, draft);
  }

  #hearDraft(id: ItemId, draft: Draft | null, error: ConcordError | null): void {
    if (!error) {
      this.#kept.delete(id);
      return;
    }
    if (draft) this.#kept.set(id, draft);
    const name = this.#current?.id === id ? this.#current.name : 'another item';
    this.#say(`The draft of ${name} was not saved. ${inWords(error)}`, 'bad', id);
  }

  /** The item on the screen has changed, but not its draft. */
  #change(view: ItemView): void {
    this.#feed.change(view);
    this.#current = view;
  }

  /** Hears the worker's answer to a gesture; a refused one is taken back, and its draft is kept. */
  #expect(before: ItemView, draft: Draft, answer: Promise<Result<null>>): void {
    this.#kept.delete(before.id);
    this.#drafts.forget(before.id);
    void answer.then((told) => {
      if (told.ok) return;
      this.#kept.set(before.id, draft);
      const restored: ItemView = { ...before, draft: sameDraft(draft, answerOf(before)) ? null : draft };
      this.#feed.change(restored);
      if (this.#phase !== 'item' || this.#current?.id === before.id) this.#show(restored);
      this.#say(`${before.name} was not saved. ${inWords(told.error)}`, 'bad', before.id);
    });
  }
}

/** What a screen reader says of an item: the beginning of a text, the name of an image. */
function aloud({ content, name }: ItemView): string {
  return content.kind === 'text' ? content.text.slice(0, 300) : name;
}

const inWords = ({ message, hint }: ConcordError): string => `${message} ${hint}`;
