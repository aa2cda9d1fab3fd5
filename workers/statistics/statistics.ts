import { EMPTY_SCHEMA, type Schema } from '#core/model/schema';
import { ValuePool } from '#core/projection/value-pool';
import type { QualitySource } from '#core/quality/label-columns';
import type { QualityFigures, WholeQuality } from '#core/quality/quality-figures';
import { QualityRun } from '#core/quality/quality-run';
import { ValueReaders } from '#core/quality/value-readers';
import type { StatisticsApi, ValuesSince } from './api';

/** Computes the figures of one project, the newest labels first: whatever is begun ends what was under way. */
export class Statistics implements StatisticsApi {
  #values = new ValuePool(EMPTY_SCHEMA);
  #readers: ValueReaders | null = null;
  #run: QualityRun | null = null;

  figures(source: QualitySource, values: ValuesSince): Promise<QualityFigures> {
    if (values.from === 0) {
      this.#values = new ValuePool(EMPTY_SCHEMA);
      this.#readers = null;
    }
    for (const rows of values.rows) this.#values.append(rows);
    this.#run = new QualityRun(source, this.#readersOf(source.schema));
    return Promise.resolve(this.#run.figures());
  }

  /** What was read of values goes on to hold while the schema is the same. */
  #readersOf(schema: Schema): ValueReaders {
    const isKnown = this.#readers !== null && JSON.stringify(this.#readers.schema) === JSON.stringify(schema);
    if (isKnown) return this.#readers!;
    this.#values.schema = schema;
    this.#readers = new ValueReaders(schema, this.#values);
    return this.#readers;
  }

  async rest(): Promise<WholeQuality | null> {
    const run = this.#run;
    if (!run) return null;
    const rest = run.rest();
    for (;;) {
      const { done, value } = rest.next();
      if (done) return value;
      await othersFirst();
      if (this.#run !== run) return null;
    }
  }
}

/** Settles after everything that is waiting now. */
async function othersFirst(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  port1.close();
}
