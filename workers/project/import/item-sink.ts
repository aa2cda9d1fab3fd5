import { fault, type ConcordError } from '#core/errors';
import { extentOf } from '#core/fields/values';
import type { LogEvent, Prediction } from '#core/log/events';
import { CHUNK_ITEMS, encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import type { Hash, ItemId } from '#core/model/ids';
import { itemId, type ItemRecord } from '#core/model/item';
import { encodePredictions } from '#core/model/prediction-chunk';
import { NO_ANSWER } from '#core/projection/answers';
import { err, ok, type Result } from '#core/result';
import type { StoredBlob } from '#io/storage/project-store';
import type { Session } from '../session';
import type { AnswerReader, FoundItem } from './found';
import { SeenItems } from './seen-items';

/** Image bytes that go into one transaction. */
const BATCH_BYTES = 32 << 20;
/** Boxes and spans that do: as objects they take some 20 MB. */
const BATCH_VALUES = 100_000;

/** Hosts of images that are kept by name. */
const KEPT_HOSTS = 1_000;

/** What is to go into the next transaction. */
class Batch<Said> {
  readonly records: ItemRecord[] = [];
  readonly ids: ItemId[] = [];
  readonly blobs = new Map<Hash, StoredBlob>();
  /** What is said of which item, to be read as values when the batch is stored. */
  readonly said = new Map<ItemId, FoundItem<Said>>();
  bytes = 0;
  values = 0;

  get isEmpty(): boolean {
    return this.records.length === 0 && this.said.size === 0 && this.blobs.size === 0;
  }

  get isFull(): boolean {
    const items = Math.max(this.records.length, this.said.size);
    return items >= CHUNK_ITEMS || this.bytes >= BATCH_BYTES || this.values >= BATCH_VALUES;
  }
}

/**
 * Takes found items into the project, a batch at a time: each batch is one transaction of its chunk, its files and the
 * commit that announces them, so that whatever ends the import ends it between two batches.
 */
export class ItemSink<Said> {
  readonly #session: Session;
  readonly #reader: AnswerReader<Said>;
  readonly #onIssue: (issue: ConcordError) => void;
  readonly #seen = new SeenItems();
  #batch = new Batch<Said>();

  added = 0;
  duplicates = 0;
  labelled = 0;
  /** Items whose labels were left out, because this author has answered them. */
  kept = 0;
  /** Of the items added. */
  readonly kinds = new Set<'texts' | 'images'>();
  /** Of the addresses of images. */
  readonly imageHosts = new Set<string>();
  /** Bytes of the files that were stored. */
  storedBytes = 0;

  constructor(session: Session, reader: AnswerReader<Said>, onIssue: (issue: ConcordError) => void) {
    this.#session = session;
    this.#reader = reader;
    this.#onIssue = onIssue;
  }

  get newClasses(): number {
    return this.#reader.addedClasses;
  }

  async add(found: FoundItem<Said>): Promise<Result<null>> {
    const id = itemId(found.record.data);
    const words = this.#reader.words(found.said).join('\n');
    const former = this.#seen.get(id);
    const known = this.#session.projection.findSettled(id);
    const batch = this.#batch;
    if (former === undefined) this.#seen.add(id, words);
    if (former === undefined && known < 0) this.added++;
    else if (found.from === 'file') this.duplicates++;
    if (former !== undefined && former !== words) {
      const labels = { labels: words.split('\n'), former: former.split('\n') };
      this.#onIssue(fault('import.contradiction', found.path, labels));
    }
    if (known < 0 || !(await this.#hasSource(known, found.record))) {
      batch.records.push(found.record);
      batch.ids.push(id);
    }
    if (found.blob && former === undefined && (known < 0 || !(await this.#isOwn(found.blob.hash)))) {
      batch.blobs.set(found.blob.hash, found.blob);
      batch.bytes += found.blob.blob.size;
    }
    if (former === undefined) this.#label(id, known, found);
    return batch.isFull ? this.flush() : ok(null);
  }

  /** Makes durable what was added since. */
  async flush(): Promise<Result<null>> {
    const batch = this.#batch;
    if (batch.isEmpty) return ok(null);
    this.#batch = new Batch();

    const { projection } = this.#session;
    const events: LogEvent[] = [];
    const chunks: { hash: Hash; bytes: Uint8Array }[] = [];
    const addChunk = (bytes: Uint8Array): Hash => {
      const hash = hashOf(bytes);
      chunks.push({ hash, bytes });
      return hash;
    };
    const schema = this.#reader.prepare(Array.from(batch.said.values(), ({ said }) => said));
    if (schema) events.push({ type: 'schema.changed', schema });
    const { annotations, proposals, labelled } = this.#answers(batch.said);
    const items = batch.records.length > 0 ? addChunk(encodeChunk(batch.records)) : null;
    if (items !== null) events.push({ type: 'items.added', chunk: items, count: batch.records.length });
    const published = Array.from(proposals, ([model, predictions]) => {
      const chunk = addChunk(encodePredictions(predictions));
      events.push({ type: 'predictions.published', model, chunk });
      return { chunk, predictions };
    });
    events.push(...annotations);
    const blobs = [...batch.blobs.values()];
    // Without anything to say, only files came that an item lacked on this device.
    const stored =
      events.length > 0
        ? await this.#session.append(() => events, { chunks, blobs })
        : await this.#session.store.keep({ blobs });
    if (!stored.ok) return stored;
    for (const { data } of batch.records) {
      this.kinds.add(data.kind === 'text' ? 'texts' : 'images');
      if (data.kind === 'image-url' && this.imageHosts.size < KEPT_HOSTS) this.imageHosts.add(new URL(data.url).host);
    }
    this.storedBytes += blobs.reduce((sum, { blob }) => sum + blob.size, 0);
    if (items !== null) projection.addChunk(items, batch.ids);
    for (const { chunk, predictions } of published) projection.addPredictions(chunk, predictions);
    this.labelled += labelled;
    return stored;
  }

  #label(id: ItemId, known: number, found: FoundItem<Said>): void {
    if (!this.#reader.isSaid(found.said)) return;
    const { projection, author } = this.#session;
    // What a person has said already is not overwritten by a file.
    if (known >= 0 && projection.answer(known, author).kind !== NO_ANSWER) {
      this.kept++;
      return;
    }
    this.#batch.said.set(id, found);
    this.#batch.values += this.#reader.weight(found.said);
  }

  /** What is written down of each item; proposals by the model that makes them. */
  #answers(said: ReadonlyMap<ItemId, FoundItem<Said>>) {
    const annotations: LogEvent[] = [];
    const proposals = new Map<string, Prediction[]>();
    let labelled = 0;
    for (const [item, found] of said) {
      const answer = this.#reader.read(found.said, { extent: extentOf(found.record), path: found.path });
      if (answer.annotation || answer.proposals.length > 0) labelled++;
      for (const { model, values, confidence } of answer.proposals) {
        const batch = proposals.get(model) ?? [];
        batch.push({ item, values, confidence });
        proposals.set(model, batch);
      }
      if (!answer.annotation) continue;
      const { values, note } = answer.annotation;
      const by = { schema: this.#reader.version, leadMs: 0, from: 'import' } as const;
      annotations.push({ type: 'annotation.submitted', item, values, ...by, ...(note !== '' && { note }) });
    }
    return { annotations, proposals, labelled };
  }

  /** Whether a file is here, and not only because a peer gave it. */
  async #isOwn(hash: Hash): Promise<boolean> {
    const { store } = this.#session;
    const [here, fetched] = await Promise.all([store.has('blobs', [hash]), store.fetched.get(hash)]);
    return here.has(hash) && !fetched;
  }

  /** Whether the project knows the item from just there already, as when a file is imported again. */
  async #hasSource(known: number, record: ItemRecord): Promise<boolean> {
    const { sources } = await this.#session.reader.record(known);
    return record.sources.every(({ file, row }) =>
      sources.some((source) => source.file === file && source.row === row),
    );
  }
}

/** Feeds a sink from a reader, until the reader ends, storing fails, or the signal aborts; ends between two batches. */
export async function drain<Said>(
  signal: AbortSignal,
  items: AsyncIterable<FoundItem<Said>>,
  sink: ItemSink<Said>,
): Promise<Result<null>> {
  for await (const item of items) {
    if (signal.aborted) return err(fault('cancelled', ''));
    const added = await sink.add(item);
    if (!added.ok) return added;
  }
  return sink.flush();
}
