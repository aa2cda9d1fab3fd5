import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HIGH_WATER, MAX_FRAME } from '#io/sync/channel';
import { Wire, type WireListener, type WireViolation } from '#io/sync/wire';
import { LOOPBACK, SLOW, simulatedPair, type Conditions } from '../support/simulated-channels';
import { SimulatedClock } from '../support/simulated-clock';

const LIMIT = 1 << 20;

class Heard implements WireListener {
  readonly messages: Uint8Array[] = [];
  readonly said: string[] = [];
  opened = (): void => void this.said.push('opened');
  message = (bytes: Uint8Array): void => void this.messages.push(bytes);
  drained = (): void => void this.said.push('drained');
  closed = (): void => void this.said.push('closed');
  violated = (why: WireViolation): void => void this.said.push(why);
}

function pair(seed: number, conditions: Conditions = LOOPBACK, limit = LIMIT) {
  const clock = new SimulatedClock(seed);
  const way = simulatedPair(clock, conditions);
  const [here, there] = [new Heard(), new Heard()];
  return {
    clock,
    way,
    here,
    there,
    wires: [new Wire(way.ends[0], limit, here), new Wire(way.ends[1], limit, there)] as const,
  };
}

/** Bytes in short, so that comparing them takes no time. */
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const filled = (length: number, seed = length): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 255);

test('messages of every size arrive whole and in order, both ways (seed 7)', async () => {
  const size = fc.oneof(
    fc.nat(300),
    fc.constantFrom(0, 1, MAX_FRAME - 2, MAX_FRAME - 1, MAX_FRAME, 2 * (MAX_FRAME - 1), 3 * MAX_FRAME, LIMIT),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(size, { maxLength: 12 }),
      fc.array(size, { maxLength: 4 }),
      fc.boolean(),
      async (a, b, isEarly) => {
        const { clock, wires, here, there } = pair(1);
        if (!isEarly) await clock.run(10);
        for (const length of a) wires[0].send(filled(length));
        for (const length of b) wires[1].send(filled(length));
        await clock.run(60_000);
        expect(there.messages.map(digest)).toEqual(a.map((length) => digest(filled(length))));
        expect(here.messages.map(digest)).toEqual(b.map((length) => digest(filled(length))));
        expect(here.said.filter((said) => said !== 'drained')).toEqual(['opened']);
      },
    ),
    { numRuns: 20, seed: 7 },
  );
}, 30_000);

test('a sender of bulk is told to wait above the high water mark, and to go on below the low one', async () => {
  const { clock, way, wires, here, there } = pair(2, SLOW);
  expect(wires[0].isFull).toBe(true);
  await clock.run(1000);
  expect(wires[0].isFull).toBe(false);
  while (!wires[0].isFull) wires[0].send(new Uint8Array(256 << 10));
  wires[0].send(filled(1 << 20));
  const most = way.ends[0].buffered;
  expect(most).toBeGreaterThanOrEqual(HIGH_WATER);
  expect(most).toBeLessThan(HIGH_WATER + MAX_FRAME);
  await clock.until(() => here.said.includes('drained'), 60_000);
  expect(wires[0].isFull).toBe(false);
  await clock.run(60_000);
  expect(digest(there.messages.at(-1)!)).toBe(digest(filled(1 << 20)));
});

test('who never reads is given up before what waits for them fills the memory', async () => {
  const { clock, way, wires, here } = pair(3);
  await clock.run(10);
  way.cut();
  for (let sent = 0; sent < 100; sent++) wires[0].send(new Uint8Array(1 << 20));
  expect(here.said).toEqual(['opened', 'unread', 'closed']);
});

test('after the end nothing is sent, heard or said twice', async () => {
  const { clock, way, wires, here, there } = pair(4);
  await clock.run(10);
  wires[0].send(filled(5));
  way.break();
  wires[0].send(filled(5));
  wires[0].close();
  await clock.run(100);
  expect(here.said).toEqual(['opened', 'closed']);
  expect(there).toMatchObject({ said: ['opened', 'closed'], messages: [] });
});

test('closing one side ends the other', async () => {
  const { clock, wires, there } = pair(5);
  await clock.run(10);
  wires[0].close();
  await clock.run(10);
  expect(there.said).toEqual(['opened', 'closed']);
});

describe('a peer is cut off that sends', () => {
  const full = (kind: number): Uint8Array => Uint8Array.of(kind, ...new Uint8Array(MAX_FRAME - 1));
  test.each<[string, WireViolation, Uint8Array[]]>([
    ['an empty frame', 'frame', [new Uint8Array()]],
    ['a frame of no kind', 'frame', [Uint8Array.of(2, 1)]],
    ['a frame that is not full, and not the last of its message', 'frame', [Uint8Array.of(0, 1, 2)]],
    ['a frame over the size of frames', 'frame', [new Uint8Array(MAX_FRAME + 1).fill(1)]],
    ['a message over the limit', 'oversize', [full(0), full(0), full(1)]],
    ['a message without an end', 'oversize', Array.from({ length: 3 }, () => full(0))],
  ])('%s', async (_name, why, frames) => {
    const { clock, way, there } = pair(6, LOOPBACK, 2 * MAX_FRAME);
    await clock.run(10);
    for (const frame of frames) way.ends[0].sendAnything(frame);
    way.ends[0].sendAnything(Uint8Array.of(1, 9));
    await clock.run(100);
    expect(there).toMatchObject({ said: ['opened', why, 'closed'], messages: [] });
  });
});

test('a million tiny messages cost their bytes and no more', async () => {
  const { clock, wires, there } = pair(7);
  await clock.run(10);
  let heard = 0;
  there.message = () => heard++;
  for (let sent = 0; sent < 20_000; sent++) wires[0].send(Uint8Array.of(1));
  await clock.run(10_000);
  expect(heard).toBe(20_000);
});

test('the limit can be raised, once the other side has earned it', async () => {
  const { clock, wires, there } = pair(8, LOOPBACK, 100);
  await clock.run(10);
  expect(wires[1].limit).toBe(100);
  wires[1].limit = 1000;
  wires[0].send(filled(1000));
  await clock.run(100);
  expect(there.messages).toEqual([filled(1000)]);
});
