import type { ConcordError } from '#core/errors';
import type { ActivityKind } from '#core/log/activity';
import type { AuthorId } from '#core/model/ids';
import type { Result } from '#core/result';
import type { ActivityCursor, ActivityEntry, ActivityFork, ProjectApi } from '#workers/project/api';

/** Lines that are asked for at once. */
const PAGE = 60;
/** Pages with a filter that may come back empty, before the person is asked whether to look further. */
const LOOKS = 20;

export interface ActivityFilter {
  /** null: everybody. */
  readonly author: AuthorId | null;
  /** Empty: all. */
  readonly kinds: readonly ActivityKind[];
}

type ActivityClient = Pick<ProjectApi, 'activity' | 'activityOf' | 'activityForks' | 'exportActivity' | 'exportForks'>;

interface FoundFile {
  readonly name: string;
  readonly blob: Blob;
}

/** What happened in the project, as far back as it was looked for. */
export class ActivityList {
  readonly #client: ActivityClient;
  #filter = $state.raw<ActivityFilter>({ author: null, kinds: [] });
  #entries = $state.raw<readonly ActivityEntry[]>([]);
  #next = $state.raw<ActivityCursor | null>(null);
  #lookedBackTo = $state<number | null>(null);
  #forks = $state.raw<readonly ActivityFork[]>([]);
  #isLoaded = $state(false);
  #isLoading = $state(false);
  #isExporting = $state(false);
  #failure = $state.raw<ConcordError | null>(null);
  /** Pages since the last line was found. */
  #looks = $state(0);
  /** Counts what was asked from the top, so that an answer to a question before it is not taken for its own. */
  #asked = 0;

  constructor(client: ActivityClient) {
    this.#client = client;
  }

  get filter() {
    return this.#filter;
  }
  /** Newest first. */
  get entries() {
    return this.#entries;
  }
  /** Logs of which there are two. */
  get forks() {
    return this.#forks;
  }
  /** False until the first page has come. */
  get isLoaded() {
    return this.#isLoaded;
  }
  get isLoading() {
    return this.#isLoading;
  }
  get isExporting() {
    return this.#isExporting;
  }
  get failure() {
    return this.#failure;
  }
  /** Whether there may be more further back. */
  get isMore(): boolean {
    return this.#next !== null;
  }
  /** Whether it goes on looking by itself; with a filter that finds nothing, it asks the person at some point. */
  get looksOn(): boolean {
    return this.isMore && !this.#isLoading && this.#looks < LOOKS;
  }
  /** Milliseconds since the epoch; null when everything was looked through. */
  get lookedBackTo() {
    return this.#lookedBackTo;
  }

  dismiss(): void {
    this.#failure = null;
  }

  show(filter: ActivityFilter): Promise<void> {
    this.#filter = filter;
    this.#entries = [];
    this.#isLoaded = false;
    return this.refresh();
  }

  /** Begins at the top again: there may be something new. What is shown stays until that has come. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    this.#looks = 0;
    const forks = await this.#client.activityForks();
    if (forks.ok && asked === this.#asked) this.#forks = forks.value;
    await this.#fetch(asked, null);
  }

  /** Looks further back. */
  async more(): Promise<void> {
    if (this.#isLoading || this.#next === null) return;
    await this.#fetch(this.#asked, this.#next);
  }

  /** Looks further back although nothing was found for long. */
  goOn(): Promise<void> {
    this.#looks = 0;
    return this.more();
  }

  /** The events of one commit, each by itself. */
  async eventsOf({ author, seq }: ActivityEntry): Promise<readonly ActivityEntry[]> {
    return this.#read(await this.#client.activityOf(author, seq)) ?? [];
  }

  /** The audit trail; null where it could not be written, or that was cancelled. */
  exportAll(): Promise<FoundFile | null> {
    return this.#export(() => this.#client.exportActivity(crypto.randomUUID()));
  }

  /** The evidence of the forks. */
  exportForks(): Promise<FoundFile | null> {
    return this.#export(() => this.#client.exportForks());
  }

  async #export(write: () => Promise<Result<FoundFile>>): Promise<FoundFile | null> {
    if (this.#isExporting) return null;
    this.#isExporting = true;
    const written = this.#read(await write());
    this.#isExporting = false;
    return written;
  }

  async #fetch(asked: number, after: ActivityCursor | null): Promise<void> {
    this.#isLoading = true;
    const page = await this.#client.activity({ after, count: PAGE, ...this.#filter });
    if (asked !== this.#asked) return;
    this.#isLoading = false;
    const read = this.#read(page);
    if (!read) return;
    this.#entries = after === null ? read.entries : [...this.#entries, ...read.entries];
    this.#next = read.next;
    this.#lookedBackTo = read.lookedBackTo;
    this.#looks = read.entries.length > 0 ? 0 : this.#looks + 1;
    this.#isLoaded = true;
  }

  #read<T>(result: Result<T>): T | null {
    if (result.ok) return result.value;
    if (result.error.code !== 'cancelled') this.#failure = result.error;
    return null;
  }
}
