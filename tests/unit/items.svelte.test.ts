import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fault } from '#core/errors';
import type { Values } from '#core/model/annotation';
import { err, ok, type Result } from '#core/result';
import { ItemsTable, ANY_ITEM, QUEUE_ORDER } from '#state/items';
import type { ItemFilter, ItemRow, QueryResult, Selection } from '#workers/project/api';
import { fromAddress, toAddress } from '../../src/lib/state/items-address';
import { RowSelection } from '../../src/lib/state/row-selection.svelte';
import { Thumbnails } from '#state/thumbnails';

/** A worker with as many rows as the text filter says: `text: '250'` finds 250. It answers when the script lets it. */
class FakeWorker {
  readonly queries: ItemFilter[] = [];
  readonly asked: number[] = [];
  readonly applied: { selection: Selection; values: Values }[] = [];
  revision = 0;
  #answers: (() => void)[] = [];

  query = (filter: ItemFilter): Promise<Result<QueryResult>> => {
    this.queries.push(filter);
    const query = this.queries.length;
    if (filter.text === 'broken') return this.#later(() => err(fault('worker.died', '')));
    return this.#later(() => ok({ query, total: Number(filter.text || 1_000_000) }));
  };

  rows = (query: number, from: number, count: number): Promise<Result<ItemRow[]>> => {
    this.asked.push(from);
    const { revision } = this;
    return this.#later(() =>
      ok(Array.from({ length: count }, (_, at) => ({ name: `q${query} r${from + at} v${revision}` }) as ItemRow)),
    );
  };

  applyLabel = (selection: Selection, values: Values): Promise<Result<{ changed: number }>> => {
    this.applied.push({ selection, values });
    this.revision++;
    return this.#later(() => ok({ changed: 1 }));
  };

  async answer(): Promise<void> {
    for (const answer of this.#answers.splice(0)) answer();
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }

  #later<T>(value: () => T): Promise<T> {
    return new Promise((resolve) => {
      this.#answers.push(() => {
        resolve(value());
      });
    });
  }
}

async function opened(): Promise<{ worker: FakeWorker; table: ItemsTable; name: (row: number) => string | undefined }> {
  const worker = new FakeWorker();
  const table = new ItemsTable(worker, { filter: ANY_ITEM, sort: QUEUE_ORDER });
  void table.run();
  await worker.answer();
  await worker.answer();
  expect(worker.asked.splice(0)).toEqual([0]);
  return { worker, table, name: (row) => table.row(row)?.name };
}

describe('ItemsTable', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('fetches the pages that are looked at, and only those', async () => {
    const { worker, table, name } = await opened();
    expect(table.total).toBe(1_000_000);
    table.look(95, 130);
    expect(worker.asked).toEqual([100]);
    await worker.answer();
    expect([name(99), name(100), name(200)]).toEqual(['q1 r99 v0', 'q1 r100 v0', undefined]);
    table.look(100, 140);
    expect(worker.asked).toHaveLength(1);
  });

  test('flying past a million rows asks for few of them, and for those where it ends', async () => {
    const { worker, table, name } = await opened();
    for (let row = 0; row < 1_000_000; row += 5000) table.look(row, row + 20);
    expect(worker.asked.length).toBeLessThanOrEqual(2);
    await worker.answer();
    await worker.answer();
    expect(name(995_010)).toBe('q1 r995010 v0');
    expect(worker.asked.length).toBeLessThanOrEqual(4);
  });

  test('keeps a bounded number of rows', async () => {
    const { worker, table, name } = await opened();
    for (let page = 0; page < 100; page++) {
      table.look(page * 100, page * 100 + 20);
      await worker.answer();
    }
    expect(name(0)).toBeUndefined();
    expect(name(9_900)).toBe('q1 r9900 v0');
  });

  test('typing is searched for after a pause; a late answer does not replace a newer one', async () => {
    const { worker, table } = await opened();
    table.narrow({ text: '3' });
    table.narrow({ text: '30' });
    vi.advanceTimersByTime(100);
    expect(worker.queries).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(worker.queries.at(-1)?.text).toBe('30');
    table.narrow({ flagged: true });
    await worker.answer();
    expect(table.total).toBe(1_000_000);
    await worker.answer();
    expect(worker.queries.at(-1)).toMatchObject({ text: '30', flagged: true });
    expect(table.total).toBe(30);
    table.selection.only(4);
    table.narrow({ text: '7' });
    vi.advanceTimersByTime(200);
    await worker.answer();
    await worker.answer();
    expect(table.selection.count).toBe(0);
  });

  test('labels the selection as one gesture, and shows what became of it without moving a row', async () => {
    const { worker, table, name } = await opened();
    table.look(0, 20);
    await worker.answer();
    table.selection.only(3);
    table.selection.extendTo(5);
    table.selection.toggle(8);
    const done = table.label({ label: ['a'] });
    await worker.answer();
    expect(await done).toEqual({ ok: true, value: { changed: 1 } });
    expect(worker.applied).toEqual([
      {
        selection: {
          query: 1,
          ranges: [
            [3, 6],
            [8, 9],
          ],
        },
        values: { label: ['a'] },
      },
    ]);
    expect(name(3)).toBe('q1 r3 v0');
    await worker.answer();
    expect(name(3)).toBe('q1 r3 v1');
    expect(table.selection.count).toBe(4);
  });

  test('says when a query fails, and keeps what it showed', async () => {
    const { worker, table } = await opened();
    table.narrow({ text: 'broken' });
    vi.advanceTimersByTime(200);
    await worker.answer();
    expect(table.error?.code).toBe('worker.died');
    expect(table.total).toBe(1_000_000);
  });

  test('a column again turns its direction around; changes come last first', async () => {
    const { table } = await opened();
    table.sortBy('label');
    expect(table.sort).toEqual({ by: 'label', descending: false });
    table.sortBy('label');
    expect(table.sort).toEqual({ by: 'label', descending: true });
    table.sortBy('changed');
    expect(table.sort).toEqual({ by: 'changed', descending: true });
  });
});

describe('RowSelection', () => {
  test('as in any list', () => {
    const selection = new RowSelection();
    selection.only(5);
    selection.extendTo(8);
    expect(selection.ranges).toEqual([[5, 9]]);
    selection.extendTo(3);
    expect(selection.ranges).toEqual([[3, 6]]);
    selection.toggle(4);
    expect(selection.ranges).toEqual([
      [3, 4],
      [5, 6],
    ]);
    selection.extendTo(6);
    expect(selection.ranges).toEqual([[4, 7]]);
    selection.all(100);
    expect(selection.count).toBe(100);
    selection.toggle(50);
    expect(selection.count).toBe(99);
    selection.clear();
    expect(selection.count).toBe(0);
    expect(selection.active).toBe(50);
  });

  test('moving with the keyboard selects only with Shift, from where the move began', () => {
    const selection = new RowSelection();
    selection.moveTo(0, false);
    selection.moveTo(1, false);
    expect(selection.count).toBe(0);
    selection.moveTo(2, true);
    selection.moveTo(3, true);
    expect(selection.ranges).toEqual([[1, 4]]);
    selection.moveTo(2, true);
    expect(selection.ranges).toEqual([[1, 3]]);
  });
});

describe('the address of a filter', () => {
  test.each([
    ['all items', ANY_ITEM, QUEUE_ORDER, ''],
    ['statuses', { ...ANY_ITEM, statuses: ['pending', 'skipped'] as const }, QUEUE_ORDER, 'status=pending,skipped'],
    [
      'everything at once',
      { statuses: ['disputed'] as const, class: { field: 'a:b', class: 'ü&=' }, text: '50 % #1?', flagged: true },
      { by: 'changed', descending: true } as const,
      'status=disputed&class=a%3Ab:%C3%BC%26%3D&text=50%20%25%20%231%3F&flagged&sort=-changed',
    ],
  ])('%s', (_label, filter, sort, address) => {
    expect(toAddress(filter, sort)).toBe(address);
    expect(fromAddress(address)).toEqual({ filter, sort });
  });

  test('what it does not know is left out', () => {
    expect(fromAddress('status=nonsense,completed&sort=size&class=half&text=%E0%A4%A&x')).toEqual({
      filter: { ...ANY_ITEM, statuses: ['completed'], text: '%E0%A4%A' },
      sort: QUEUE_ORDER,
    });
  });
});

describe('Thumbnails', () => {
  test('are asked for once, and given back when many others followed', async () => {
    const asked: string[] = [];
    const open = new Set<string>();
    const thumbnails = new Thumbnails(
      {
        thumbnail: (item) => {
          asked.push(item);
          return Promise.resolve(ok(item === 'none' ? null : new Blob([item])));
        },
      },
      {
        createObjectURL: () => {
          const url = `blob:${asked.length}`;
          open.add(url);
          return url;
        },
        revokeObjectURL: (url) => open.delete(url),
      },
      { shows: () => true },
    );
    expect(await thumbnails.url('none')).toBeNull();
    expect(await thumbnails.url('a')).toBe(await thumbnails.url('a'));
    expect(asked).toEqual(['none', 'a']);
    for (let at = 0; at < 1000; at++) await thumbnails.url(`i${at}`);
    expect(open.size).toBeLessThanOrEqual(400);
    thumbnails.close();
    await Promise.resolve();
    await Promise.resolve();
    expect(open.size).toBe(0);
  });
});
