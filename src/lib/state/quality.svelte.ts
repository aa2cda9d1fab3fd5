import type { ConcordError } from '#core/errors';
import type { AuthorId } from '#core/model/ids';
import type { AnnotatorReport, QualityReport } from '#core/quality/quality-report';
import type { Result } from '#core/result';
import type { ProjectApi } from '#workers/project/api';
import type { QualityView } from '#workers/project/quality/api';
import type { ReviewPage } from '#workers/project/review/api';
import { Paced } from './paced';
import { WAITING } from './review-address';

/** How often the figures are asked for at most, however many labels come in. */
const PAUSE_MS = 1_000;

type QualityClient = Pick<ProjectApi, 'quality' | 'exportQuality' | 'reviewQueue'>;

/** How far the labels of the open project can be trusted, as this device knows it. */
export class Quality {
  readonly #client: QualityClient;
  readonly #queued: number;
  readonly #figures = new Paced(() => this.#look(), PAUSE_MS);
  #view = $state.raw<QualityView | null>(null);
  #disagreed = $state.raw<ReviewPage | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #isExporting = $state(false);

  /** @param options.queued how many of the items that people disagree on most are asked for too; 0: none */
  constructor(client: QualityClient, { queued }: { readonly queued: number }) {
    this.#client = client;
    this.#queued = queued;
  }

  /** null until the first answer. */
  get report(): QualityReport | null {
    return this.#view?.report ?? null;
  }
  /** Whether every figure is of the labels as they are now, with its interval. */
  get isSettled(): boolean {
    return this.#view?.isSettled ?? false;
  }
  get warning() {
    return this.#view?.warning ?? null;
  }
  /** The most different first; null until they are known. */
  get disagreed() {
    return this.#disagreed;
  }
  get failure() {
    return this.#failure;
  }
  get isExporting() {
    return this.#isExporting;
  }

  annotator(author: AuthorId): AnnotatorReport | undefined {
    return this.report?.annotators.find((annotator) => annotator.author === author);
  }

  /** Asks for the figures: now, or once a while has passed since they were asked for. */
  refresh(): void {
    this.#figures.ask();
  }

  /** The report as a file for dashboards; null where it could not be written. */
  async export(): Promise<{ readonly name: string; readonly blob: Blob } | null> {
    if (this.#isExporting) return null;
    this.#isExporting = true;
    const written = this.#read(await this.#client.exportQuality());
    this.#isExporting = false;
    return written;
  }

  dismiss(): void {
    this.#failure = null;
  }

  close(): void {
    this.#figures.close();
  }

  async #look(): Promise<void> {
    const [view, disagreed] = await Promise.all([
      this.#client.quality(),
      this.#queued === 0
        ? null
        : this.#client.reviewQueue({
            ...{ filter: { ...WAITING, which: 'disagreed' }, queue: null },
            ...{ from: 0, count: this.#queued },
          }),
    ]);
    this.#view = this.#read(view) ?? this.#view;
    if (disagreed) this.#disagreed = this.#read(disagreed) ?? this.#disagreed;
  }

  #read<T>(result: Result<T>): T | null {
    if (result.ok) return result.value;
    this.#failure = result.error;
    return null;
  }
}
