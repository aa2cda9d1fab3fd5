import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { isSignaling, LIMITS, signaling } from '../../bin/signaling.js';

// The protocol is that of y-webrtc's own server (node_modules/y-webrtc/bin/server.js); close codes are those of RFC 6455, 7.4.1.

const TOO_BIG = 1009;
const POLICY = 1008;

let server: Server | null = null;
let meeting: ReturnType<typeof signaling> | null = null;

/** Starts one, and gives its address. */
async function start(options: Parameters<typeof signaling>[0] = {}): Promise<string> {
  meeting = signaling(options);
  server = createServer().on('upgrade', meeting.upgrade).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/signal`;
}

afterEach(() => {
  meeting?.close();
  server?.close();
});

class Client {
  readonly socket: WebSocket;
  readonly heard: unknown[] = [];

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { headers });
    this.socket.on('message', (data: Buffer) => this.heard.push(JSON.parse(data.toString())));
  }

  static async open(url: string, headers?: Record<string, string>): Promise<Client> {
    const client = new Client(url, headers);
    await once(client.socket, 'open');
    return client;
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Whatever was said before has been dealt with: messages of one connection keep their order. */
  async settled(): Promise<void> {
    this.say({ type: 'ping' });
    await expect.poll(() => this.heard.at(-1)).toEqual({ type: 'pong' });
    this.heard.pop();
  }

  async closeCode(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }
}

/** Status that the server refuses the connection with. */
async function refusal(url: string, headers?: Record<string, string>): Promise<number | undefined> {
  const { socket } = new Client(url, headers);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }];
  socket.on('error', () => undefined).terminate();
  return response.statusCode;
}

test('what is published on a topic reaches those who subscribed to it, and nobody else', async () => {
  const url = await start();
  const [ann, ben, cleo] = await Promise.all([Client.open(url), Client.open(url), Client.open(url)]);
  ben.say({ type: 'subscribe', topics: ['a', 'b'] });
  cleo.say({ type: 'subscribe', topics: ['c'] });
  ann.say({ type: 'subscribe', topics: ['a'] });
  await Promise.all([ann.settled(), ben.settled(), cleo.settled()]);
  const message = { type: 'publish', topic: 'a', data: 'sealed' };
  ann.say(message);
  ann.say({ type: 'publish', topic: 'nobody is here', data: '' });
  await ann.settled();
  await ben.settled();
  expect([ann.heard, ben.heard, cleo.heard]).toEqual([[], [message], []]);
  ben.say({ type: 'unsubscribe', topics: ['a'] });
  await ben.settled();
  ann.say(message);
  await ann.settled();
  await ben.settled();
  expect(ben.heard).toEqual([message]);
});

test.each<[what: string, sent: string | Buffer, code: number]>([
  ['text that is no JSON', 'hello', POLICY],
  ['JSON that is no object', '7', POLICY],
  ['null', 'null', POLICY],
  ['bytes', Buffer.from('{"type":"ping"}'), POLICY],
  ['a message that is too long', JSON.stringify({ type: 'publish', topic: 'a', data: 'x'.repeat(64 * 1024) }), TOO_BIG],
])('%s ends the connection', async (_, sent, code) => {
  const client = await Client.open(await start());
  client.socket.send(sent);
  expect(await client.closeCode()).toBe(code);
});

test('unknown messages and topics that are none change nothing', async () => {
  const client = await Client.open(await start());
  for (const said of [{}, { type: 'shout' }, { type: 'subscribe' }, { type: 'publish' }]) client.say(said);
  client.say({ type: 'subscribe', topics: [7, null, 'x'.repeat(LIMITS.topic + 1)] });
  client.say({ type: 'publish', topic: 'x'.repeat(LIMITS.topic + 1) });
  await client.settled();
  expect(client.heard).toEqual([]);
});

test('a connection listens to so many topics and no more; saying one again takes no room', async () => {
  const client = await Client.open(await start({ limits: { topics: 2 } }));
  client.say({ type: 'subscribe', topics: ['a', 'b', 'a', 'b'] });
  await client.settled();
  client.say({ type: 'subscribe', topics: ['c'] });
  expect(await client.closeCode()).toBe(POLICY);
});

test('who says too much at once is cut off', async () => {
  const client = await Client.open(await start({ limits: { burst: 5, rate: 0 } }));
  for (let n = 0; n < 6; n++) client.say({ type: 'ping' });
  expect(await client.closeCode()).toBe(POLICY);
  expect(client.heard).toHaveLength(5);
});

test('who does not take what is sent to them is cut off, and the others are not', async () => {
  const url = await start({ limits: { backlog: 256 * 1024, burst: 1_000 } });
  const [ann, slow, ben] = await Promise.all([Client.open(url), Client.open(url), Client.open(url)]);
  for (const client of [slow, ben]) client.say({ type: 'subscribe', topics: ['a'] });
  await Promise.all([slow.settled(), ben.settled()]);
  slow.socket.pause();
  const closed = slow.closeCode();
  // One after the other, until it is more than the sockets' own buffers hold.
  const data = 'x'.repeat(60 * 1024);
  for (let n = 1; n <= 300; n++) {
    const heard = once(ben.socket, 'message');
    ann.say({ type: 'publish', topic: 'a', data });
    await heard;
  }
  slow.socket.resume();
  expect(await closed).toBe(1006);
});

test('so many connections and no more', async () => {
  const url = await start({ limits: { connections: 2 } });
  const [ann] = await Promise.all([Client.open(url), Client.open(url)]);
  expect(await refusal(url)).toBe(503);
  ann.socket.close();
  await once(ann.socket, 'close');
  await Client.open(url);
});

test.each<[origin: string, named: string[], isServed: boolean]>([
  ['http://HOST', [], true],
  ['https://label.example.org', [], false],
  ['https://label.example.org', ['https://label.example.org'], true],
  ['https://label.example.org', ['*'], true],
  ['https://example.org', ['https://label.example.org'], false],
  ['null', [], false],
])('a page of %s, where %j may come too: %s', async (origin, origins, isServed) => {
  const url = await start({ origins });
  const headers = { origin: origin.replace('HOST', new URL(url).host) };
  if (isServed) await Client.open(url, headers);
  else expect(await refusal(url, headers)).toBe(403);
});

test.each([
  ['/signal', true],
  ['/tools/concord/signal', true],
  ['/signal?x=1', true],
  ['/', false],
  ['/signals', false],
  ['/a-signal', false],
  ['/?/signal', false],
])('%s is the meeting point: %s', (path, expected) => {
  expect(isSignaling(path)).toBe(expected);
});
