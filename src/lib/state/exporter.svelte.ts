import type { ConcordError } from '#core/errors';
import type { Format, FormatOption, FormatOptions } from '#core/formats/format';
import { EMPTY_SCHEMA } from '#core/model/schema';
import type { ExportPreview, ExportRequest, ExportResult, TaskId } from '#workers/project/api';
import type { ProjectState } from './project.svelte';

const DEFAULT_TRAIN_SHARE = 0.85;

/** What is to be exported and how, a look at it, and the run. */
export class Exporter {
  readonly #project: ProjectState;
  readonly formats: readonly Format[];
  #format = $state.raw<Format>();
  #options = $state.raw<FormatOptions>({});
  split = $state(false);
  trainShare = $state(DEFAULT_TRAIN_SHARE);
  seed = $state(1);
  which = $state<ExportRequest['which']>('labelled');
  includeImages = $state(true);
  #preview = $state.raw<ExportPreview | null>(null);
  #previewed = 0;
  #result = $state.raw<ExportResult | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #task = $state<TaskId | null>(null);

  constructor(project: ProjectState, formats: readonly Format[]) {
    this.#project = project;
    this.formats = formats;
    this.#format = formats[0];
  }

  get format(): Format {
    return this.#format!;
  }
  set format(format) {
    this.#format = format;
    this.#options = {};
    this.#result = null;
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
    return this.format.options(this.#project.schema ?? EMPTY_SCHEMA);
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
    };
  }

  dismissFailure(): void {
    this.#failure = null;
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
}
