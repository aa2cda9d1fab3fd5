import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCommit, type Commit } from '#core/log/commit';
import { Proofs } from '#core/log/proofs';
import { decodeChunk } from '#core/model/chunk';
import type { ProjectId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { Projection } from '#core/projection/projection';
import { verify } from '#io/keys';
import { recover } from '#workers/project/files/recover';
import type { Session } from '#workers/project/session';
import { Device, value } from '../support/devices';
import { CLASSES } from '../support/schema';

const TEXTS = ['one', 'two', 'three', 'four'];
const ITEMS = TEXTS.map((text) => itemId({ kind: 'text', text }));

type Gesture = (session: Session) => Promise<unknown>;
const item = fc.constantFrom(...ITEMS);
const gesture: fc.Arbitrary<Gesture> = fc.oneof(
  fc.record({ item, classes: fc.subarray(CLASSES) }).map(
    ({ item, classes }): Gesture =>
      (session) =>
        session.submit({ item, values: { label: classes }, note: '', leadMs: 7, from: 'person' }),
  ),
  item.map(
    (item): Gesture =>
      (session) =>
        session.skip(item, 4),
  ),
  item.map(
    (item): Gesture =>
      (session) =>
        session.flag(item, 'odd'),
  ),
  fc.constant<Gesture>((session) => session.undo()),
  fc.integer({ min: 1, max: 3 }).map(
    (minAnnotators): Gesture =>
      (session) =>
        session.changeSettings({ minAnnotators }),
  ),
);
/** Who does what: device 0 founded the project, the others were made owners by the code. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ device: fc.nat(2), gesture }) },
  { weight: 2, arbitrary: fc.record({ from: fc.nat(2), to: fc.nat(2) }) },
);

/** Three devices with one project. */
async function three(): Promise<{ id: ProjectId; devices: readonly Device[] }> {
  const devices = [new Device(), new Device(), new Device()];
  const id = await devices[0]!.found(TEXTS);
  const code = await devices[0]!.with(id, async ({ store }) => (await store.read('recoveryCode'))!);
  const { blob } = await devices[0]!.save(id);
  for (const device of devices.slice(1)) {
    value(await device.take(blob));
    await device.with(id, async (session) => value(await recover(session, code, 'Other')));
  }
  return { id, devices };
}

/** Everything that a reader can see, by ids. */
function digest(projection: Projection) {
  const { tally, pool } = projection;
  return {
    items: Array.from(projection.order, (row) => ({
      id: projection.id(row),
      status: projection.status(row),
      label: projection.label(row) && pool.read(projection.label(row)),
      annotations: projection.annotations(row).map(({ author, values }) => [author, pool.read(values)]),
      history: projection
        .historyOf(row)
        .map(({ type, author, lamport, text }) => [type, projection.author(author), lamport, text]),
    })),
    statuses: tally.statuses(),
    settings: projection.settings,
    schema: projection.schema,
  };
}

/** The stored logs, projected from nothing in the order that suits best: who was admitted is known before they speak. */
async function fromScratch({ id, store }: Session): Promise<Projection> {
  const proofs = new Proofs(id, verify);
  const logs = new Map<string, Commit[]>();
  for (const { author, length } of await store.heads.toArray()) {
    const commits: Commit[] = [];
    for await (const list of store.log(author, 0, length))
      commits.push(...list.map(({ bytes }) => value(decodeCommit(bytes))));
    logs.set(author, commits);
  }
  const facts = [...logs].flatMap(([author, commits]) =>
    commits.flatMap(({ seq, events }) =>
      events.flatMap((event, index) =>
        event.type === 'project.founded' || event.type === 'owner.added' ? [{ author, seq, index, event }] : [],
      ),
    ),
  );
  await proofs.check(facts);
  const projection = new Projection(null, proofs);
  const founder = facts.find(({ event }) => event.type === 'project.founded')!.author;
  const others = [...logs.keys()].filter((author) => author !== founder);
  for (const author of [founder, ...others]) {
    for (const commit of logs.get(author)!) projection.apply(author, commit);
  }
  for (const { hash, bytes } of await store.chunks.toArray()) {
    projection.addChunk(
      hash,
      value(decodeChunk(bytes)).map(({ data }) => itemId(data)),
    );
  }
  return projection;
}

async function exchange(id: ProjectId, from: Device, to: Device): Promise<void> {
  value(await to.take((await from.save(id)).blob));
}

const digestOn = (device: Device, id: ProjectId) =>
  device.with(id, ({ projection }) => Promise.resolve(digest(projection)));

describe('Project files', () => {
  test('carry everything: saved and opened elsewhere, the project is what its logs say (seed 40)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(gesture, { maxLength: 12 }), async (gestures) => {
        const [mine, theirs] = [new Device(), new Device()];
        const id = await mine.found(TEXTS);
        await mine.with(id, async (session) => {
          for (const make of gestures) await make(session);
        });
        await exchange(id, mine, theirs);
        await theirs.with(id, async (session) => {
          expect(digest(session.projection)).toEqual(digest(await fromScratch(session)));
        });
        expect(await digestOn(theirs, id)).toEqual(await digestOn(mine, id));
      }),
      { seed: 40, numRuns: 10 },
    );
  }, 60_000);

  test('merged in any order, any number of times, lead everybody to the same project (seed 41)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        async (steps, order) => {
          const { id, devices } = await three();
          for (const act of steps) {
            if ('gesture' in act) await devices[act.device]!.with(id, act.gesture);
            else if (act.from !== act.to) await exchange(id, devices[act.from]!, devices[act.to]!);
          }
          const files: Blob[] = [];
          for (const device of devices) files.push((await device.save(id)).blob);
          for (const device of devices) {
            for (const at of [...order, order[0]!]) value(await device.take(files[at]!));
          }
          const expected = await devices[0]!.with(id, async (session) => {
            expect(digest(session.projection)).toEqual(digest(await fromScratch(session)));
            return digest(session.projection);
          });
          for (const device of devices.slice(1)) expect(await digestOn(device, id)).toEqual(expected);
        },
      ),
      { seed: 41, numRuns: 8 },
    );
  }, 120_000);
});
