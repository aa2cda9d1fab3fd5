import { fault } from '#core/errors';
import type { Extent } from '#core/fields/kind';
import { extentOf, validateValues } from '#core/fields/values';
import { emptyLog, type ForkEvidence, type LogHead } from '#core/log/chain';
import { authorId, type Commit, type Signer } from '#core/log/commit';
import { MAX_TEXT } from '#core/log/event-schemas';
import type { ControlEvent, ItemEvent, LogEvent } from '#core/log/events';
import { proofMessage, recoveryKey } from '#core/log/proofs';
import { mayCommit, neededFor } from '#core/log/roles';
import type { Values } from '#core/model/annotation';
import type { AuthorId, ItemId, ProjectId } from '#core/model/ids';
import type { Role, Settings } from '#core/model/project';
import { fieldById, type Schema } from '#core/model/schema';
import { replaceSchema } from '#core/model/schema-restore';
import { ANNOTATION } from '#core/projection/answers';
import { ItemReader } from '#core/projection/item-reader';
import type { Projection } from '#core/projection/projection';
import { err, ok, type Result } from '#core/result';
import type { Attachments, LogPart, ProjectStore } from '#io/storage/project-store';
import type { LogDocument } from '#io/sync/log-document';
import type { Taken } from '#io/sync/replica';
import type { Counters, ProjectNotice, Submission, UndoneGesture } from './api';
import { BulkAnswers } from './bulk-answers';
import { ProjectDocument } from './document';
import { InFileRecord } from './files/in-file';
import { Gestures, type Gesture } from './gestures';
import { Intake } from './intake';
import { LiveProjection } from './live-projection';
import { LogWriter } from './log-writer';
import { restating } from './restating';
import type { HeldCommits } from './restore';

/** Between two times that the page is told what peers changed: what somebody labels there is soon seen here. */
const TELL_MS = 80;
const LEAD_TIMES = 50;

/** One open project: its store, its projection, and everything that this author does to it. */
export class Session {
  readonly id: ProjectId;
  readonly author: AuthorId;
  readonly signer: Signer;
  readonly store: ProjectStore;
  readonly reader: ItemReader;
  /** The project file that was saved last. */
  readonly inFile: InFileRecord;
  /** Commits that this author has written, as far as this device knows; they may not all be here. */
  readonly #ownLength: number;
  readonly #live: LiveProjection;
  readonly #document: ProjectDocument;
  readonly #writer: LogWriter;
  readonly #intake: Intake;
  readonly #gestures: Gestures;
  readonly #notify: (notice: ProjectNotice) => void;
  readonly #listeners = new Set<() => void>();
  #turns: Promise<unknown> = Promise.resolve();
  /** What the page knows of the project. */
  #told: { readonly schema: Schema; readonly rest: string } | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #isToldLate = false;

  /** Reads the project from its store: the last checkpoint, then the commits since. */
  static async open(
    id: ProjectId,
    store: ProjectStore,
    signer: Signer,
    notify: (notice: ProjectNotice) => void,
  ): Promise<Session> {
    const heads = await store.heads.toArray();
    const live = await LiveProjection.open(id, store, signer.author, heads);
    const inFile = await InFileRecord.open(store, heads, (state) => {
      notify({ type: 'in-file', inFile: state });
    });
    const ownLength = (await store.read('ownLength')) ?? 0;
    return new Session(id, store, signer, heads, { live, inFile, ownLength }, notify);
  }

  private constructor(
    id: ProjectId,
    store: ProjectStore,
    signer: Signer,
    heads: readonly LogHead[],
    read: { live: LiveProjection; inFile: InFileRecord; ownLength: number },
    notify: (notice: ProjectNotice) => void,
  ) {
    this.id = id;
    this.author = signer.author;
    this.signer = signer;
    this.store = store;
    this.#live = read.live;
    this.inFile = read.inFile;
    this.#ownLength = read.ownLength;
    this.reader = new ItemReader(
      (hash) => store.chunk(hash),
      () => this.projection,
    );
    this.#document = new ProjectDocument(id, store);
    this.#writer = new LogWriter(store, signer, this.#ownHead(heads), {
      applied: (commits, part) => {
        this.#applied(commits, part);
      },
      pending: (pending) => {
        notify({ type: 'saving', pending });
      },
    });
    for (const { lamport } of heads) this.#writer.saw(lamport);
    this.#intake = new Intake(
      { author: this.author, store, document: this.#document, live: this.#live, writer: this.#writer },
      (commits) => {
        this.inFile.appended(commits);
        this.#tellSoon();
        this.#changed();
      },
    );
    this.#gestures = new Gestures((events, undone) => this.append(() => this.#restated(events, undone)));
    this.#notify = notify;
  }

  /** What the stored logs amount to. Another one takes its place when logs that came in late change who may say what. */
  get projection(): Projection {
    return this.#live.current;
  }

  /** Proofs that authors told two stories: their logs count up to there. */
  get forks(): readonly ForkEvidence[] {
    return this.#live.forks;
  }

  /** Whether the founding commit is here: after joining it comes from a peer. */
  get isFounded(): boolean {
    return this.projection.facts.some(({ event }) => event.type === 'project.founded');
  }

  /** Whether this author was a member and is none any more, as far as the logs here tell. */
  get isRemoved(): boolean {
    return this.projection.standing(this.author) === 'none' && this.projection.members.includes(this.author);
  }

  /** Why this author is paused; '' where they are not. */
  get paused(): string {
    return this.projection.control.paused.get(this.author) ?? '';
  }

  /** This author's, as of their next commit. */
  get role(): Role | 'none' {
    return this.projection.role(this.author);
  }

  /**
   * Appends events that are no gesture to be undone, such as an import's.
   *
   * @returns `role.lacking` where they would not count; what storing them says
   */
  append(events: () => Iterable<LogEvent> | Result<never>, attachments: Attachments = {}): Promise<Result<null>> {
    return this.#writer.append(() => {
      const built = events();
      return 'ok' in built ? built : (this.#refusal(built) ?? built);
    }, attachments);
  }

  /**
   * Lets logs be stored that come from elsewhere, this author's own among them, while no gesture is stored; then reads
   * what is new, however far the work came.
   *
   * @param held of the commits that the work stores, those that are at hand decoded
   */
  async takeIn<T>(work: () => Promise<Result<T>>, held?: ReadonlyMap<AuthorId, HeldCommits>): Promise<Result<T>> {
    const taken = await this.#inTurn(() =>
      this.#intake.inTurn(() =>
        this.#writer.between(async () => {
          const result = await work().then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          );
          return { head: await this.#catchUp(held), result };
        }),
      ),
    );
    this.tell();
    this.#changed();
    if ('error' in taken) throw taken.error;
    return taken.value;
  }

  /**
   * Takes in what a peer sent; settles when it is durable and applied. What it changes of what counted before counts soon after,
   * see {@link settled}.
   *
   * @returns what `Replica.take` says
   */
  receive(update: Uint8Array): Promise<Result<Taken>> {
    return this.#intake.receive(update);
  }

  /** Takes in a proof that an author told two stories; whether it proves something that was not known. */
  receiveFork(evidence: ForkEvidence): Promise<boolean> {
    return this.#intake.takeFork(evidence);
  }

  /** Settles when everything that came from peers counts as it should. */
  settled(): Promise<void> {
    return this.#intake.settled();
  }

  /** All logs as peers exchange them; read from the store when it is first asked for. */
  logs(): Promise<LogDocument> {
    return this.#document.read();
  }

  /** Calls back whenever logs have grown or count otherwise, by whomever; gives what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something is known now that was in the logs and could not be read: whoever listens looks again. */
  announce(): void {
    this.#changed();
  }

  /**
   * Makes this author an owner by a proof of the recovery key's holder.
   *
   * @returns `recovery.other` where the key is not this project's
   */
  async recover(recovery: Signer, name: string): Promise<Result<null>> {
    const key = recoveryKey(this.projection.facts);
    if (key === null || authorId(key) !== recovery.author) return err(fault('recovery.other', ''));
    const { author } = this;
    const proof = await recovery.sign(proofMessage('owner', this.id, author));
    const added = await this.#admit({ type: 'owner.added', author, name, proof });
    if (added.ok) await this.store.write('credential', { kind: 'recovery', proof });
    return added;
  }

  /** Joins by an invite, which gives this author a standing or a greater one. */
  join(event: Extract<ControlEvent, { type: 'member.joined' }>): Promise<Result<null>> {
    return this.#admit(event);
  }

  /** Settles when everything that was asked for is durable, or has failed. */
  async idle(): Promise<void> {
    await this.#turns;
    await this.#writer.idle();
  }

  // ---------------------------------------------------------------- gestures

  submit({ item, values, note, leadMs, from }: Submission): Promise<Result<null>> {
    return this.#answer(item, 'label', (extent, former) => {
      const { schema } = this.projection;
      const valid = validateValues(values, schema, extent, former);
      if (!valid.ok) return valid;
      if (note.length > MAX_TEXT) return err(fault('text.too-long', 'note', { limit: MAX_TEXT }));
      return ok({
        ...{
          type: 'annotation.submitted',
          item,
          values: valid.value,
          schema: schema.version,
          leadMs: whole(leadMs),
          from,
        },
        ...(note !== '' && { note }),
      });
    });
  }

  skip(item: ItemId, leadMs: number): Promise<Result<null>> {
    return this.#answer(item, 'skip', () => ok({ type: 'item.skipped', item, leadMs: whole(leadMs) }));
  }

  flag(item: ItemId, reason: string): Promise<Result<null>> {
    return this.gesture(() => {
      const row = this.projection.find(item);
      if (row < 0) return err(fault('item.unknown', item));
      if (reason.length > MAX_TEXT) return err(fault('text.too-long', 'flag', { limit: MAX_TEXT }));
      const before = this.projection.flag(row, this.author);
      const event = (text: string): ItemEvent => ({ type: 'item.flagged', item, reason: text });
      return ok({ item, what: 'flag', events: [event(reason)], inverse: [event(before)] });
    });
  }

  /** Adds values to this author's answers to many items, leaving their other fields as they are. */
  async applyValues(items: readonly number[], values: Values): Promise<Result<{ changed: number }>> {
    const changed = items.length;
    const made = await this.gesture(() => {
      const answers = BulkAnswers.of(this.projection, this.author, items, values);
      return answers.ok ? ok({ item: null, what: `label ${changed} items`, ...answers.value }) : answers;
    });
    return made.ok ? ok({ changed }) : made;
  }

  changeSchema(schema: Schema): Promise<Result<null>> {
    return this.gesture(() => {
      const before = this.projection.schema;
      const event = (content: Schema): LogEvent => ({ type: 'schema.changed', schema: content });
      // No edit takes a class away for good: one that is missing came in while the edit was made, by an import.
      const after = replaceSchema(schema, before, () => () => 'stays');
      return ok({ item: null, what: 'change of the schema', events: [event(after)], inverse: [event(before)] });
    });
  }

  changeSettings(settings: Partial<Settings>): Promise<Result<null>> {
    return this.gesture(() => {
      const before = this.projection.settings;
      const former = Object.fromEntries(Object.keys(settings).map((key) => [key, before[key as keyof Settings]]));
      const event = (changed: Partial<Settings>): LogEvent => ({ type: 'settings.changed', settings: changed });
      return ok({ item: null, what: 'change of settings', events: [event(settings)], inverse: [event(former)] });
    });
  }

  /** Makes a gesture of a part that has a module of its own; `build` is called once those before it are applied. */
  perform(build: () => Result<Gesture>): Promise<Result<null>> {
    return this.gesture(build);
  }

  /** Does what can be undone; `build` is asked when everything before it counts. */
  gesture(build: () => Result<Gesture>): Promise<Result<null>> {
    return this.#inTurn(() => this.#make(build));
  }

  undo(): Promise<Result<UndoneGesture | null>> {
    return this.#step('undo');
  }

  redo(): Promise<Result<UndoneGesture | null>> {
    return this.#step('redo');
  }

  // ---------------------------------------------------------------- state

  counters(): Counters {
    const { tally } = this.projection;
    const times = this.projection.leadTimes(this.author, LEAD_TIMES).sort((a, b) => a - b);
    return {
      items: tally.items,
      byStatus: tally.statuses(),
      byClass: tally.classes(),
      open: tally.open,
      medianLeadMs: times[times.length >> 1] ?? null,
      canUndo: this.#gestures.canUndo,
      canRedo: this.#gestures.canRedo,
    };
  }

  notifyCounters(): void {
    this.#notify({ type: 'counters', counters: this.counters() });
  }

  /** Finishes what is under way and refuses the rest. */
  async close(): Promise<void> {
    clearTimeout(this.#telling);
    await this.#turns;
    await this.#intake.close();
    await this.#writer.close();
    await this.#live.close();
    this.store.close();
  }

  checkpoint(): Promise<void> {
    return this.#live.checkpoint();
  }

  // ---------------------------------------------------------------- inside

  /** A gesture that changes what this author says of one item; its inverse restates what they said before. */
  #answer(
    item: ItemId,
    what: string,
    event: (extent: Extent | null, former: Values) => Result<ItemEvent>,
  ): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const known = this.projection.find(item);
      const extent = known < 0 ? null : extentOf(await this.reader.record(known));
      const build = () => {
        // The item may have been removed while its record was read.
        const row = this.projection.find(item);
        if (row < 0) return err(fault('item.unknown', item));
        const built = event(extent, this.#said(row));
        if (!built.ok) return built;
        return ok({
          item,
          what,
          events: [built.value],
          inverse: [restating(this.projection, row, this.projection.answer(row, this.author))],
        });
      };
      return this.#make(build, { settledDrafts: [item] });
    });
  }

  /** This author's current values of an item, read under the current schema; none where they have not annotated it. */
  #said(row: number): Values {
    const answer = this.projection.answer(row, this.author);
    return answer.kind === ANNOTATION ? this.projection.pool.read(answer.values) : {};
  }

  async #make(build: () => Result<Gesture>, attachments: Attachments = {}): Promise<Result<null>> {
    let remember: (() => void) | null = null;
    const appended = await this.append(() => {
      const gesture = build();
      if (!gesture.ok) return gesture;
      remember = () => {
        this.#gestures.made(gesture.value);
      };
      return gesture.value.events;
    }, attachments);
    if (appended.ok) (remember as (() => void) | null)?.();
    this.tell();
    return appended;
  }

  /** The events that undo or redo a gesture, as they have to be now. */
  #restated(events: Iterable<LogEvent>, undone: Iterable<LogEvent>): Iterable<LogEvent> {
    const [before] = undone;
    if (before?.type !== 'schema.changed') return events;
    return Array.from(events, (event) =>
      event.type === 'schema.changed' ? { ...event, schema: this.#broughtBack(event.schema, before.schema) } : event,
    );
  }

  /** A former schema as a new version; what came in since the gesture stays, and no class is forgotten that anything names. */
  #broughtBack(former: Schema, taken: Schema): Schema {
    const { schema, pool } = this.projection;
    return replaceSchema(former, schema, (fieldId) => {
      const field = fieldById(taken, fieldId);
      const known = new Set([...(field?.classes ?? []), ...(field?.retired ?? [])].map(({ id }) => id));
      const named = pool.named(fieldId);
      return (id) => (!known.has(id) ? 'stays' : named.has(id) ? 'retired' : 'forgotten');
    });
  }

  #step(direction: 'undo' | 'redo'): Promise<Result<UndoneGesture | null>> {
    return this.#inTurn(async () => {
      const stepped = await this.#gestures[direction]();
      this.tell();
      return stepped;
    });
  }

  /** One gesture after the other, so that an undo takes back the one before it even while that is being stored. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(work);
    this.#turns = done.catch(() => undefined);
    return done;
  }

  /** Tells the page what the project is now. */
  tell(): void {
    const { role, isRemoved, paused, isFounded } = this;
    const { schema, settings } = this.projection;
    const rest = JSON.stringify([settings, role, isRemoved, paused, isFounded]);
    // A schema may be large, and labels come in many times a second.
    if (this.#told?.schema !== schema || this.#told.rest !== rest) {
      this.#told = { schema, rest };
      this.#notify({
        ...{ type: 'project', schema, settings, isRemoved, paused, isFounded },
        role: role === 'none' ? 'viewer' : role,
      });
    }
    this.notifyCounters();
  }

  /** Appends what gives this author a standing, so that no standing is asked for it. */
  async #admit(event: ControlEvent): Promise<Result<null>> {
    if (this.#isAwaited) return err(fault('log.awaited', ''));
    // Known before the commit is applied, so that it is applied as that of somebody who is admitted.
    await this.#live.proofs.check([...this.projection.facts, { author: this.author, seq: 0, index: 0, event }]);
    const added = await this.#writer.append(() => [event]);
    if (this.projection.isStale) await this.takeIn(() => Promise.resolve(ok(null)));
    this.tell();
    return added;
  }

  /** Whether a part of the own log that was deleted here is still with others: appending now would fork it. */
  get #isAwaited(): boolean {
    return this.#writer.head.length < this.#ownLength;
  }

  /** Why the events would not count; null where they would. */
  #refusal(events: Iterable<LogEvent>): Result<never> | null {
    if (this.#isAwaited) return err(fault('log.awaited', ''));
    if (this.projection.forkOf(this.author) !== null) return err(fault('log.forked', ''));
    const { role, paused } = this;
    for (const event of events) {
      if (paused !== '' && event.type === 'annotation.submitted')
        return err(fault('member.paused', '', { reason: paused }));
      if (!mayCommit(role, event)) return err(fault('role.lacking', '', { role, needed: neededFor(event) ?? 'owner' }));
    }
    return null;
  }

  /** As {@link tell}, at once or a little after the last time. */
  #tellSoon(): void {
    if (this.#telling !== undefined) {
      this.#isToldLate = true;
      return;
    }
    this.tell();
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      if (!this.#isToldLate) return;
      this.#isToldLate = false;
      this.#tellSoon();
    }, TELL_MS);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Reads what was stored past this session; gives where this author's log ends. */
  async #catchUp(held?: ReadonlyMap<AuthorId, HeldCommits>): Promise<LogHead> {
    const heads = await this.store.heads.toArray();
    await this.#live.catchUp(heads, held);
    await this.#document.catchUp();
    for (const { lamport } of heads) this.#writer.saw(lamport);
    this.inFile.recount(heads);
    return this.#ownHead(heads);
  }

  #ownHead(heads: readonly LogHead[]): LogHead {
    return heads.find(({ author }) => author === this.author) ?? emptyLog(this.id, this.author);
  }

  /** Own commits are durable. */
  #applied(commits: readonly Commit[], { before, commits: bytes }: LogPart): void {
    this.#document.append(this.author, before.length, bytes);
    this.#live.apply(this.author, commits);
    this.inFile.appended(commits.length);
    this.#changed();
  }
}

const whole = (ms: number): number => Math.max(0, Math.round(ms));
