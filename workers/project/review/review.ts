import type { ItemQueries } from '../item-query';
import type { Quality } from '../quality/quality';
import type { Session } from '../session';
import type { ReviewFilter, ReviewPage, ReviewRequest, ReviewRow } from './api';
import { reviewQueue } from './queue';
import { whyOf } from './why';

interface Queue {
  readonly number: number;
  readonly filter: string;
  readonly items: Uint32Array;
}

/**
 * The queue that a person works through. It stays as it was drawn up while they decide, so that what they decided on does
 * not jump from under them; drawn up anew it holds what is left.
 */
export class Review {
  readonly #session: Session;
  readonly #queries: ItemQueries;
  readonly #quality: Quality;
  #queue: Queue = { number: 0, filter: '', items: new Uint32Array(0) };

  constructor(session: Session, queries: ItemQueries, quality: Quality) {
    this.#session = session;
    this.#queries = queries;
    this.#quality = quality;
  }

  async page({ filter, queue, from, count }: ReviewRequest): Promise<ReviewPage> {
    if (queue === null || queue !== this.#queue.number || JSON.stringify(filter) !== this.#queue.filter) {
      await this.#session.idle();
      this.#drawUp(filter);
    }
    const { number, items } = this.#queue;
    const rows = await Promise.all(Array.from(items.subarray(from, from + count), (item) => this.#row(item)));
    return { queue: number, total: items.length, rows };
  }

  #drawUp(filter: ReviewFilter): void {
    const { projection, author, role } = this.#session;
    const reviewer = { author, isExpert: role === 'owner' || role === 'reviewer' };
    const items = reviewQueue(projection, this.#quality, filter, reviewer);
    this.#queue = { number: this.#queue.number + 1, filter: JSON.stringify(filter), items };
  }

  async #row(item: number): Promise<ReviewRow> {
    const { projection } = this.#session;
    const [row] = await this.#queries.rowsOf([item]);
    const { id, name, excerpt, status, annotations } = row!;
    const [agreement, confidence] = [projection.agreement(item), projection.confidence(item)];
    return {
      ...{ item: id, name, excerpt, status, annotations },
      agreement: Number.isNaN(agreement) ? null : agreement,
      confidence: Number.isNaN(confidence) ? null : confidence,
      why: whyOf(projection, item, this.#quality.suspects.get(item))[0] ?? '',
    };
  }
}
