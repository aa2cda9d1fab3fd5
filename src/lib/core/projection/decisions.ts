import type { Standing } from '../log/roles';
import type { Verdicts } from '../workflow/stage';
import type { HistoryRecord } from './history';
import type { ValuesRef } from './value-pool';

/** The answers that an item had when a verdict was given: author -> values. */
type Given = ReadonlyMap<number, ValuesRef>;

interface Verdict {
  readonly author: number;
  readonly says: 'accepted' | 'rejected';
  readonly isExpert: boolean;
  /** Place in the item's history. */
  readonly at: number;
  readonly time: number;
  readonly on: Given;
}

/** What somebody said last of an item. */
export interface LastVerdict {
  readonly author: number;
  readonly says: 'accepted' | 'rejected';
  /** Milliseconds since the epoch, by their clock. */
  readonly time: number;
  /** Whether it is of the answers as they are now. */
  readonly isCurrent: boolean;
}

interface Decision extends Verdicts {
  readonly resolution: ValuesRef;
  /** Who is to answer anew, since what they said was rejected. */
  readonly sentBack: readonly number[];
  readonly verdicts: readonly LastVerdict[];
}

const UNDECIDED: Decision = { resolution: 0, expert: null, peer: null, sentBack: [], verdicts: [] };

/**
 * What people decided about items instead of their annotators.
 *
 * Of several resolutions the last in canonical order holds. A verdict holds for the answers that it was given on: an acceptance as long
 * as they are what they were, a rejection for everybody who has not answered since. `none` takes back the last verdict of
 * whoever says it, so that the one before it holds again, if it would have. Of reviewers and owners the last word counts, and so it
 * does of annotators, who are heard where they did not annotate the item themselves.
 */
export class Decisions {
  readonly #byItem = new Map<number, Decision>();

  /** Whether anything was ever decided about the item: then its answers too change what holds. */
  has(item: number): boolean {
    return this.#byItem.has(item);
  }

  of(item: number): Decision {
    return this.#byItem.get(item) ?? UNDECIDED;
  }

  /** Items that an author is to answer anew, some of which may be resolved. */
  sentBackTo(author: number): number[] {
    return [...this.#byItem].flatMap(([item, { sentBack }]) => (sentBack.includes(author) ? item : []));
  }

  /**
   * Reads an item's history again, after a decision or an answer was added to it.
   *
   * @param records in canonical order
   * @param standing of an author's commit
   */
  read(item: number, records: readonly HistoryRecord[], standing: (author: number, seq: number) => Standing): void {
    const answers = new Map<number, ValuesRef>();
    const answeredAt = new Map<number, number>();
    const verdicts = new Map<number, Verdict[]>();
    let resolution: ValuesRef = 0;
    for (const [at, { type, author, seq, time, values, text }] of records.entries()) {
      if (type === 'annotated') answers.set(author, values);
      else if (type === 'withdrawn' || type === 'skipped') answers.delete(author);
      else if (type === 'resolved') resolution = values;
      if (type === 'annotated' || type === 'withdrawn' || type === 'skipped') answeredAt.set(author, at);
      if (type !== 'reviewed') continue;
      const given = verdicts.get(author) ?? [];
      verdicts.set(author, given);
      const role = standing(author, seq);
      const isExpert = role === 'owner' || role === 'reviewer';
      if (text === 'accepted' || text === 'rejected')
        given.push({ author, says: text, isExpert, at, time, on: new Map(answers) });
      else given.pop();
    }
    const last = [...verdicts.values()].flatMap((given) => given.slice(-1)).sort((a, b) => a.at - b.at);
    const expert = last.findLast(({ isExpert }) => isExpert);
    const peer = last.findLast(({ isExpert, author, on }) => !isExpert && !answers.has(author) && isSame(on, answers));
    const sentBack =
      expert?.says === 'rejected'
        ? [...expert.on.keys()].filter((author) => answers.has(author) && answeredAt.get(author)! < expert.at)
        : [];
    this.#byItem.set(item, {
      ...{ resolution, sentBack },
      verdicts: last.map(({ author, says, time, on }) => ({ author, says, time, isCurrent: isSame(on, answers) })),
      ...{ expert: expert ? holding(expert, answers, sentBack) : null, peer: peer?.says ?? null },
    });
  }
}

function holding({ says, on }: Verdict, answers: Given, sentBack: readonly number[]): Verdicts['expert'] {
  if (says === 'accepted') return isSame(on, answers) ? 'accepted' : null;
  return sentBack.length > 0 ? 'rejected' : 'reworked';
}

const isSame = (a: Given, b: Given): boolean =>
  a.size === b.size && [...a].every(([author, values]) => b.get(author) === values);
