import type { ConcordError } from '#core/errors';
import type { Format, FormatOption, FormatOptions } from '#core/formats/format';
import { DEFAULT_SETTINGS, type ExportSettings } from '#core/model/project';
import { EMPTY_SCHEMA, type Schema } from '#core/model/schema';
import type { ExportPreview, ExportRequest, ExportResult, TaskId } from '#workers/project/api';
import type { SnapshotId, SnapshotView } from '#workers/project/snapshots/api';
import type { ProjectState } from './project.svelte';

const DEFAULT_TRAIN_SHARE = 0.85;

/** What is to be exported and how, a look at it, and the run. */
export class Exporter {
  readonly #project: ProjectState;
  readonly formats: readonly Format[];
  readonly #carries: (format: Format) => boolean;
  #chosen = $state.raw<Format>();
  #options = $state.raw<FormatOptions>({});
  split = $state(false);
  trainShare = $state(DEFAULT_TRAIN_SHARE);
  seed = $state(1);
  which = $state<ExportRequest['which']>('labelled');
  includeImages = $state(true);
  #snapshot = $state<SnapshotId | null>(null);
  #snapshots = $state.raw<readonly SnapshotView[]>([]);
  #preview = $state.raw<ExportPreview | null>(null);
  #previewed = 0;
  #result = $state.raw<ExportResult | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #task = $state<TaskId | null>(null);

  /**
   * Begins as the project's settings say.
   *
   * @param formats in the order in which they are offered
   * @param carries whether a format has a place for any of what the project holds
   */
  constructor(project: ProjectState, formats: readonly Format[], carries: (format: Format) => boolean) {
    this.#project = project;
    this.formats = formats;
    this.#carries = carries;
    const trainShare = project.settings?.export.trainShare ?? null;
    this.split = trainShare !== null;
    this.trainShare = trainShare ?? DEFAULT_TRAIN_SHARE;
  }

  /** What the project's settings say of its exports. */
  get configured(): ExportSettings {
    return this.#project.settings?.export ?? DEFAULT_SETTINGS.export;
  }

  /** The one that was chosen, else that of the settings where it is there and carries something, else the first. */
  get format(): Format {
    return this.#chosen ?? this.#configuredFormat ?? this.formats[0]!;
  }
  set format(format) {
    this.#chosen = format;
    this.#options = {};
    this.#result = null;
  }
  /** The state that is exported; null: now. */
  get snapshot(): SnapshotId | null {
    return this.#snapshot;
  }
  set snapshot(snapshot) {
    if (snapshot === this.#snapshot) return;
    this.#snapshot = snapshot;
    this.#preview = null;
    this.#result = null;
    this.#failure = null;
  }
  /** The states that can be exported besides now, newest first. */
  get snapshots() {
    return this.#snapshots;
  }
  /** The questions of the state that is exported. */
  get schema(): Schema {
    return this.#preview?.schema ?? this.#project.schema ?? EMPTY_SCHEMA;
  }
  get preview() {
    return this.#preview;
  }
  get result() {
    return this.#result;
  }
  get failure() {
    return this.#failure;
  }
  /** Of the run under way, to find its progress by. */
  get task() {
    return this.#task;
  }

  /** What can be chosen in the format. */
  get offered(): readonly FormatOption[] {
    return this.format.options(this.schema);
  }

  option(id: string): string {
    return this.#options[id] ?? this.offered.find((option) => option.id === id)?.default ?? '';
  }

  setOption(id: string, value: string): void {
    this.#options = { ...this.#options, [id]: value };
    this.#result = null;
  }

  get request(): ExportRequest {
    const options = Object.fromEntries(this.offered.map(({ id }) => [id, this.option(id)]));
    return {
      format: this.format.id,
      options,
      trainShare: this.split ? this.trainShare : null,
      seed: this.seed,
      which: this.which,
      includeImages: this.includeImages || this.format.needsImages,
      snapshot: this.#snapshot,
    };
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  async loadSnapshots(): Promise<void> {
    const found = await this.#project.client.snapshots();
    if (found.ok) this.#snapshots = found.value;
    else this.#failure = found.error;
  }

  /** Asks for a look at what the request would give; only the answer to the last call is kept. */
  async look(request: ExportRequest): Promise<void> {
    const number = ++this.#previewed;
    const looked = await this.#project.client.exportPreview(request);
    if (number !== this.#previewed) return;
    this.#preview = looked.ok ? looked.value : null;
    if (!looked.ok) this.#failure = looked.error;
  }

  /** Writes the export; what came out is the {@link result}. */
  async run(): Promise<ExportResult | null> {
    const task = crypto.randomUUID();
    this.#task = task;
    this.#failure = null;
    this.#result = null;
    const exported = await this.#project.client.exportFiles(task, this.request);
    this.#task = null;
    if (exported.ok) this.#result = exported.value;
    else this.#failure = exported.error;
    return exported.ok ? exported.value : null;
  }

  cancel(): void {
    if (this.#task !== null) void this.#project.client.cancel(this.#task);
  }
  get #configuredFormat(): Format | undefined {
    return this.formats.find((format) => format.id === this.configured.format && this.#carries(format));
  }
}
