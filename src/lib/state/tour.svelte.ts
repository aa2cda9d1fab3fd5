import type { ProjectId } from '#core/model/ids';

/** In their order. */
export const TOUR_STEPS = ['begin', 'answer', 'correct', 'guidelines', 'undo', 'pages'] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

/** What a person does that a step speaks of. */
export type Deed = 'edited' | 'answered' | 'looked-up' | 'went-back';

/** By which deeds a step is done without a button; the first one by any, the last one by none. */
const DONE_BY: Readonly<Record<TourStep, readonly Deed[]>> = {
  begin: ['edited', 'answered', 'looked-up', 'went-back'],
  answer: ['answered'],
  correct: ['edited'],
  guidelines: ['looked-up'],
  undo: ['went-back'],
  pages: [],
};

/** Whoever answers so many items without heeding the step just works on. */
const PATIENCE = 4;

const KEY = 'concord.tour';
const OVER = 'over';

/**
 * The tour of the labeling screen: where it stands, remembered on this device. It begins by itself once, and only ever
 * points: whatever the person does meanwhile counts, and what a step speaks of takes the tour on.
 */
export class Tour {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #at = $state<number | null>(null);
  /** The project in which it shows; null: in any. */
  #project = $state.raw<ProjectId | null>(null);
  #direction: 1 | -1 = 1;
  #ignored = 0;
  #isSeen: boolean;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    const stored = storage.getItem(KEY);
    this.#isSeen = stored !== null;
    const [step, project] = stored?.split(' ') ?? [];
    const at = TOUR_STEPS.findIndex((known) => known === step);
    if (at < 0) return;
    this.#at = at;
    this.#project = project ?? null;
  }

  /** The step that is shown; null: none. */
  get step(): TourStep | null {
    return this.#at === null ? null : TOUR_STEPS[this.#at]!;
  }
  /** One-based. */
  get number(): number {
    return (this.#at ?? 0) + 1;
  }

  /** Whether it shows in this project. */
  isIn(project: ProjectId | null): boolean {
    return this.#at !== null && (this.#project === null || this.#project === project);
  }

  /** Begins in a project that somebody sees for the first time, unless there was a tour on this device before. */
  greet(project: ProjectId): void {
    if (!this.#isSeen) this.#go(0, project);
  }

  /** Begins, or begins again, because the person asks for it: on whichever labeling screen they are. */
  start(): void {
    this.#go(0, null);
  }

  next(): void {
    this.#direction = 1;
    this.pass();
  }

  back(): void {
    this.#direction = -1;
    this.pass();
  }

  /** Goes on the way it went, as where a step speaks of what this screen does not show. */
  pass(): void {
    if (this.#at === null) return;
    const to = Math.max(0, this.#at + this.#direction);
    if (to < TOUR_STEPS.length) this.#go(to, this.#project);
    else this.leave();
  }

  /** Ends it; it does not begin by itself again. */
  leave(): void {
    this.#at = null;
    this.#remember(OVER);
  }

  did(deed: Deed): void {
    const { step } = this;
    if (step === null) return;
    if (DONE_BY[step].includes(deed)) {
      this.next();
      // Whoever answers at once needs no step that says how.
      if (step === 'begin' && deed === 'answered') this.next();
    } else if (deed === 'answered' && ++this.#ignored >= PATIENCE) this.leave();
  }

  #go(to: number, project: ProjectId | null): void {
    this.#at = to;
    this.#project = project;
    this.#ignored = 0;
    this.#remember(project === null ? TOUR_STEPS[to]! : `${TOUR_STEPS[to]!} ${project}`);
  }

  #remember(value: string): void {
    this.#isSeen = true;
    try {
      this.#storage.setItem(KEY, value);
    } catch {
      // A full or forbidden storage costs the memory between visits and nothing else.
    }
  }
}

/** The labeling screen, as far as deeds show in it. */
export interface Situation {
  readonly item: string | null;
  /** Zero-based place of the item in the queue. */
  readonly position: number;
  /** What is given for the item; another object after every edit. */
  readonly draft: object;
  /** Whether the draft differs from what was submitted. */
  readonly changed: boolean;
  /** Items that this person has answered. */
  readonly answered: number;
  /** What the panel beside the item shows; '' while it is folded. */
  readonly panel: string;
  readonly canRedo: boolean;
}

/** What a person did between two moments. */
export function deedsBetween(before: Situation, after: Situation): readonly Deed[] {
  const deeds: Deed[] = [];
  const isSame = before.item === after.item;
  if (isSame && after.changed && after.draft !== before.draft) deeds.push('edited');
  if (after.answered > before.answered) deeds.push('answered');
  if (after.panel !== before.panel) deeds.push('looked-up');
  const isEarlier = after.item !== null && before.item !== null && after.position < before.position;
  if (isEarlier || (after.canRedo && !before.canRedo)) deeds.push('went-back');
  return deeds;
}
