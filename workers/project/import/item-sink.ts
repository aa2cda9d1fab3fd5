import { fault, type ConcordError } from '#core/errors';
import type { LogEvent, Prediction } from '#core/log/events';
import { CHUNK_ITEMS, encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import type { Hash, ItemId } from '#core/model/ids';
import { itemId, type ItemRecord } from '#core/model/item';
import { encodePredictions } from '#core/model/prediction-chunk';
import { NO_ANSWER } from '#core/projection/answers';
import { err, ok, type Result } from '#core/result';
import type { StoredBlob } from '#io/storage/project-store';
import type { ImportPlan } from '../api';
import type { Session } from '../session';
import type { FoundItem } from './found';
import { LabelClasses } from './label-classes';

/** Image bytes that go into one transaction. */
const BATCH_BYTES = 32 << 20;

/**
 * Takes found items into the project, a batch at a time: each batch is one transaction of its chunk, its files and the
 * commit that announces them, so that whatever ends the import ends it between two batches.
 */
export class ItemSink {
  readonly #session: Session;
  readonly #plan: ImportPlan;
  readonly #classes: LabelClasses;
  readonly #onIssue: (issue: ConcordError) => void;
  /** Every item of this import, with its labels, for duplicates that contradict each other. */
  readonly #seen = new Map<ItemId, string>();

  #records: ItemRecord[] = [];
  #ids: ItemId[] = [];
  #blobs = new Map<Hash, StoredBlob>();
  #bytes = 0;
  /** Labels by item, to be read as values when the batch is stored. */
  #labels = new Map<ItemId, readonly string[]>();

  added = 0;
  duplicates = 0;
  labelled = 0;
  /** Of the items added. */
  readonly kinds = new Set<'texts' | 'images'>();
  /** Bytes of the files that were stored. */
  storedBytes = 0;

  constructor(session: Session, plan: ImportPlan, onIssue: (issue: ConcordError) => void) {
    this.#session = session;
    this.#plan = plan;
    this.#classes = new LabelClasses(() => session.projection.schema, plan.labelField, onIssue);
    this.#onIssue = onIssue;
  }

  get newClasses(): number {
    return this.#classes.added;
  }

  async add(found: FoundItem): Promise<Result<null>> {
    const id = itemId(found.record.data);
    const labels = found.labels.join('\n');
    const former = this.#seen.get(id);
    const known = this.#session.projection.findSettled(id);
    if (former === undefined) this.#seen.set(id, labels);
    if (former !== undefined || known >= 0) this.duplicates++;
    else this.added++;
    if (former !== undefined && former !== labels) {
      this.#onIssue(fault('import.contradiction', found.path, { labels: found.labels, former: former.split('\n') }));
    }
    if (known < 0 || !(await this.#hasSource(known, found.record))) {
      this.#records.push(found.record);
      this.#ids.push(id);
    }
    if (found.blob && former === undefined && known < 0) {
      this.#blobs.set(found.blob.hash, found.blob);
      this.#bytes += found.blob.blob.size;
    }
    if (former === undefined) this.#label(id, known, found.labels);
    const isFull =
      this.#records.length >= CHUNK_ITEMS || this.#labels.size >= CHUNK_ITEMS || this.#bytes >= BATCH_BYTES;
    return isFull ? this.flush() : ok(null);
  }

  /** Makes durable what was added since. */
  async flush(): Promise<Result<null>> {
    const [records, ids, blobs, labels] = [this.#records, this.#ids, [...this.#blobs.values()], this.#labels];
    this.#records = [];
    this.#ids = [];
    this.#blobs = new Map();
    this.#bytes = 0;
    this.#labels = new Map();
    if (records.length === 0 && labels.size === 0) return ok(null);

    const { projection } = this.#session;
    const events: LogEvent[] = [];
    const chunks: { hash: Hash; bytes: Uint8Array }[] = [];
    const addChunk = (bytes: Uint8Array): Hash => {
      const hash = hashOf(bytes);
      chunks.push({ hash, bytes });
      return hash;
    };
    const schema = this.#classes.add([...labels.values()].flat());
    if (schema) events.push({ type: 'schema.changed', schema });
    const labelled = [...labels].flatMap(([item, names]): Prediction[] => {
      const values = this.#classes.values(names);
      return values ? [{ item, values, confidence: null }] : [];
    });
    const items = records.length > 0 ? addChunk(encodeChunk(records)) : null;
    if (items !== null) events.push({ type: 'items.added', chunk: items, count: records.length });
    let predictions: Hash | null = null;
    if (this.#plan.labelsAs === 'predictions') {
      if (labelled.length > 0) {
        predictions = addChunk(encodePredictions(labelled));
        events.push({ type: 'predictions.published', model: 'import', chunk: predictions });
      }
    } else {
      const version = this.#classes.version;
      for (const { item, values } of labelled) {
        events.push({ type: 'annotation.submitted', item, values, schema: version, leadMs: 0, from: 'import' });
      }
    }
    const stored = await this.#session.append(() => events, { chunks, blobs });
    if (!stored.ok) return stored;
    for (const { data } of records) this.kinds.add(data.kind === 'text' ? 'texts' : 'images');
    this.storedBytes += blobs.reduce((sum, { blob }) => sum + blob.size, 0);
    if (items !== null) projection.addChunk(items, ids);
    if (predictions !== null) projection.addPredictions(predictions, labelled);
    this.labelled += labelled.length;
    return stored;
  }

  #label(id: ItemId, known: number, labels: readonly string[]): void {
    if (labels.length === 0) return;
    const { projection, author } = this.#session;
    // What a person has said already is not overwritten by a file.
    if (known >= 0 && projection.answer(known, author).kind !== NO_ANSWER) return;
    this.#labels.set(id, labels);
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
export async function drain(
  signal: AbortSignal,
  items: AsyncIterable<FoundItem>,
  sink: ItemSink,
): Promise<Result<null>> {
  for await (const item of items) {
    if (signal.aborted) return err(fault('cancelled', ''));
    const added = await sink.add(item);
    if (!added.ok) return added;
  }
  return sink.flush();
}
