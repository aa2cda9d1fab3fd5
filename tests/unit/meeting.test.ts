import { expect, test } from 'vitest';
import { CHOICES, FULL_MESH, MAX_NEIGHBOURS } from '#core/peers/neighbours';
import { fingerprintsOf } from '#io/meeting/fingerprints';
import { Neighbourhood } from '#io/meeting/neighbourhood';
import { isMessage } from '#io/meeting/signals';
import { channelOf } from '#io/meeting/worker-channel';
import { HIGH_WATER, LOW_WATER, type ChannelListener } from '#io/sync/channel';

const HEX = (byte: string) => Array.from({ length: 32 }, () => byte).join(':');
const described = (...fingerprints: string[]) =>
  ({ sdp: fingerprints.map((each) => `a=fingerprint:${each}\r\n`).join('') }) as RTCSessionDescription;

test.each<[what: string, mine: string[], theirs: string[], expected: readonly string[] | null]>([
  ['one each', [`sha-256 ${HEX('BB')}`], [`SHA-256 ${HEX('aa')}`], [`sha-256 ${HEX('aa')}`, `sha-256 ${HEX('bb')}`]],
  [
    'the same said twice',
    [`sha-256 ${HEX('BB')}`, `sha-256 ${HEX('bb')}`],
    [`sha-256 ${HEX('aa')}`],
    [`sha-256 ${HEX('aa')}`, `sha-256 ${HEX('bb')}`],
  ],
  ['none', [], [`sha-256 ${HEX('aa')}`], null],
  [
    'that of somebody in the middle beside the true one',
    [`sha-256 ${HEX('aa')}`],
    [`sha-256 ${HEX('bb')}`, `sha-256 ${HEX('cc')}`],
    null,
  ],
  ['a weak hash', [`sha-256 ${HEX('aa')}`], ['sha-1 aa:bb'], null],
])('certificates of both ends: %s', (_, mine, theirs, expected) => {
  expect(fingerprintsOf({ localDescription: described(...mine), remoteDescription: described(...theirs) })).toEqual(
    expected,
  );
});

test.each<[unknown, boolean]>([
  [{ type: 'announce', from: 'a' }, true],
  [{ type: 'signal', from: 'a', to: 'b', token: 1.5, signal: { poke: true } }, true],
  [{ type: 'signal', from: 'a', to: 'b', token: 1, signal: { attempt: 'x', drop: true } }, true],
  [
    { type: 'signal', from: 'a', to: 'b', token: 1, signal: { attempt: 'x', said: { type: 'offer', sdp: 'v=0' } } },
    true,
  ],
  [
    {
      type: 'signal',
      from: 'a',
      to: 'b',
      token: 1,
      signal: {
        attempt: 'x',
        said: { type: 'candidate', candidate: { candidate: '', sdpMid: '0', sdpMLineIndex: 0 } },
      },
    },
    true,
  ],
  // What makes y-webrtc or simple-peer throw, or do what nobody asked for.
  [null, false],
  [{ type: 'announce', from: 7 }, false],
  [{ type: 'announce', from: 'x'.repeat(65) }, false],
  [{ type: 'signal', from: 'a', to: 'b', token: 1, signal: null }, false],
  [{ type: 'signal', from: 'a', to: 'b', token: 1, signal: { type: 'answer', sdp: 'v=0' } }, false],
  [
    {
      type: 'signal',
      from: 'a',
      to: 'b',
      token: 1,
      signal: { attempt: 'x', said: { type: 'candidate', candidate: {} } },
    },
    false,
  ],
  [
    {
      type: 'signal',
      from: 'a',
      to: 'b',
      token: 1,
      signal: { attempt: 'x', said: { type: 'transceiverRequest', transceiverRequest: {} } },
    },
    false,
  ],
])('%j is a message: %s', (decrypted, expected) => {
  expect(isMessage(decrypted)).toBe(expected);
});

const announced = (from: string) => ({ type: 'announce', from }) as const;
const signalled = (from: string, to: string) =>
  ({ type: 'signal', from, to, token: 1, signal: { poke: true } }) as const;

test('in a small room everybody is heeded, in a great one some, and who was dropped for a while not', () => {
  const connected = new Set<string>();
  const room = new Neighbourhood('me', () => connected);
  const names = Array.from({ length: FULL_MESH }, (_, n) => `peer ${n}`);
  expect(names.every((name) => room.heeds(announced(name), 0))).toBe(true);
  expect(room.heeds(announced('me'), 0)).toBe(false);
  expect(room.heeds(signalled('peer 0', 'somebody else'), 0)).toBe(false);
  expect(room.heeds(signalled('peer 0', 'me'), 0)).toBe(true);

  for (let n = FULL_MESH; n < 200; n++) room.heeds(announced(`peer ${n}`), 0);
  const wanted = Array.from({ length: 200 }, (_, n) => `peer ${n}`).filter((name) => room.heeds(announced(name), 0));
  expect(wanted.length).toBeGreaterThanOrEqual(CHOICES);
  expect(wanted.length).toBeLessThanOrEqual(MAX_NEIGHBOURS);

  room.shun(wanted[0]!, 1_000);
  expect(room.heeds(signalled(wanted[0]!, 'me'), 2_000)).toBe(false);
  expect(room.heeds(signalled(wanted[0]!, 'me'), 62_000)).toBe(true);
});

test('of too many connections those go that are not wanted, and only as many as are too many', () => {
  const connected = new Set(Array.from({ length: MAX_NEIGHBOURS + 3 }, (_, n) => `old ${n}`));
  const room = new Neighbourhood('me', () => connected);
  for (let n = 0; n < 200; n++) room.heeds(announced(`peer ${n}`), 0);
  expect(room.surplus(0)).toHaveLength(3);
});

/** What a listener was told, in words. */
class Told implements ChannelListener {
  readonly told: string[] = [];
  opened = () => void this.told.push('opened');
  frame = (bytes: Uint8Array) => void this.told.push([...bytes].join());
  drained = () => void this.told.push('drained');
  closed = () => void this.told.push('closed');
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

/** A relayed channel, and the page's end of it. */
function relayed() {
  const { port1, port2 } = new MessageChannel();
  const orders: unknown[] = [];
  port2.onmessage = ({ data }: MessageEvent<unknown>) => orders.push(data);
  return { channel: channelOf(port1), page: port2, orders };
}

const frame = (...bytes: number[]) => Uint8Array.from(bytes).buffer;

test('what comes before somebody listens is kept, and told in order once they do', async () => {
  const { channel, page } = relayed();
  const first = new Told();
  for (const message of ['open', frame(1), frame(2)]) page.postMessage(message);
  await turn();
  channel.listener = first;
  expect(first.told).toEqual([]);
  await turn();
  page.postMessage(frame(3));
  await turn();
  expect(first.told).toEqual(['opened', '1', '2', '3']);
  const second = new Told();
  channel.listener = second;
  await turn();
  page.postMessage('closed');
  await turn();
  expect([first.told.length, second.told]).toEqual([4, ['opened', 'closed']]);
});

test('more than the high water mark is not kept for anybody', async () => {
  const { channel, page, orders } = relayed();
  page.postMessage('open');
  for (let sent = 0; sent <= HIGH_WATER; sent += 1 << 20) page.postMessage(new ArrayBuffer(1 << 20));
  await turn();
  expect(orders).toEqual(['close']);
  const late = new Told();
  channel.listener = late;
  await turn();
  expect(late.told).toEqual(['closed']);
});

test('what the page has not sent yet counts as buffered, and its drop below the mark is told once', async () => {
  const { channel, page, orders } = relayed();
  const told = new Told();
  channel.listener = told;
  channel.send(Uint8Array.of(9));
  page.postMessage('open');
  await turn();
  channel.send(new Uint8Array(LOW_WATER));
  channel.send(new Uint8Array(7));
  expect(channel.buffered).toBe(LOW_WATER + 7);
  for (const sent of [3, 7, LOW_WATER + 7]) page.postMessage({ sent });
  await turn();
  expect(channel.buffered).toBe(0);
  expect(told.told).toEqual(['opened', 'drained']);
  // What was sent before it was open went nowhere.
  expect(orders.map((order) => (order as Uint8Array).length)).toEqual([LOW_WATER, 7]);
  channel.close();
  channel.close();
  expect(told.told).toEqual(['opened', 'drained', 'closed']);
});
