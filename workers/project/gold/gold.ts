import { projectValues } from '#core/fields/values';
import type { Cryptography, DecryptionKey } from '#core/gold/cryptography';
import { KnownAnswers } from '#core/gold/known-answers';
import { sealKey } from '#core/gold/sealing';
import { equalBytes } from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import type { Values } from '#core/model/annotation';
import type { AuthorId, ItemId } from '#core/model/ids';
import type { Schema } from '#core/model/schema';
import type { ControlFact } from '#core/projection/control';
import { ok, type Result } from '#core/result';
import { isBelowBar } from '#core/workflow/gold-answers';
import type { PeersView } from '../api';
import type { Session } from '../session';
import { accuracyOf, type GoldAccuracy } from './accuracy';
import { Dealing } from './dealing';
import { readersOf } from './readers';

/** What gold needs beside the session. */
interface GoldDevice {
  /** What others encrypt to this device with; made on first use. */
  readonly key: () => Promise<DecryptionKey>;
  readonly cryptography: Cryptography;
  readonly peers: () => Pick<PeersView, 'present' | 'connected' | 'behind'>;
  /** Calls back after so many milliseconds; gives what ends that. */
  readonly later: (work: () => void, ms: number) => () => void;
}

/** After the last change, until it is looked at: labels come in many times a second. */
const LOOK_MS = 300;
/** How long each device waits for the one before it to do what one of them has to. */
const TURN_MS = 10_000;

/**
 * The known answers of the open project, as far as this device may read them, and what an owner's or a reviewer's device does about
 * them by itself: it publishes what others encrypt to it with, shares keys with those who became readers later, and pauses
 * annotators whose answers fall below the bar.
 *
 * Of several such devices that are there, the one whose author's id comes first does it at once, the second after ten seconds if it is
 * still to be done, and so on. Whatever is done twice does no harm.
 */
export class Gold {
  readonly session: Session;
  readonly dealing: Dealing;
  readonly #device: GoldDevice;
  readonly #forget: () => void;
  #known: KnownAnswers | null = null;
  #read: readonly ControlFact[] = [];
  /** What was found to be done, and when first, milliseconds since the epoch. */
  #found = new Map<string, number>();
  #rows: {
    readonly of: ReadonlyMap<ItemId, Values>;
    readonly schema: Schema;
    rows: ReadonlyMap<number, Values>;
  } | null = null;
  #unlook: (() => void) | null = null;
  #looking: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(session: Session, device: GoldDevice) {
    this.session = session;
    this.dealing = new Dealing(session);
    this.#device = device;
    this.#forget = session.onChange(() => {
      this.#lookIn(LOOK_MS);
    });
    this.#lookIn(LOOK_MS);
  }

  get cryptography(): Cryptography {
    return this.#device.cryptography;
  }

  /** Row of the item -> its known answer, as it reads now; empty where this device cannot read any. */
  get answers(): ReadonlyMap<number, Values> {
    const { projection } = this.session;
    const of = this.#mayRead ? (this.#known?.answers ?? NOTHING) : NOTHING;
    const { schema } = projection;
    if (this.#rows?.of !== of || this.#rows.schema !== schema) {
      const rows = new Map<number, Values>();
      for (const [id, values] of of) {
        const item = projection.find(id);
        if (item >= 0) rows.set(item, projectValues(values, schema));
      }
      this.#rows = { of, schema, rows };
    }
    return this.#rows.rows;
  }

  /** Whether all known answers of the project can be read here. */
  get isReadable(): boolean {
    return this.#mayRead && (this.#known?.isReadable ?? this.session.projection.control.gold.length === 0);
  }

  /** Sealed answers that this device was given a key of, and that the key does not open. */
  get ignored(): readonly ControlFact[] {
    return this.#known?.ignored ?? [];
  }

  get accuracy(): GoldAccuracy {
    return accuracyOf(this.session.projection, this.answers);
  }

  /** Reads what the log holds by now. */
  async read(): Promise<void> {
    const { projection, author, id } = this.session;
    const { gold } = projection.control;
    if (!this.#mayRead || (gold.length === 0 && this.#known === null)) return;
    this.#known ??= new KnownAnswers({ project: id, me: author }, await this.#device.key(), this.cryptography);
    if (gold.length === this.#read.length && gold.every((fact, at) => fact === this.#read[at])) return;
    await this.#known.read(gold);
    this.#read = gold;
    this.session.announce();
  }

  /** Publishes what others encrypt to this device with, where that is not done yet. */
  async publishKey(): Promise<Result<null>> {
    const { publicKey } = await this.#device.key();
    const known = this.session.projection.control.keys.get(this.session.author);
    if (known && equalBytes(known, publicKey)) return ok(null);
    return this.session.append(() => [{ type: 'key.published', key: publicKey }]);
  }

  /**
   * Does what a reader's device does by itself.
   *
   * @param now milliseconds since the epoch by this device's clock
   */
  look(now: number): Promise<void> {
    this.#looking = this.#looking.catch(() => undefined).then(() => this.#look(now));
    return this.#looking;
  }

  close(): void {
    this.#isClosed = true;
    this.#unlook?.();
    this.#forget();
  }

  get #mayRead(): boolean {
    const { role } = this.session;
    return role === 'owner' || role === 'reviewer';
  }

  async #look(now: number): Promise<void> {
    if (this.#isClosed || !this.#mayRead) return;
    const { projection } = this.session;
    const isUsed = projection.control.gold.length > 0;
    if (!isUsed && !hasOtherReaders(this.session)) return;
    await this.publishKey();
    if (!isUsed) return;
    await this.read();
    const { connected, behind } = this.#device.peers();
    // Somebody may have been let go on, or given a key, in what is still on its way.
    if (connected > 0 && behind.commits > 0) return;
    const todo = [...(await this.#toShare()), ...this.#toPause()];
    const seen = new Map(todo.map(({ name }) => [name, this.#found.get(name) ?? now]));
    this.#found = seen;
    const due = todo.filter(({ name }) => now - seen.get(name)! >= this.#place * TURN_MS);
    if (due.length > 0) await this.session.append(() => due.map(({ event }) => event));
    if (due.length < todo.length) this.#lookIn(TURN_MS);
    if (due.length > 0) this.session.tell();
  }

  /** How many who may do the same are there and come first. */
  get #place(): number {
    const { author } = this.session;
    const before = new Set<AuthorId>();
    for (const { author: other, role } of this.#device.peers().present)
      if ((role === 'owner' || role === 'reviewer') && other < author) before.add(other);
    return before.size;
  }

  async #toShare(): Promise<ToDo[]> {
    const { projection, id } = this.session;
    const lacking = this.#known?.lacking(readersOf(projection)) ?? [];
    return Promise.all(
      lacking.map(async ({ of, contentKey, readers }) => {
        const keys = await sealKey(contentKey, { project: id, of }, readers, this.cryptography);
        const names = readers.map(({ author }) => author).join(' ');
        return { name: `share ${of} ${names}`, event: { type: 'gold.shared', of, keys } as const };
      }),
    );
  }

  #toPause(): ToDo[] {
    const { settings, control } = this.session.projection;
    return [...this.accuracy.byAuthor].flatMap(([author, accuracy]) => {
      if (control.paused.has(author) || !isBelowBar(accuracy, settings.gold)) return [];
      const reason = `${accuracy.right} of ${accuracy.of} known answers were right`;
      return [{ name: `pause ${author}`, event: { type: 'member.paused', author, reason } as const }];
    });
  }

  #lookIn(ms: number): void {
    if (this.#unlook !== null || this.#isClosed) return;
    this.#unlook = this.#device.later(() => {
      this.#unlook = null;
      // What fails, on a full disk for one, is tried after the next change.
      this.look(Date.now()).catch(() => undefined);
    }, ms);
  }
}

/** Something that one device has to do. */
interface ToDo {
  readonly name: string;
  readonly event: LogEvent;
}

const NOTHING: ReadonlyMap<ItemId, Values> = new Map();

/** Whether anybody else may seal answers to this person, or set some. */
function hasOtherReaders({ projection, author }: Session): boolean {
  return projection.members.some((member) => {
    const standing = projection.standing(member);
    return member !== author && (standing === 'owner' || standing === 'reviewer');
  });
}
