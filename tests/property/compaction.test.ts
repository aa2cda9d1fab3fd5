import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactLog } from '#io/storage/compaction';
import { ProjectStore } from '#io/storage/project-store';

const AUTHOR = 'a'.repeat(52);

/** How commits come: so many one by one, or so many at once. */
const part = fc.oneof(
  fc.record({ kind: fc.constant('singles' as const), count: fc.integer({ min: 1, max: 1_300 }) }),
  fc.record({ kind: fc.constant('run' as const), count: fc.integer({ min: 2, max: 40 }) }),
);

const bytesOf = (seq: number) => Uint8Array.of(seq >> 8, seq & 255);

test('a log reads the same after its single commits were stored together, wherever it is read from (seed 50)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(5_000), { maxLength: 6 }),
      async (parts, places) => {
        Dexie.dependencies.indexedDB = new IDBFactory();
        Dexie.dependencies.IDBKeyRange = IDBKeyRange;
        const store = new ProjectStore('p');
        let length = 0;
        let from = 0;
        for (const { kind, count } of parts) {
          const seqs = Array.from({ length: count }, (_, n) => length + n);
          if (kind === 'run') await store.runs.add({ author: AUTHOR, seq: length, commits: seqs.map(bytesOf) });
          else await store.commits.bulkAdd(seqs.map((seq) => ({ author: AUTHOR, seq, bytes: bytesOf(seq) })));
          length += count;
          from = await compactLog(store, AUTHOR, from);
        }
        for (const place of [0, ...places.map((at) => at % length)]) {
          let seq = place;
          for await (const commits of store.log(AUTHOR, place, length)) {
            for (const commit of commits) expect(commit).toEqual({ author: AUTHOR, seq, bytes: bytesOf(seq++) });
          }
          expect(seq).toBe(length);
        }
        // What is left could not fill a run, or stood between two.
        const singles = await store.commits.count();
        expect(singles).toBeLessThan(1_000 + 100 * parts.length);
        store.close();
      },
    ),
    { numRuns: 15, seed: 50 },
  );
}, 60_000);
