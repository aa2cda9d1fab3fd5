import { fault } from '#core/errors';
import type { AuthorId } from '#core/model/ids';
import type { Message, Reach } from '#core/peers/messages';
import { err } from '#core/result';
import { fitsWindow } from './log-pump';
import type { Replica } from './replica';
import type { SharedLogs } from './shared-logs';
import { readSlice, type Slice } from './slice';

/** What is taken in turn: what one says of logs hangs on what was said before it. */
export type LogMessage = Extract<Message, { type: 'heads' | 'update' | 'fork' }>;

/** Who hears what came of it. */
export interface IntakeListener {
  send(message: Message): void;
  /** How far the logs go, as this link is told. */
  readonly reaches: readonly Reach[];
  /** Calls back after so many milliseconds. */
  later(ms: number, work: () => void): void;
  heads(message: Extract<Message, { type: 'heads' }>): void;
  /** What is being taken, which they have, so that it is not sent back to them as it comes in here; null: nothing. */
  taking(slice: Slice | null): void;
  /** They sent commits up to here, and these are in our log. */
  received(author: AuthorId, length: number): void;
  /** They hold proof of a fork; `isNews`: which this device had not. */
  fork(message: Extract<Message, { type: 'fork' }>, isNews: boolean): void;
  /** An update was refused: no honest peer sends such a one. */
  refused(code: string): void;
  /** An update brought nothing that was not here. */
  repeated(): void;
}

/** Milliseconds after which a device that could not store asks again, at first and at most. */
const RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

/**
 * Takes what the other side of a link sends of logs: one message at a time, and no more of them waiting than a sender may have
 * under way.
 *
 * When an update could not be taken, those behind it cannot be either, as they continue it. Then a new *round* begins: what was sent
 * in earlier ones is passed over, and new heads say what is really here.
 */
export class LogIntake {
  readonly #replica: Replica;
  readonly #logs: SharedLogs;
  readonly #on: IntakeListener;
  #round = 0;
  readonly #waiting: LogMessage[] = [];
  #updates = 0;
  #bytes = 0;
  #isTaking = false;
  #retry = RETRY_MS;
  #isClosed = false;

  constructor(replica: Replica, logs: SharedLogs, on: IntakeListener) {
    this.#replica = replica;
    this.#logs = logs;
    this.#on = on;
  }

  /** Of the heads that are to be sent. */
  get round(): number {
    return this.#round;
  }

  /** Whether everything that came was dealt with. */
  get isIdle(): boolean {
    return !this.#isTaking && this.#waiting.length === 0;
  }

  /** Takes a message in its turn; false where the sender has more under way than it may. */
  hear(message: LogMessage): boolean {
    if (message.type !== 'heads') {
      if (message.round !== this.#round) return message.round < this.#round;
      const bytes = sizeOf(message);
      if (!fitsWindow(this.#updates, this.#bytes, bytes)) return false;
      this.#updates++;
      this.#bytes += bytes;
    }
    this.#waiting.push(message);
    void this.#takeAll();
    return true;
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting.length = 0;
  }

  async #takeAll(): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    for (let message = this.#waiting.shift(); message; message = this.#waiting.shift()) {
      if (message.type === 'heads') this.#on.heads(message);
      else if (message.type === 'update') await this.#takeUpdate(message);
      else await this.#takeFork(message);
    }
    this.#isTaking = false;
  }

  async #takeUpdate(message: Extract<Message, { type: 'update' }>): Promise<void> {
    const slice = readSlice(message.update);
    this.#on.taking(slice);
    const taken = slice ? await this.#replica.take(message.update) : NO_SLICE;
    if (taken.ok) for (const { author, to } of taken.value.appended) this.#on.received(author, to);
    this.#on.taking(null);
    if (this.#isClosed || message.round !== this.#round) return;
    if (!taken.ok) {
      if (taken.error.code.startsWith('storage.')) {
        this.#beginRound(this.#retry);
        this.#retry = Math.min(2 * this.#retry, MAX_RETRY_MS);
      } else {
        this.#beginRound(0);
        this.#on.refused(taken.error.code);
      }
      return;
    }
    this.#retry = RETRY_MS;
    const { appended, forks } = taken.value;
    for (const evidence of forks) this.#on.fork({ type: 'fork', round: message.round, evidence }, true);
    // What follows in that log is of the other branch, and would be refused.
    if (forks.length > 0) this.#beginRound(0);
    else {
      if (appended.length === 0) this.#on.repeated();
      this.#dealtWith(message);
    }
  }

  async #takeFork(message: Extract<Message, { type: 'fork' }>): Promise<void> {
    const isNews = this.#logs.isNews(message.evidence) && (await this.#replica.takeFork(message.evidence));
    if (this.#isClosed || message.round !== this.#round) return;
    if (!isNews && this.#logs.isNews(message.evidence)) {
      this.#beginRound(0);
      this.#on.refused('fork');
      return;
    }
    this.#on.fork(message, isNews);
    this.#dealtWith(message);
  }

  #dealtWith(message: Exclude<LogMessage, { type: 'heads' }>): void {
    this.#updates--;
    this.#bytes -= sizeOf(message);
    this.#on.send({ type: 'taken', round: message.round });
  }

  /** Passes over all that is under way, and says after so long what is really here. */
  #beginRound(after: number): void {
    this.#round++;
    this.#updates = 0;
    this.#bytes = 0;
    const heads = this.#waiting.filter(({ type }) => type === 'heads');
    this.#waiting.splice(0, this.#waiting.length, ...heads);
    const round = this.#round;
    this.#on.later(after, () => {
      if (!this.#isClosed && round === this.#round) this.#on.send({ type: 'heads', round, heads: this.#on.reaches });
    });
  }
}

const sizeOf = (message: Exclude<LogMessage, { type: 'heads' }>): number =>
  message.type === 'update' ? message.update.length : message.evidence.a.length + message.evidence.b.length;

const NO_SLICE = err(fault('update.refused', '', { reason: 'it is not of one log, or too large' }));
