import { ANNOTATION, NO_ANSWER } from '#core/projection/answers';
import type { Projection } from '#core/projection/projection';
import { askedAgain, dealtAt, orderedFor, TURNS_BETWEEN } from '#core/workflow/gold-dealing';
import { practiceLeft } from '#core/workflow/gold-practice';
import type { Submission } from '../api';
import type { Session } from '../session';
import { OwnAnswers } from './own-answers';
import { practiceFor, type PracticeStanding } from './practice';

/** An item that somebody is to take next. */
export interface Dealt {
  readonly item: number;
  /** How often they annotated it before, where they are asked once more and not shown what they said; else 0. */
  readonly asked: number;
}

/**
 * What this person takes next: their ordinary items, among them at unpredictable places those that everybody is asked and those that
 * they are asked again (`core/workflow/gold-dealing`); before all of these, items to practise on. Nothing while they are paused.
 *
 * In a project that uses none of this, it looks at three settings and gives the ordinary items.
 */
export class Dealing {
  readonly #session: Pick<Session, 'projection' | 'author'>;
  readonly #own: OwnAnswers;
  #probes: { readonly key: string; readonly of: Projection; readonly items: readonly number[] } | null = null;

  constructor(session: Pick<Session, 'projection' | 'author'>) {
    this.#session = session;
    this.#own = new OwnAnswers(session.author);
  }

  /** The item that this person annotated last; null before the first. */
  get lastAnnotated(): number | null {
    return this.#own.follow(this.#session.projection).last;
  }

  /**
   * @param from the row on the screen, or answered just now; -1: none
   * @param ordinary gives up to so many rows of ordinary items
   */
  next(from: number, count: number, ordinary: (count: number) => readonly number[]): Dealt[] {
    const { projection, author } = this.#session;
    if (projection.control.paused.has(author)) return [];
    const practice = practiceFor(projection, author);
    if (practice && !practice.practice.isPassed) return this.#toPractise(practice, from).slice(0, count);
    if (!this.#isMixed) return ordinary(count).map(asOrdinary);
    return this.#mixed(from, count, ordinary(count));
  }

  /** How often this person annotated an item that they are to take now without seeing what they said; else 0. */
  asked(item: number): number {
    const { projection, author } = this.#session;
    if (projection.answer(item, author).kind !== ANNOTATION) return 0;
    const practice = practiceFor(projection, author);
    if (practice && !practice.practice.isPassed)
      return this.#toPractise(practice, -1).find((dealt) => dealt.item === item)?.asked ?? 0;
    return this.#isMixed && this.#again(this.#own.follow(projection).turn) === item ? this.#timesAnnotated(item) : 0;
  }

  /**
   * Whether this person is to know nothing of what others said of the item, nor that anybody did: they have not answered it, and
   * among what they are dealt are items of which that would tell that everybody is asked them.
   */
  isBlind(item: number): boolean {
    const { projection, author } = this.#session;
    if (projection.control.dealt.probe.length === 0 || projection.standing(author) !== 'annotator') return false;
    return projection.answer(item, author).kind === NO_ANSWER;
  }

  /** What a submission is of: whoever practises tries again, and is no measure of agreeing with themselves. */
  said(submission: Submission): Submission {
    const isPractice = this.#session.projection.control.dealt.practice.includes(submission.item);
    return submission.from === 'again' && isPractice ? { ...submission, from: 'person' } : submission;
  }

  get #isMixed(): boolean {
    const { gold } = this.#session.projection.settings;
    return gold.again > 0 || (gold.rate > 0 && this.#probeItems.length > 0);
  }

  /** Rows of the items that everybody is asked, in this person's order; none for owners and reviewers, who may know the answers. */
  get #probeItems(): readonly number[] {
    const { projection, author } = this.#session;
    const { probe } = projection.control.dealt;
    if (probe.length === 0 || projection.standing(author) !== 'annotator') return [];
    const key = `${probe.length} ${projection.order.length}`;
    if (this.#probes?.of !== projection || this.#probes.key !== key) {
      const items = probe.map((id) => projection.find(id)).filter((item) => item >= 0);
      const order = orderedFor(author, items, (item) => projection.idBits(item));
      this.#probes = { key, of: projection, items: order };
    }
    return this.#probes.items;
  }

  #mixed(from: number, count: number, ordinary: readonly number[]): Dealt[] {
    const { projection, author } = this.#session;
    const { gold } = projection.settings;
    const own = this.#own.follow(projection);
    const shares = { rate: this.#probeItems.length > 0 ? gold.rate : 0, again: gold.again };
    const taken = new Set([from]);
    const dealt: Dealt[] = [];
    const take = (item: number | null, asked: number): boolean => {
      if (item === null || taken.has(item)) return false;
      taken.add(item);
      dealt.push({ item, asked });
      return true;
    };
    let turn = own.turn + (this.#takesTurn(from, own.turn) ? 1 : 0);
    for (let next = 0; dealt.length < count && next < ordinary.length; turn++) {
      const as = dealtAt(author, turn, shares);
      if (as === 'probe' && take(this.#probe(taken), 0)) continue;
      if (as === 'again') {
        const item = this.#again(turn, taken);
        if (item !== null && take(item, this.#timesAnnotated(item))) continue;
      }
      while (next < ordinary.length && !take(ordinary[next++]!, 0));
    }
    return dealt;
  }

  /** Whether the item on the screen is still to be taken, so that what follows belongs to the next turn. */
  #takesTurn(item: number, turn: number): boolean {
    if (item < 0) return false;
    const { projection, author } = this.#session;
    return projection.answer(item, author).kind === NO_ANSWER || this.#again(turn) === item;
  }

  #probe(taken: ReadonlySet<number>): number | null {
    const { projection, author } = this.#session;
    const isLeft = (item: number) =>
      !taken.has(item) && projection.position(item) >= 0 && projection.answer(item, author).kind === NO_ANSWER;
    return this.#probeItems.find(isLeft) ?? null;
  }

  /** Which item this person is asked again at the turn; null where that turn is for something else, or there is none. */
  #again(turn: number, taken: ReadonlySet<number> = NONE): number | null {
    const { projection, author } = this.#session;
    const { gold } = projection.settings;
    const shares = { rate: this.#probeItems.length > 0 ? gold.rate : 0, again: gold.again };
    if (gold.again === 0 || dealtAt(author, turn, shares) !== 'again') return null;
    const own = this.#own;
    const { disclosed } = projection.control;
    return askedAgain(
      author,
      turn,
      own.items,
      (item) =>
        turn - (own.lastTurn(item) ?? turn) >= TURNS_BETWEEN &&
        !taken.has(item) &&
        !own.wasAskedAgain(item) &&
        projection.position(item) >= 0 &&
        projection.answer(item, author).kind === ANNOTATION &&
        projection.resolution(item) === 0 &&
        !disclosed.has(projection.id(item)),
    );
  }

  #toPractise({ practice, settings, items }: PracticeStanding, from: number): Dealt[] {
    const { projection, author } = this.#session;
    const order = orderedFor(author, items, (item) => projection.idBits(item));
    return practiceLeft(practice, order, settings)
      .filter((item) => item !== from)
      .map((item) => ({ item, asked: this.#timesAnnotated(item) }));
  }

  #timesAnnotated(item: number): number {
    const { projection, author } = this.#session;
    return projection
      .historyOf(item)
      .filter(({ type, author: by }) => type === 'annotated' && projection.author(by) === author).length;
  }
}

const NONE: ReadonlySet<number> = new Set();

const asOrdinary = (item: number): Dealt => ({ item, asked: 0 });
