import { describe, expect, test } from 'vitest';
import type { Commit } from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';
import { hashOf } from '#core/model/hash';
import { itemId } from '#core/model/item';
import { Projection } from '#core/projection/projection';
import { SCHEMA } from '../support/schema';

const ITEMS = [1, 2, 3].map((n) => itemId({ kind: 'text', text: `text ${n}` }));
const CHUNK = hashOf(Uint8Array.of(1));
const [OWNER, SECOND] = [1, 2].map((n) => toBase32(new Uint8Array(32).fill(n))) as [string, string];

describe('consensus in the projection', () => {
  test('it stands in for what the annotations say together, and a resolution stands above it', () => {
    const { projection, label, row, apply } = project();
    expect(label(0)).toBe('bird');
    projection.setConsensus({ values: columns(projection, { 0: 'fish' }), confidence: Float32Array.of(0.9, NaN, NaN) });
    expect(label(0)).toBe('fish');
    expect(projection.confidence(row(0))).toBeCloseTo(0.9, 6);
    expect(projection.tally.classes()).toEqual({ label: { fish: 1, bird: 1 } });
    apply(OWNER, { type: 'item.resolved', item: ITEMS[0]!, values: { label: ['mammal'] } });
    expect(label(0)).toBe('mammal');
    projection.setConsensus(null);
    apply(OWNER, { type: 'item.resolved', item: ITEMS[0]!, values: null });
    expect(label(0)).toBe('bird');
  });

  test.each([
    [
      'another answer',
      { type: 'annotation.submitted', values: { label: ['bird'] }, schema: 1, leadMs: 1, from: 'person' },
    ],
    ['a withdrawal', { type: 'annotation.withdrawn' }],
    ['a skip', { type: 'item.skipped', leadMs: 1 }],
  ])('after %s the item has none until it is computed again', (_, event) => {
    const { projection, row, apply } = project();
    const values = columns(projection, { 0: 'fish', 1: 'fish' });
    projection.setConsensus({ values, confidence: Float32Array.of(0.9, 0.8, NaN) });
    apply(SECOND, { ...event, item: ITEMS[0]! } as LogEvent);
    expect(projection.consensus(row(0))).toBe(0);
    expect(projection.confidence(row(0))).toBeNaN();
    expect(projection.confidence(row(1))).toBeCloseTo(0.8, 6);
  });

  test('a comment leaves it as it is', () => {
    const { projection, row, apply } = project();
    projection.setConsensus({ values: columns(projection, { 0: 'fish' }), confidence: Float32Array.of(0.9) });
    apply(SECOND, { type: 'comment.added', item: ITEMS[0]!, text: 'Is it?' });
    expect(projection.confidence(row(0))).toBeCloseTo(0.9, 6);
  });

  test('while items are held none completes by itself; what a person decided stays', () => {
    const { projection, row, apply } = project();
    apply(OWNER, { type: 'item.resolved', item: ITEMS[1]!, values: { label: ['bird'] } });
    projection.hold(true);
    expect([0, 1, 2].map((at) => projection.status(row(at)))).toEqual(['in-review', 'completed', 'pending']);
    expect(projection.tally.statuses()).toMatchObject({ 'in-review': 1, completed: 1 });
    projection.hold(false);
    expect(projection.status(row(0))).toBe('completed');
    expect(projection.tally.statuses()).toMatchObject({ 'in-review': 0, completed: 2 });
  });
});

/** Three items; of the first two both people said that they are birds. */
function project() {
  const projection = new Projection(OWNER);
  let lamport = 0;
  const lengths = new Map<string, number>();
  const apply = (author: string, ...events: LogEvent[]) => {
    const seq = lengths.get(author) ?? 0;
    lengths.set(author, seq + 1);
    const commit: Commit = {
      seq,
      lamport: ++lamport,
      time: lamport,
      prev: new Uint8Array(32),
      sig: new Uint8Array(64),
      events,
    };
    projection.apply(author, commit);
  };
  const annotated = (at: number): LogEvent => ({
    ...{ type: 'annotation.submitted', item: ITEMS[at]!, values: { label: ['bird'] } },
    ...{ schema: 1, leadMs: 1_000, from: 'person' },
  });
  const recovery = new Uint8Array(32).fill(9);
  apply(OWNER, {
    ...{ type: 'project.founded', version: 1, name: 'Animals', founder: 'Ada' },
    ...{ recovery, nonce: new Uint8Array(16) },
  });
  apply(
    OWNER,
    { type: 'schema.changed', schema: SCHEMA },
    { type: 'settings.changed', settings: { minAnnotators: 2 } },
    { type: 'items.added', chunk: CHUNK, count: 3 },
    { type: 'member.changed', author: SECOND, role: 'annotator', asOf: { seq: -1, hash: new Uint8Array(32) } },
  );
  projection.addChunk(CHUNK, ITEMS);
  for (const author of [OWNER, SECOND]) apply(author, annotated(0), annotated(1));
  const row = (at: number) => projection.find(ITEMS[at]!);
  const label = (at: number) => projection.pool.read(projection.label(row(at)))['label']![0];
  return { projection, row, label, apply };
}

const columns = (projection: Projection, said: Readonly<Record<number, string>>): Uint32Array =>
  Uint32Array.from(ITEMS, (_, at) => (said[at] === undefined ? 0 : projection.pool.intern({ label: [said[at]] })));
