import type { ControlFact } from '../projection/control';
import { hashOf } from '../model/hash';
import type { Values } from '../model/annotation';
import type { AuthorId, Hash, ItemId, ProjectId } from '../model/ids';
import type { SealedAnswer } from './answer-codec';
import type { Cryptography, DecryptionKey } from './cryptography';
import { open, openKey, type Reader } from './sealing';

/** A `gold.set` whose answers could be read. */
interface Opened {
  readonly contentKey: Uint8Array;
  readonly answers: readonly SealedAnswer[];
}

/** A `gold.set`, by the hash of what is sealed in it, with everybody whom its key was sealed to. */
interface Sealed {
  readonly of: Hash;
  readonly fact: ControlFact;
  readonly readers: ReadonlySet<AuthorId>;
}

/** A key that is to be shared with whoever became an owner or a reviewer after it was sealed. */
interface ToShare {
  readonly of: Hash;
  readonly contentKey: Uint8Array;
  readonly readers: readonly Reader[];
}

/**
 * What items are known to be, as far as one reader can open what the log holds. Each `gold.set` is opened once; of answers to the
 * same item the last in canonical order holds.
 */
export class KnownAnswers {
  readonly #place: { readonly project: ProjectId; readonly me: AuthorId };
  readonly #mine: DecryptionKey;
  readonly #cryptography: Cryptography;
  /** By the fact: the same bytes under another author's name are another matter. `null`: they cannot be opened by a key that is here. */
  readonly #opened = new Map<string, Opened | null>();
  /** Keys that were tried, each once. */
  readonly #tried = new Set<string>();
  #sealed: readonly Sealed[] = [];
  #answers: ReadonlyMap<ItemId, Values> = new Map();
  #ignored: readonly ControlFact[] = [];
  readonly #hashes = new Map<string, Hash>();

  constructor(
    place: { readonly project: ProjectId; readonly me: AuthorId },
    mine: DecryptionKey,
    cryptography: Cryptography,
  ) {
    this.#place = place;
    this.#mine = mine;
    this.#cryptography = cryptography;
  }

  /** The item -> what it is known to be. */
  get answers(): ReadonlyMap<ItemId, Values> {
    return this.#answers;
  }

  /** What was sealed to this reader and cannot be opened: it was changed, or was never what it says. */
  get ignored(): readonly ControlFact[] {
    return this.#ignored;
  }

  /** Whether everything that counts could be opened, or is ignored. */
  get isReadable(): boolean {
    return this.#sealed.every(({ fact }) => this.#opened.has(placeOf(fact)));
  }

  /**
   * Takes in what the log holds now.
   *
   * @param facts `gold.set` and `gold.shared` that count, in canonical order
   */
  async read(facts: readonly ControlFact[]): Promise<void> {
    const sealed: Sealed[] = [];
    const keysOf = new Map<Hash, { readonly keys: ControlFact[]; readonly readers: Set<AuthorId> }>();
    for (const fact of facts) {
      const { event } = fact;
      if (event.type !== 'gold.set' && event.type !== 'gold.shared') continue;
      const of = event.type === 'gold.set' ? this.#hashOf(fact, event.sealed) : event.of;
      const known = keysOf.get(of) ?? { keys: [], readers: new Set<AuthorId>() };
      keysOf.set(of, known);
      known.keys.push(fact);
      for (const { author } of event.keys) known.readers.add(author);
      if (event.type === 'gold.set') sealed.push({ of, fact, readers: known.readers });
    }
    for (const { of, fact } of sealed) await this.#openBy(keysOf.get(of)?.keys ?? [], of, fact);
    this.#sealed = sealed;
    this.#ignored = sealed.flatMap(({ fact }) => (this.#opened.get(placeOf(fact)) === null ? [fact] : []));
    this.#answers = this.#standing();
  }

  /** The keys that these readers lack, and that are known here. */
  lacking(readers: readonly Reader[]): ToShare[] {
    const found = new Map<Hash, ToShare>();
    for (const { of, fact, readers: had } of this.#sealed) {
      const opened = this.#opened.get(placeOf(fact));
      const lacking = readers.filter(({ author }) => !had.has(author));
      if (opened && lacking.length > 0) found.set(of, { of, contentKey: opened.contentKey, readers: lacking });
    }
    return [...found.values()];
  }

  /** Tries the keys that were sealed to this reader, each once, until one opens it. */
  async #openBy(keys: readonly ControlFact[], of: Hash, fact: ControlFact): Promise<void> {
    const { event } = fact;
    if (event.type !== 'gold.set') return;
    const { project, me } = this.#place;
    for (const holder of keys) {
      if (this.#opened.get(placeOf(fact))) return;
      const attempt = `${placeOf(fact)} ${placeOf(holder)}`;
      if (this.#tried.has(attempt)) continue;
      this.#tried.add(attempt);
      const sealedKeys = 'keys' in holder.event ? holder.event.keys : [];
      for (const sealedKey of sealedKeys) {
        if (sealedKey.author !== me) continue;
        const contentKey = await openKey(sealedKey, { project, of }, this.#mine, this.#cryptography);
        const answers =
          contentKey && (await open(event.sealed, contentKey, { project, author: fact.author }, this.#cryptography));
        this.#opened.set(placeOf(fact), answers ? { contentKey, answers } : null);
      }
    }
  }

  #standing(): ReadonlyMap<ItemId, Values> {
    const standing = new Map<ItemId, Values>();
    for (const { fact } of this.#sealed) {
      for (const { item, values } of this.#opened.get(placeOf(fact))?.answers ?? []) {
        if (values === null) standing.delete(item);
        else standing.set(item, values);
      }
    }
    return standing;
  }

  /** Up to a megabyte is hashed: once. */
  #hashOf(fact: ControlFact, sealed: Uint8Array): Hash {
    const place = placeOf(fact);
    const hash = this.#hashes.get(place) ?? hashOf(sealed);
    this.#hashes.set(place, hash);
    return hash;
  }
}

/** A fact's place in the logs: it never changes what stands there. */
const placeOf = ({ author, seq, index }: ControlFact): string => `${author} ${seq} ${index}`;
