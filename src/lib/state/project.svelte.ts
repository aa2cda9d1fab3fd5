import { transfer } from 'comlink';
import type { ProjectClient } from '#compute/project-client';
import type { StatisticsWorker } from '#compute/statistics';
import type { ConcordError } from '#core/errors';
import { pageFault } from '#core/page-errors';
import type { Hash, ProjectId } from '#core/model/ids';
import type { Role, Settings } from '#core/model/project';
import type { Schema } from '#core/model/schema';
import type { Counters, InFile, PeersView, ProjectNotice, ProjectView, UndoneGesture } from '#workers/project/api';
import type { QualityWarning } from '#workers/project/quality/api';

export interface TaskProgress {
  readonly task: string;
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** Whether this tab may write: `elsewhere` another tab held the project first, `moved` another took it over. */
export type Holding = 'opening' | 'here' | 'elsewhere' | 'moved' | 'failed';

/** The project that is open in this tab, as the worker last told it. */
export class ProjectState {
  readonly client: ProjectClient;
  #view = $state.raw<ProjectView | null>(null);
  #counters = $state.raw<Counters | null>(null);
  #schema = $state.raw<Schema | null>(null);
  #settings = $state.raw<Settings | null>(null);
  #role = $state<Role>('viewer');
  #inFile = $state.raw<InFile | null>(null);
  #isRemoved = $state(false);
  #paused = $state('');
  #isFounded = $state(true);
  #peers = $state.raw<PeersView | null>(null);
  #arrived = $state.raw<readonly Hash[]>([]);
  #qualityWarning = $state.raw<QualityWarning | null>(null);
  #qualityRevision = $state(0);
  #pending = $state(0);
  #failure = $state.raw<ConcordError | null>(null);
  #holding = $state<Holding>('opening');
  #tasks = $state.raw<ReadonlyMap<string, TaskProgress>>(new Map());
  #id: ProjectId | null = null;
  #listening: Promise<void> | null = null;
  #statistics: StatisticsWorker | null = null;

  constructor(client: ProjectClient) {
    this.client = client;
  }

  get id() {
    return this.#id;
  }
  /** What `open` gave; null until then. Its counters, schema and settings are those of that moment. */
  get view() {
    return this.#view;
  }
  get counters() {
    return this.#counters;
  }
  get schema() {
    return this.#schema;
  }
  get settings() {
    return this.#settings;
  }
  /** This person's, as of now. */
  get role() {
    return this.#role;
  }
  /** Whether the person may label items; a viewer may only look. */
  get mayLabel(): boolean {
    return this.#role !== 'viewer' && !this.isRemoved && this.#paused === '';
  }
  /** Why this person is paused; '' where they are not. */
  get paused() {
    return this.#paused;
  }
  /** Whether the person was a member and is none any more, by the logs here or by what others say. */
  get isRemoved(): boolean {
    return this.#isRemoved || this.#peers?.refused === 'removed';
  }
  /** The last project file that was saved here; null: none yet. */
  get inFile() {
    return this.#inFile;
  }
  /** False after joining, until the founding commit has come from a peer. */
  get isFounded() {
    return this.#isFounded;
  }
  /** The others; null while the project is not open. */
  get peers() {
    return this.#peers;
  }
  /** Blobs that came from peers just now: what waits for one looks here. */
  get arrived() {
    return this.#arrived;
  }
  /** That agreement was too low when it was last looked at; null where it was not. */
  get qualityWarning() {
    return this.#qualityWarning;
  }
  /** Counts up whenever figures of quality are new: what shows them asks again. */
  get qualityRevision() {
    return this.#qualityRevision;
  }
  /** Gestures that are not durable yet. */
  get pending() {
    return this.#pending;
  }
  /** The last failure that nobody dismissed. */
  get failure() {
    return this.#failure;
  }
  get holding() {
    return this.#holding;
  }
  /** Imports and exports under way, by task. */
  get tasks() {
    return this.#tasks;
  }

  /** Hears the worker, from then on for good: also of runs that make a project, while none is open. */
  listen(): Promise<void> {
    this.#listening ??= this.client.listen((notice) => {
      this.#hear(notice);
    });
    return this.#listening;
  }

  /** Opens a project; the one that was open before is closed. */
  async open(id: ProjectId, { steal } = { steal: false }): Promise<void> {
    await this.listen();
    this.#id = id;
    this.#holding = 'opening';
    this.#view = null;
    this.#failure = null;
    this.#qualityWarning = null;
    const opened = await this.client.open(id, { steal });
    if (this.#id !== id) return;
    if (!opened.ok) {
      this.#holding = opened.error.code === 'project.elsewhere' ? 'elsewhere' : 'failed';
      if (this.#holding === 'failed') this.#failure = opened.error;
      return;
    }
    this.#counters = opened.value.counters;
    this.#schema = opened.value.schema;
    this.#settings = opened.value.settings;
    this.#role = opened.value.role;
    this.#inFile = opened.value.inFile;
    this.#isRemoved = opened.value.isRemoved;
    this.#paused = opened.value.paused;
    this.#isFounded = opened.value.isFounded;
    this.#peers = opened.value.peers;
    this.#view = opened.value;
    this.#holding = 'here';
  }

  /** Takes the project over from the tab that holds it. */
  async useHere(): Promise<void> {
    if (this.#id !== null) await this.open(this.#id, { steal: true });
  }

  async close(): Promise<void> {
    this.#id = null;
    this.#view = null;
    this.#holding = 'opening';
    await this.client.close();
  }

  undo(): Promise<UndoneGesture | null> {
    return this.#step('undo');
  }

  redo(): Promise<UndoneGesture | null> {
    return this.#step('redo');
  }

  /** Shows an error where all failures are shown. */
  fail(error: ConcordError): void {
    this.#failure = error;
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  async #step(direction: 'undo' | 'redo'): Promise<UndoneGesture | null> {
    const stepped = await this.client[direction]();
    if (stepped.ok) return stepped.value;
    this.#failure = stepped.error;
    return null;
  }

  /** Hands the project worker a worker that computes figures; should it stop, another one is wanted when there is something to compute. */
  async #startStatistics(): Promise<void> {
    const { StatisticsWorker } = await import('#compute/statistics');
    this.#statistics ??= new StatisticsWorker();
    const port = this.#statistics.start(() => void this.client.useStatistics(null));
    await this.client.useStatistics(transfer(port, [port]));
  }

  #hear(notice: ProjectNotice): void {
    switch (notice.type) {
      case 'counters':
        this.#counters = notice.counters;
        break;
      case 'project':
        this.#schema = notice.schema;
        // Until the project is founded here, what its invite said stands in for them.
        if (notice.isFounded) this.#settings = notice.settings;
        this.#role = notice.role;
        this.#isRemoved = notice.isRemoved;
        this.#paused = notice.paused;
        this.#isFounded = notice.isFounded;
        break;
      case 'peers':
        this.#peers = notice.peers;
        break;
      case 'quality':
        this.#qualityWarning = notice.warning;
        this.#qualityRevision++;
        break;
      case 'statistics-wanted':
        void this.#startStatistics();
        break;
      case 'peer-dropped':
        // The meeting hears it.
        break;
      case 'arrived':
        this.#arrived = notice.blobs;
        break;
      case 'saving':
        this.#pending = notice.pending;
        break;
      case 'in-file':
        this.#inFile = notice.inFile;
        break;
      case 'failed':
        this.#failure = notice.error;
        break;
      case 'moved':
        this.#holding = 'moved';
        this.#failure = pageFault('project.moved', '');
        break;
      case 'progress': {
        const tasks = new Map(this.#tasks);
        if (notice.done >= notice.total) tasks.delete(notice.task);
        else tasks.set(notice.task, notice);
        this.#tasks = tasks;
        break;
      }
    }
  }
}
