import { Authority, type Cuts } from '../log/authority';
import type { AuthorityFact } from '../log/authority-fact';
import type { Commit } from '../log/commit';
import { NO_PROOFS, type KnownProofs } from '../log/proofs';
import type { EventStanding } from '../log/activity';
import { isControlEvent, isItemEvent, type ItemEvent, type LogEvent, type Prediction } from '../log/events';
import type { AuthorId, Hash, ItemId } from '../model/ids';
import { STATUSES, type Role, type Settings, type Status } from '../model/project';
import { EMPTY_SCHEMA, type Field, type Schema } from '../model/schema';
import { STAGES, type Stage } from '../workflow/stage';
import { wantedAtFirst } from '../workflow/wanted';
import { ANNOTATION, Answers, NO_ANSWER, SKIP, type Answer, type AnswerKind } from './answers';
import { Authors } from './authors';
import { CHECKPOINT_VERSION, type Checkpoint, type SavedCheckpoint } from './checkpoint';
import { ChunkContents } from './chunk-contents';
import { Consensus, type ConsensusColumns } from './consensus';
import { contributions, type Contribution } from './contributions';
import { compareFacts, controlState, type ControlFact, type ControlState } from './control';
import { Decisions, type LastVerdict } from './decisions';
import { derive, type Known } from './derivation';
import { Derived } from './derived';
import { History, type HistoryRecord, type ReadableHistory } from './history';
import { ItemIndex } from './item-index';
import { NOWHERE, Placement, type Place, type PlacedChunk } from './placement';
import { Predictions, type ItemPrediction } from './predictions';
import type { Tally } from './tally';
import { ValuePool, type ValuesRef } from './value-pool';

/**
 * The state of a project as a pure function of its logs: feed it every author's commits, each log in its own order and
 * the logs in any interleaving, and the contents of the chunks they announce, before or after; the result is the same.
 *
 * Items, authors and values are row numbers inside. Reads settle what changes of schema, settings or chunks left open;
 * a single annotation costs a constant number of array writes.
 */
export class Projection {
  readonly #me: AuthorId | null;
  readonly #proofs: KnownProofs;
  #items = new ItemIndex();
  readonly #answers = new Answers();
  #history = new History();
  #pool = new ValuePool(EMPTY_SCHEMA);
  readonly #placement = new Placement();

  #authors = new Authors();
  /** Commits of authors whose admission has not arrived yet. */
  readonly #waiting = new Map<AuthorId, Commit[]>();
  #facts: ControlFact[] = [];
  #cuts: Cuts;
  #authority: Authority;
  #control: ControlState = controlState([]);
  #isStale = false;

  #chunks = new ChunkContents();
  #predictions = new Predictions();
  readonly #decisions = new Decisions();

  /** Whether what is derived is up to date. */
  #isSettled = true;
  /** How many contents of chunks and predictions were here when it last was. */
  #settledContents = 0;
  /** Items of the project that were spoken of since it was. */
  #spokenOf: number[] = [];
  readonly #derived = new Derived();
  readonly #consensus = new Consensus();
  /** Whether no item completes by itself. */
  #isHeld = false;

  /**
   * @param me the reading author, whose open items are counted; null for a reader who labels nothing
   * @param proofs the joins and recoveries that were found valid; after a new one call {@link recheckAuthority}
   * @param checkpoint from {@link save}; its commits must not be applied again
   */
  constructor(me: AuthorId | null, proofs: KnownProofs = NO_PROOFS, checkpoint?: SavedCheckpoint) {
    this.#me = me;
    this.#proofs = proofs;
    this.#cuts = new Map(checkpoint?.head.cuts);
    this.#authority = new Authority(checkpoint?.head.facts ?? [], proofs, this.#cuts);
    if (!checkpoint) return;
    const { head, tables } = checkpoint;
    this.#authors = new Authors(head);
    this.#facts = [...head.facts];
    this.#items = new ItemIndex(tables.items);
    this.#history = new History(tables.history);
    this.#pool = new ValuePool(EMPTY_SCHEMA, tables.values);
    this.#chunks = new ChunkContents(tables.chunks);
    this.#predictions = new Predictions(tables.predictions);
    this.#reserve();
    for (let row = 0; row < this.#history.length; row++) this.#follow(row);
    this.#isSettled = false;
  }

  /**
   * What to restore from; null while the state is stale. Only what grows is kept: what authors say now follows from what they said, so
   * a checkpoint costs what came since the last. Commits that wait for their author's admission are not in it: give them again.
   */
  save(): Checkpoint | null {
    if (this.#isStale) return null;
    return {
      head: { version: CHECKPOINT_VERSION, ...this.#authors.save(), facts: this.#facts, cuts: [...this.#cuts] },
      tables: {
        items: this.#items,
        history: this.#history,
        values: this.#pool,
        chunks: this.#chunks,
        predictions: this.#predictions,
      },
    };
  }

  // ---------------------------------------------------------------- feeding

  /** Commits of an author that this projection has seen; the next to apply has this `seq`. */
  applied(author: AuthorId): number {
    return this.#authors.applied(author) + (this.#waiting.get(author)?.length ?? 0);
  }

  /**
   * True when an admission, a removal or a fork that arrived late changes what was applied before: project again from nothing.
   */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** All control events that this projection has seen, in canonical order. */
  get facts(): readonly ControlFact[] {
    return this.#facts;
  }

  /**
   * What takes the place of a stale projection: empty, but with all control events and forks that this one has seen, so that none
   * of them can arrive late. Give it every log from its first commit on. Contents of chunks need not be given again, and rows of
   * items and of values go on to mean the same.
   */
  renewed(): Projection {
    const renewed = new Projection(this.#me, this.#proofs);
    renewed.#facts = [...this.#facts];
    renewed.#cuts = this.#cuts;
    renewed.#authority = new Authority(renewed.#facts, this.#proofs, renewed.#cuts);
    renewed.#items = this.#items;
    renewed.#pool = this.#pool;
    renewed.#chunks = this.#chunks;
    renewed.#predictions = this.#predictions.renewed();
    renewed.#isHeld = this.#isHeld;
    renewed.#isSettled = false;
    return renewed;
  }

  /** Applies the author's next commit, which has been verified. */
  apply(author: AuthorId, commit: Commit): void {
    if (commit.seq !== this.applied(author)) {
      throw new Error(`commit ${commit.seq} of ${author} does not follow ${this.applied(author) - 1}`);
    }
    let authorityChanged = false;
    for (const [index, event] of commit.events.entries()) {
      if (!isControlEvent(event)) continue;
      this.#addFact({ author, seq: commit.seq, index, lamport: commit.lamport, time: commit.time, event });
      authorityChanged ||= Authority.isChangedBy(event);
    }
    if (authorityChanged) this.recheckAuthority();
    if (this.#authors.find(author) !== undefined) this.#applyItemEvents(author, commit);
    else this.#wait(author, commit);
  }

  /** Admits authors whose commits were waiting; says so when what was applied under other roles no longer holds. */
  recheckAuthority(): void {
    const before = this.#authority;
    this.#authority = new Authority(this.#facts, this.#proofs, this.#cuts);
    this.#isSettled = false;
    for (const author of this.#authors) {
      if (!this.#authority.agreesWith(before, author, this.#authors.applied(author))) this.#isStale = true;
    }
    for (const [author, commits] of this.#waiting) {
      if (commits.some(({ seq }) => this.#authority.roleAt(author, seq) !== 'none')) this.#admit(author, commits);
    }
  }

  /** Takes in that an author told two stories from this commit on: the log counts up to, and without, it. */
  cut(author: AuthorId, seq: number): void {
    if ((this.#cuts.get(author) ?? Infinity) <= seq) return;
    this.#cuts = new Map([...this.#cuts, [author, seq]]);
    this.recheckAuthority();
  }

  /** The first commit of the author that there are two of; null where the log was not forked. */
  forkOf(author: AuthorId): number | null {
    return this.#cuts.get(author) ?? null;
  }

  /** Announced chunks of items and of predictions whose content is still to be given. */
  missing(): { items: Hash[]; predictions: Hash[] } {
    this.#settle();
    return {
      items: this.#control.chunks.map(({ hash }) => hash).filter((hash) => !this.#chunks.get(hash)),
      predictions: this.#control.publications
        .map(({ hash }) => hash)
        .filter((hash) => !this.#predictions.content(hash)),
    };
  }

  /** Gives the item ids of a chunk, in the chunk's order. */
  addChunk(hash: Hash, ids: readonly ItemId[]): void {
    this.#chunks.add(
      hash,
      Uint32Array.from(ids, (id) => this.#itemRow(id)),
    );
    this.#isSettled = false;
  }

  /** Ids of the items of a chunk, in its order; null where its content was not given. */
  idsIn(chunk: Hash): ItemId[] | null {
    const items = this.#chunks.get(chunk);
    return items ? Array.from(items, (item) => this.#items.id(item)) : null;
  }

  /** Gives the content of a prediction chunk. */
  addPredictions(hash: Hash, predictions: readonly Prediction[]): void {
    this.#predictions.addContent(hash, {
      items: Uint32Array.from(predictions, ({ item }) => this.#itemRow(item)),
      values: Uint32Array.from(predictions, ({ values }) => this.#pool.intern(values)),
      confidence: Float32Array.from(predictions, ({ confidence }) => confidence ?? NaN),
    });
    this.#isSettled = false;
  }

  // ---------------------------------------------------------------- the project

  get schema(): Schema {
    this.#settle();
    return this.#control.schema;
  }

  /** Fields that were removed, each as it was last; the answers to them are still there. */
  get removedFields(): readonly Field[] {
    this.#settle();
    return this.#control.removedFields;
  }

  get settings(): Settings {
    this.#settle();
    return this.#control.settings;
  }

  /** What all facts about the project that hold amount to. */
  get control(): ControlState {
    this.#settle();
    return this.#control;
  }

  /** The role under which an author's next commit would stand: `none` also after a fork. */
  role(author: AuthorId): Role | 'none' {
    return this.#authority.roleAt(author, this.applied(author));
  }

  /** An author's standing after everything that is known of their log, whether it was forked or not. */
  standing(author: AuthorId): Role | 'none' {
    return this.#authority.standingAt(author, this.applied(author));
  }

  /** Everybody who is or was a member, whether anything of theirs is here or not. */
  get members(): readonly AuthorId[] {
    return this.#authority.members;
  }

  name(author: AuthorId): string {
    this.#settle();
    return this.#control.names.get(author) ?? '';
  }

  /** Whether a control event holds: its author had the right to it. */
  counts({ author, seq, event }: AuthorityFact): boolean {
    return this.#authority.counts(author, seq, event);
  }

  /** What each author did whose commits were applied; one walk over everything. */
  contributions(): ReadonlyMap<AuthorId, Contribution> {
    this.#settle();
    const authors = [...this.#authors];
    const made = contributions(authors.length, this.#answers, this.#history, this.#placement.order);
    return new Map(made.map((contribution, row) => [authors[row]!, contribution]));
  }

  get tally(): Tally {
    this.#settle();
    return this.#derived.tally;
  }

  get pool(): ValuePool {
    this.#settle();
    return this.#pool;
  }

  // ---------------------------------------------------------------- items

  /** Rows of items that there are, those of the project among them: all are below. */
  get size(): number {
    return this.#items.length;
  }

  /** The chunks that hold the project's items, in canonical order; others after each change of them. */
  get chunks(): readonly PlacedChunk[] {
    this.#settle();
    return this.#placement.chunks;
  }

  /** Rows of the items in project order. */
  get order(): Uint32Array {
    this.#settle();
    return this.#placement.order;
  }

  /** The row of an item of the project; -1 for one that it does not have. */
  find(id: ItemId): number {
    this.#settle();
    return this.findSettled(id);
  }

  /** As {@link find}, but as of the last settling: for imports, which add chunk after chunk without reading any. */
  findSettled(id: ItemId): number {
    const item = this.#items.find(id);
    return item >= 0 && this.#placement.has(item) ? item : -1;
  }

  /** Items of the project whose id begins so, at most so many. */
  startingWith(prefix: string, most: number): number[] {
    this.#settle();
    return this.#items.startingWith(prefix, most).filter((item) => this.#placement.has(item));
  }

  /** What an event in an author's log amounts to. */
  eventStanding(author: AuthorId, seq: number, event: LogEvent): EventStanding {
    if (seq >= (this.#cuts.get(author) ?? Infinity)) return 'forked';
    if (event.type.startsWith('unknown:')) return 'unknown';
    if (this.#authority.counts(author, seq, event)) return 'counts';
    return this.#authority.members.includes(author) ? 'beyond-role' : 'waiting';
  }

  id(item: number): ItemId {
    return this.#items.id(item);
  }

  /** The first 32 bits of an item's id: as good as random. */
  idBits(item: number): number {
    return this.#items.bits(item);
  }

  /** Rows of authors of whom anything was applied: all are below. */
  get authorCount(): number {
    return this.#authors.count;
  }

  author(row: number): AuthorId {
    return this.#authors.id(row);
  }

  position(item: number): number {
    this.#settle();
    return this.#placement.position(item);
  }

  places(item: number): Place[] {
    this.#settle();
    return this.#placement.places(item);
  }

  /** Index into STATUSES, for scans. */
  statusIndex(item: number): number {
    this.#settle();
    return this.#derived.status(item);
  }

  status(item: number): Status {
    return STATUSES[this.statusIndex(item)]!;
  }

  /** How far the item is on its way from its annotators to an expert. */
  stage(item: number): Stage {
    this.#settle();
    return STAGES[this.#derived.stage(item)]!;
  }

  /** Annotations by distinct authors that the item wants now. */
  wanted(item: number): number {
    const stage = this.stage(item);
    const isFurther = stage === 'further-disputed' || stage === 'further-ambiguous';
    return isFurther ? this.annotationCount(item) + 1 : wantedAtFirst(this.idBits(item), this.#control.settings);
  }

  /** Mean pairwise similarity of the item's annotations, 0 to 1; NaN with fewer than two. */
  agreement(item: number): number {
    this.#settle();
    return this.#derived.agreement(item);
  }

  /** What each person said last of the item, in canonical order; verdicts that were taken back are left out. */
  verdicts(item: number): readonly (LastVerdict & { readonly by: AuthorId })[] {
    return this.#decisions.of(item).verdicts.map((verdict) => ({ ...verdict, by: this.#authors.id(verdict.author) }));
  }

  /** Whether a reviewer rejected an author's annotation of the item, and they have not answered since. */
  isSentBackTo(item: number, author: AuthorId): boolean {
    const row = this.#authors.find(author);
    return row !== undefined && this.stage(item) === 'again' && this.#decisions.of(item).sentBack.includes(row);
  }

  /** Rows of the items that were sent back to an author and wait for their answer. */
  sentBackTo(author: AuthorId): number[] {
    this.#settle();
    const row = this.#authors.find(author);
    return row === undefined
      ? []
      : this.#decisions.sentBackTo(row).filter((item) => this.#placement.has(item) && this.stage(item) === 'again');
  }

  /** What the item counts as: its resolution, else the consensus where there is one, else what its annotations say together; 0 for none. */
  label(item: number): ValuesRef {
    this.#settle();
    return this.#derived.label(item);
  }

  /** What a truth model makes of the item's annotations as they are now; 0 where it has not said so yet, or never will. */
  consensus(item: number): ValuesRef {
    return this.#consensus.values(item);
  }

  /** Probability of the consensus, 0 to 1; NaN where there is none, or the model gives none. */
  confidence(item: number): number {
    return this.#consensus.confidence(item);
  }

  /** Takes note of which items are spoken of from now on, while their consensus is computed: {@link setConsensus} leaves them out. */
  expectConsensus(): void {
    this.#consensus.expect();
  }

  /** {@link settingConsensus} at one go. */
  setConsensus(columns: ConsensusColumns | null): void {
    drain(this.settingConsensus(columns));
  }

  /**
   * Takes over what a truth model makes of the annotations as they were when it was expected; null: nothing. Items are derived again
   * only where it makes a difference to them, a few at a time.
   */
  *settingConsensus(columns: ConsensusColumns | null): Generator<void> {
    this.#settle();
    const order = this.#placement.order.slice();
    const { lowConfidence } = this.#control.settings.quality;
    const isUnsure = (item: number) => this.#consensus.confidence(item) < lowConfidence;
    const before = order.map((item) => this.#consensus.values(item));
    const unsureBefore = Uint8Array.from(order, (item) => (isUnsure(item) ? 1 : 0));
    this.#consensus.replace(columns);
    yield* this.#updateSome(order, (item, at) => {
      const now = this.#consensus.values(item);
      const isOther = now !== before[at] && now !== this.#derived.label(item);
      return isOther || isUnsure(item) !== (unsureBefore[at] === 1);
    });
  }

  /** Whether no item completes by itself, since agreement in the project is too low. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** {@link holding} at one go. */
  hold(isHeld: boolean): void {
    drain(this.holding(isHeld));
  }

  /** Says whether items may complete by themselves, and derives again a few at a time whose status hangs on it. */
  *holding(isHeld: boolean): Generator<void> {
    if (isHeld === this.#isHeld) return;
    this.#settle();
    this.#isHeld = isHeld;
    const [completed, inReview] = [STATUSES.indexOf('completed'), STATUSES.indexOf('in-review')];
    yield* this.#updateSome(this.#placement.order.slice(), (item) => {
      const status = this.#derived.status(item);
      return status === completed || status === inReview;
    });
  }

  /** Whether the reading author still has to answer the item. */
  isOpen(item: number): boolean {
    this.#settle();
    return this.#derived.isOpen(item);
  }

  /** The items that are still open at this place of the project's order and after it (or, backwards, before it). */
  *openFrom(place: number, direction: 'next' | 'previous'): Generator<number> {
    this.#settle();
    const { order } = this.#placement;
    for (let at = place; at >= 0 && at < order.length;) {
      const empty = this.#derived.emptyBlock(at);
      if (!empty && this.#derived.isOpen(order[at]!)) yield order[at]!;
      if (direction === 'next') at = empty ? empty[1] : at + 1;
      else at = (empty ? empty[0] : at) - 1;
    }
  }

  /** The proposed values, for scans; 0 for none. */
  predicted(item: number): ValuesRef {
    this.#settle();
    return this.#predictions.values(item);
  }

  prediction(item: number): ItemPrediction | null {
    this.#settle();
    return this.#predictions.get(item);
  }

  /** What an author currently says of an item. */
  answer(item: number, author: AuthorId): Answer {
    const row = this.#authors.find(author);
    return row === undefined ? { kind: NO_ANSWER, values: 0, record: 0 } : this.#answers.get(item, row);
  }

  /** The current annotations of an item, skips left out, in order of the authors' ids. */
  annotations(item: number): { author: AuthorId; values: ValuesRef; record: HistoryRecord }[] {
    const found: { author: AuthorId; values: ValuesRef; record: HistoryRecord }[] = [];
    this.#answers.each(item, (author, kind, values, record) => {
      if (kind === ANNOTATION)
        found.push({ author: this.#authors.id(author), values, record: this.#history.get(record) });
    });
    return found.sort((a, b) => (a.author < b.author ? -1 : 1));
  }

  /** Whose annotations the item has now, in no particular order. */
  annotators(item: number): readonly AuthorId[] {
    if (!this.#answers.has(item)) return NOBODY;
    const found: AuthorId[] = [];
    this.#answers.each(item, (author, kind) => {
      if (kind === ANNOTATION) found.push(this.#authors.id(author));
    });
    return found;
  }

  /** Visits the current answers of an item by rows of authors, in no particular order: for scans of everything. */
  eachAnswer(item: number, visit: (author: number, kind: AnswerKind, values: ValuesRef, record: number) => void): void {
    this.#answers.each(item, visit);
  }

  /** What a person decided that the item is; 0 for nothing. */
  resolution(item: number): ValuesRef {
    return this.#decisions.of(item).resolution;
  }

  /** Everything that was said of items, by row: for scans of everything. */
  get said(): ReadableHistory {
    return this.#history;
  }

  annotationCount(item: number): number {
    let count = 0;
    this.#answers.each(item, (_, kind) => {
      if (kind === ANNOTATION) count++;
    });
    return count;
  }

  /** Whether somebody flagged the item or, where the project asks for that, its consensus is too uncertain and nobody decided. */
  isFlagged(item: number): boolean {
    if (this.#answers.isFlagged(item)) return true;
    const { autoFlagLowConfidence, quality } = this.settings;
    if (!autoFlagLowConfidence || this.resolution(item) !== 0) return false;
    return this.#consensus.confidence(item) < quality.lowConfidence;
  }

  /** The reason of an author's flag; '' when there is none. */
  flag(item: number, author: AuthorId): string {
    const row = this.#authors.find(author);
    if (row === undefined || !this.#answers.isFlaggedBy(item, row)) return '';
    return this.historyOf(item).findLast((record) => record.type === 'flagged' && record.author === row)?.text ?? '';
  }

  /** A row of the history, as named by {@link Answer.record}. */
  record(row: number): HistoryRecord {
    return this.#history.get(row);
  }

  /** Everything that was said of an item, in canonical order. */
  historyOf(item: number): HistoryRecord[] {
    const records = this.#history.of(item).reverse();
    return records
      .map((row) => this.#history.get(row))
      .sort((a, b) => a.lamport - b.lamport || compareText(this.#authors.id(a.author), this.#authors.id(b.author)));
  }

  /** Milliseconds since the epoch at which the item was last spoken of; 0 for never. */
  changedAt(item: number): number {
    return this.#history.changedAt(item);
  }

  /** Milliseconds that an author's last answers took, newest first. */
  leadTimes(author: AuthorId, count: number): number[] {
    const row = this.#authors.find(author);
    return row === undefined ? [] : this.#history.leadTimes(row, count);
  }

  // ---------------------------------------------------------------- inside

  #addFact(fact: ControlFact): void {
    let at = this.#facts.length;
    while (at > 0 && compareFacts(fact, this.#facts[at - 1]!) < 0) at--;
    // A renewed projection knew it before.
    if (at > 0 && compareFacts(fact, this.#facts[at - 1]!) === 0) return;
    this.#facts.splice(at, 0, fact);
    this.#isSettled = false;
  }

  /** An author's first commits are applied once any of them counts; until then they wait. */
  #wait(author: AuthorId, commit: Commit): void {
    const waiting = this.#waiting.get(author) ?? [];
    waiting.push(commit);
    this.#waiting.set(author, waiting);
    if (this.#authority.roleAt(author, commit.seq) !== 'none') this.#admit(author, waiting);
  }

  #admit(author: AuthorId, commits: readonly Commit[]): void {
    this.#waiting.delete(author);
    for (const commit of commits) this.#applyItemEvents(author, commit);
  }

  #applyItemEvents(author: AuthorId, commit: Commit): void {
    const row = this.#authors.add(author);
    for (const event of commit.events) {
      if (isItemEvent(event) && this.#authority.counts(author, commit.seq, event))
        this.#applyItemEvent(row, commit, event);
    }
    this.#authors.setApplied(row, commit.seq + 1);
  }

  #applyItemEvent(author: number, commit: Commit, event: ItemEvent): void {
    const item = this.#itemRow(event.item);
    if (item < 0) return;
    const { time, lamport, seq } = commit;
    const record = ({ type, leadMs = 0, values = 0, origin = null, schema = 0, text = '' }: Said): number =>
      this.#history.add({ type, item, author, time, lamport, seq, leadMs, values, origin, schema, text });
    this.#follow(this.#recorded(event, record));
    if (isAnswer(event)) this.#consensus.forget(item);
    this.#touch(item);
  }

  /** Writes down what an event says; gives its row of the history. */
  #recorded(event: ItemEvent, record: (said: Said) => number): number {
    switch (event.type) {
      case 'annotation.submitted': {
        const { leadMs, from: origin, schema, note: text = '' } = event;
        return record({ type: 'annotated', leadMs, values: this.#pool.intern(event.values), origin, schema, text });
      }
      case 'annotation.withdrawn':
        return record({ type: 'withdrawn' });
      case 'item.skipped':
        return record({ type: 'skipped', leadMs: event.leadMs });
      case 'item.flagged':
        return record({ type: 'flagged', text: event.reason });
      case 'comment.added':
        return record({ type: 'commented', text: event.text });
      case 'review.decided':
        return record({ type: 'reviewed', text: event.verdict });
      case 'item.resolved':
        return record({ type: 'resolved', values: event.values ? this.#pool.intern(event.values) : 0 });
    }
  }

  /** Draws from a row of the history what its author says now. */
  #follow(row: number): void {
    const history = this.#history;
    const item = history.item(row);
    const author = history.author(row);
    const type = history.type(row);
    switch (type) {
      case 'annotated':
        this.#answers.set(item, author, ANNOTATION, history.values(row), row);
        break;
      case 'withdrawn':
        this.#answers.set(item, author, NO_ANSWER, 0, row);
        break;
      case 'skipped':
        this.#answers.set(item, author, SKIP, 0, row);
        break;
      case 'flagged':
        this.#answers.setFlag(item, author, history.get(row).text !== '');
        break;
      case 'reviewed':
      case 'resolved':
      case 'commented':
        break;
    }
    if (type === 'reviewed' || type === 'resolved' || this.#decisions.has(item))
      this.#decisions.read(item, this.historyOf(item), (author, seq) => this.#standingAt(author, seq));
  }

  /** The row of an item that is in the project or may still come into it; -1 for something that is no item id. */
  #itemRow(id: ItemId): number {
    const row = this.#items.add(id);
    if (row < 0) return row;
    this.#reserve();
    return row;
  }

  /** Makes room for all items that there are. */
  #reserve(): void {
    this.#answers.reserve(this.#items.length);
    this.#history.reserve(this.#items.length);
  }

  /** Derives one item again after something was said of it. */
  #touch(item: number): void {
    // One that has no place yet is derived when it gets one.
    if (!this.#placement.has(item)) return;
    if (this.#isSettled) this.#update(item);
    else this.#spokenOf.push(item);
  }

  /** What items are derived from, as it is now. */
  get #known(): Known {
    return {
      ...this.#control,
      ...{ pool: this.#pool, answers: this.#answers, decisions: this.#decisions, consensus: this.#consensus },
      isHeld: this.#isHeld,
      me: this.#me === null ? undefined : this.#authors.find(this.#me),
      bits: (item) => this.#items.bits(item),
      isPredicted: (item) => this.#predictions.values(item) !== 0,
      authorBits: (row) => this.#authors.bits(row),
      standing: (record) => this.#standingAt(this.#history.author(record), this.#history.seq(record)),
    };
  }

  /** The role under which an author's commit stands, by their row. */
  #standingAt(author: number, seq: number): Role | 'none' {
    return this.#authority.roleAt(this.#authors.id(author), seq);
  }

  /**
   * Brings everything derived up to date after the schema, the settings, the chunks or the predictions changed. Where items were only
   * added, and predictions of items only came in, the others stay as they are: an import brings a thousand chunks, and somebody may
   * be labeling meanwhile.
   */
  #settle(): void {
    // Contents may also have come in by the projection that this one takes the place of.
    const contents = this.#chunks.length + this.#predictions.length;
    if (this.#isSettled && contents === this.#settledContents) return;
    this.#isSettled = true;
    this.#settledContents = contents;
    this.#reserve();
    const before = this.#control;
    const facts = this.#facts.filter((fact) => this.counts(fact));
    this.#control = controlState(facts);
    const { schema, settings, removals, publications } = this.#control;
    const chunks = this.#standingChunks();
    const published = publications.flatMap(({ hash, model }) => {
      const content = this.#predictions.content(hash);
      return content ? [{ hash, model, content }] : [];
    });
    const isSame =
      schema === before.schema &&
      sameSettings(settings, before.settings) &&
      removals.length === before.removals.length &&
      removals.every(({ fact }, at) => fact === before.removals[at]!.fact) &&
      isContinued(this.#placement.chunks, chunks) &&
      isContinued(this.#predictions.publications, published);
    if (!isSame) {
      if (schema !== before.schema) this.#consensus.replace(null);
      this.#pool.schema = schema;
      this.#placement.clear();
      this.#predictions.clear();
      this.#derived.clear();
      this.#spokenOf = [];
    }
    const size = this.#items.length;
    const changed = this.#spokenOf.splice(0);
    for (const publication of published.slice(this.#predictions.publications.length)) {
      this.#predictions.publish(publication, size);
      for (const item of publication.content.items) if (this.#placement.has(item)) changed.push(item);
    }
    const known = this.#placement.order.length;
    for (const chunk of chunks.slice(this.#placement.chunks.length)) this.#placement.append(chunk, size);
    const { order } = this.#placement;
    this.#predictions.reserve(size);
    this.#derived.reserve(size);
    for (const item of changed) this.#update(item);
    const said = this.#known;
    for (let at = known; at < order.length; at++)
      this.#derived.add(order[at]!, at, derive(order[at]!, said), this.#pool);
  }

  /** Derives some items again, yielding after every few; what was derived meanwhile for another reason is so again, to no effect. */
  *#updateSome(items: Uint32Array, isOne: (item: number, at: number) => boolean): Generator<void> {
    for (let at = 0; at < items.length; at++) {
      if (at % UPDATED_AT_ONCE === UPDATED_AT_ONCE - 1) {
        yield;
        this.#settle();
      }
      const item = items[at]!;
      if (this.#placement.has(item) && isOne(item, at)) this.#update(item);
    }
  }

  #update(item: number): void {
    this.#derived.update(item, this.#placement.position(item), derive(item, this.#known), this.#pool);
  }

  /** The chunks whose content is here, in canonical order, without the items that were removed after they were announced. */
  #standingChunks(): PlacedChunk[] {
    const removed = new Map<number, ControlFact>();
    for (const { items, fact } of this.#control.removals) {
      for (const id of items) {
        const item = this.#items.find(id);
        if (item >= 0) removed.set(item, fact);
      }
    }
    return this.#control.chunks.flatMap(({ hash, fact }) => {
      const items = this.#chunks.get(hash);
      if (!items) return [];
      const isGone = (item: number) => {
        const by = removed.get(item);
        return by !== undefined && compareFacts(by, fact) > 0;
      };
      return [{ hash, items: removed.size === 0 ? items : items.map((item) => (isGone(item) ? NOWHERE : item)) }];
    });
  }
}

/** Whether the latter begins with all of the former. */
function isContinued(former: readonly { readonly hash: Hash }[], latter: readonly { readonly hash: Hash }[]): boolean {
  return former.length <= latter.length && former.every(({ hash }, at) => hash === latter[at]!.hash);
}

/** Whether items have the same status under both. */
const sameSettings = (a: Settings, b: Settings): boolean =>
  a.minAnnotators === b.minAnnotators &&
  a.agreementThreshold === b.agreementThreshold &&
  a.reviewGate === b.reviewGate &&
  a.workflow === b.workflow &&
  a.quality.lowConfidence === b.quality.lowConfidence;

/** What one event says of its item. */
type Said = Pick<HistoryRecord, 'type'> &
  Partial<Pick<HistoryRecord, 'leadMs' | 'values' | 'origin' | 'schema' | 'text'>>;

/** Whether what its author says of the item, and so the consensus, is another after the event. */
const isAnswer = ({ type }: ItemEvent): boolean =>
  type === 'annotation.submitted' || type === 'annotation.withdrawn' || type === 'item.skipped';

/** Items that are derived again between two times that the caller may do something else: a millisecond's work. */
const UPDATED_AT_ONCE = 64;

function drain(steps: Generator<void>): void {
  while (!steps.next().done);
}

const NOBODY: readonly AuthorId[] = [];

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
