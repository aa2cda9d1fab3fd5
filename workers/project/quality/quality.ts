import type { Values } from '#core/model/annotation';
import type { AuthorId, ClassId, FieldId } from '#core/model/ids';
import type { Projection } from '#core/projection/projection';
import { consensusColumns } from '#core/quality/consensus-columns';
import { isHeldBy, settleConsensus } from '#core/quality/consensus';
import type { QualitySource } from '#core/quality/label-columns';
import type { FieldConsensus, QualityFigures } from '#core/quality/quality-figures';
import type { QualityReport } from '#core/quality/quality-report';
import { readLabels } from '#core/quality/read-labels';
import { sketchedReport } from '#core/quality/sketched-report';
import { TextLengths } from '#core/quality/text-lengths';
import type { ProjectNotice } from '../api';
import { Pace } from '../pace';
import type { Session } from '../session';
import type { QualityView } from './api';
import { StatisticsLink } from './statistics-link';
import { WarningWatch } from './warning-watch';

/** After a change, while somebody looks at the figures, and while nobody does. */
const DEBOUNCE_MS = { watched: 250, unwatched: 1_500 } as const;
/** Computing takes no more than this share of the time. */
const SHARE = 0.5;
/** Who asked for the figures so lately looks at them. */
const WATCHED_MS = 15_000;

/** An answer that the others' answers speak against. */
export interface Suspect {
  readonly author: AuthorId;
  readonly field: FieldId;
  readonly said: ClassId;
  readonly likely: ClassId;
  /** Of `said` being right, 0 to 1. */
  readonly probability: number;
}

/**
 * The figures of agreement and consensus of the open project, and what follows from them for its items. They are computed by the
 * statistics worker, always for the newest labels: points first, then intervals. In a project of one annotator, whom nobody asks
 * about, nothing is computed.
 */
export class Quality {
  readonly #session: Session;
  readonly #notify: (notice: ProjectNotice) => void;
  readonly #gold: () => ReadonlyMap<number, Values>;
  readonly link: StatisticsLink;
  readonly #warnings = new WarningWatch();
  readonly #textLengths: TextLengths;
  readonly #unlisten: () => void;

  #report: QualityReport | null = null;
  /** What the report is of, and whether its intervals are in it. */
  #of: State | null = null;
  #isWhole = false;
  #suspects: ReadonlyMap<number, Suspect> = new Map();
  #posteriors: { readonly chunks: unknown; readonly consensus: readonly FieldConsensus[] } | null = null;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #rest: Promise<void> = Promise.resolve();
  /** Milliseconds on the clock of `performance.now`. */
  #watchedAt = -Infinity;
  #tookMs = 0;
  #isClosed = false;

  /** @param gold row of an item -> its known answer, as far as this device may read them */
  constructor(
    session: Session,
    notify: (notice: ProjectNotice) => void,
    gold: () => ReadonlyMap<number, Values> = () => NO_GOLD,
  ) {
    this.#session = session;
    this.#notify = notify;
    this.#gold = gold;
    this.link = new StatisticsLink(() => {
      notify({ type: 'statistics-wanted' });
    });
    this.#textLengths = new TextLengths(session.reader);
    this.#unlisten = session.onChange(() => {
      this.#plan();
    });
    this.#plan();
  }

  /** Rows of items with an answer that is probably wrong; as of the last computation. */
  get suspects(): ReadonlyMap<number, Suspect> {
    return this.#suspects;
  }

  /** What each class of a single-choice question is likely to be, likeliest first; as of the last computation. */
  posterior(item: number): Readonly<Record<FieldId, readonly (readonly [ClassId, number])[]>> {
    const { projection } = this.#session;
    const place = projection.position(item);
    if (!this.#posteriors || place < 0 || this.#posteriors.chunks !== projection.chunks) return {};
    return Object.fromEntries(
      this.#posteriors.consensus
        .map((consensus) => [consensus.field, likelyClasses(consensus, place)] as const)
        .filter(([, likely]) => likely.length > 0),
    );
  }

  /** What is known now; what is newer comes with the notice `quality`. */
  view(): QualityView {
    this.#watchedAt = performance.now();
    // What was planned while nobody looked comes sooner now.
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#plan();
    const { projection } = this.#session;
    const known = this.#report ?? sketchedReport(projection);
    // Labels that came since have their statuses already.
    const report = { ...known, byStatus: projection.tally.statuses() };
    return { report, isSettled: this.#isWhole && this.#isCurrent, warning: this.#warnings.warning };
  }

  /** The whole report of the labels as they are; as far as it is known where it cannot be computed. */
  async whole(): Promise<QualityReport> {
    this.#watchedAt = performance.now();
    await this.#session.idle();
    while (!this.#isClosed && !(this.#isWhole && this.#isCurrent)) {
      if (!this.#isCurrent || !this.#report) await this.#runNow();
      await this.#rest;
      // Nothing came since, and still it is not whole: it cannot be computed.
      if (this.#isCurrent && !this.#isWhole) break;
    }
    return this.view().report;
  }

  /** Settles when the labels and statuses of items are those of all that was said. */
  async settled(): Promise<void> {
    await this.#session.idle();
    while (!this.#isClosed && !this.#isCurrent && this.#isShared) await this.#runNow();
  }

  /** Settles when nothing is computed any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#unlisten();
    this.link.close();
    await this.#running;
    await this.#rest;
  }

  // ---------------------------------------------------------------- inside

  /** Whether several people have anything to do with the labels: one alone neither agrees nor disagrees. */
  get #isShared(): boolean {
    return this.#session.projection.authorCount > 1;
  }

  get #isWatched(): boolean {
    return performance.now() - this.#watchedAt < WATCHED_MS;
  }

  /** Whether what was computed last is of the labels as they are. */
  get #isCurrent(): boolean {
    return this.#of !== null && isSame(this.#of, this.#state());
  }

  #state(): State {
    const { projection } = this.#session;
    const { said, control, order } = projection;
    return { projection, said: said.length, control, items: order.length, gold: this.#gold() };
  }

  /** Computes soon, where that is worth it. */
  #plan(): void {
    if (this.#isClosed || this.#timer !== undefined || this.#running || this.#isCurrent) return;
    if (!this.#isShared && !this.#isWatched) return;
    const debounce = DEBOUNCE_MS[this.#isWatched ? 'watched' : 'unwatched'];
    const isFirst = this.#report === null && this.#isWatched;
    const delay = isFirst ? 0 : Math.max(debounce, this.#tookMs * (1 / SHARE - 1));
    this.#timer = setTimeout(() => void this.#runNow(), delay);
  }

  /** Computes now; where that is under way already, settles with it. */
  #runNow(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const of = this.#state();
    this.#running ??= this.#run(of)
      .catch(() => {
        // What cannot be computed leaves everything as it was, until something else is said.
        this.#of = of;
      })
      .finally(() => {
        this.#running = null;
        this.#plan();
      });
    return this.#running;
  }

  async #run(of: State): Promise<void> {
    const began = performance.now();
    const { projection } = of;
    const { chunks } = projection;
    projection.expectConsensus();
    const labels = await paced(readLabels(projection, of.gold));
    const textLengths = await this.#textLengths.of(projection, labels.columns);
    if (this.#isOutdated(projection, chunks)) return;
    const source = { ...labels, textLengths };
    const figures = await this.link.figures(source, projection.pool);
    if (this.#isOutdated(projection, chunks)) return;
    if (figures) await this.#take(figures, of, source);
    else this.#takeWithout(projection, of);
    this.#tookMs = performance.now() - began;
  }

  async #take(figures: QualityFigures, of: State, { settings }: QualitySource): Promise<void> {
    const { projection } = of;
    const { report, consensus, headline } = figures;
    const { chunks } = projection;
    const columns = consensus.length === 0 ? null : await paced(consensusColumns(projection, consensus));
    if (this.#isOutdated(projection, chunks)) return;
    await paced(projection.settingConsensus(columns));
    await paced(projection.holding(isHeldBy(headline, settings)));
    if (this.#isOutdated(projection, chunks)) return;
    this.#posteriors = { chunks, consensus };
    this.#report = report;
    this.#of = of;
    this.#isWhole = false;
    this.#session.notifyCounters();
    this.#tell(this.#warnings.look(headline, settings));
    this.#rest = this.#complete(of);
  }

  /** Whether what is computed of a projection is of no use: another took its place, or its items stand elsewhere now. */
  #isOutdated(projection: Projection, chunks: Projection['chunks']): boolean {
    return this.#isClosed || this.#session.projection !== projection || projection.chunks !== chunks;
  }

  /** No worker computes: items have their consensus nevertheless, while figures stay as they were. */
  #takeWithout(projection: Projection, of: State): void {
    settleConsensus(projection);
    this.#of = of;
    this.#isWhole = false;
    this.#session.notifyCounters();
  }

  /** Intervals, and whatever else takes long; nothing where newer labels came before. */
  async #complete(of: State): Promise<void> {
    const { order, chunks } = of.projection;
    const whole = await this.link.rest();
    if (!whole || this.#isClosed || this.#of !== of) return;
    this.#report = whole.report;
    if (of.projection.chunks === chunks)
      this.#suspects = new Map(whole.suspects.map(({ item, ...suspect }) => [order[item]!, suspect]));
    this.#isWhole = true;
    this.#tell(this.#warnings.warning);
  }

  #tell(warning: QualityView['warning']): void {
    this.#notify({ type: 'quality', warning });
  }
}

/** What figures are made of: two that are alike give the same figures. */
interface State {
  readonly projection: Projection;
  readonly said: number;
  readonly control: Projection['control'];
  readonly items: number;
  readonly gold: ReadonlyMap<number, Values>;
}

const isSame = (a: State, b: State): boolean =>
  a.projection === b.projection &&
  a.said === b.said &&
  a.control === b.control &&
  a.items === b.items &&
  (a.gold === b.gold || (a.gold.size === 0 && b.gold.size === 0));

const NO_GOLD: ReadonlyMap<number, Values> = new Map();

function likelyClasses({ classes, likely }: FieldConsensus, place: number): (readonly [ClassId, number])[] {
  const { most, category, probability } = likely;
  const found: (readonly [ClassId, number])[] = [];
  for (let at = place * most; at < (place + 1) * most && (probability[at] ?? 0) > 0; at++)
    found.push([classes[category[at]!]!, probability[at]!]);
  return found;
}

/** Goes through work that yields, letting others have the thread in between. */
async function paced<T>(work: Generator<void, T>): Promise<T> {
  const pace = new Pace();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (pace.isDue) await pace.rest();
  }
}
