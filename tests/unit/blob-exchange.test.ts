import { describe, expect, test } from 'vitest';
import { encodeBlobMessage, decodeBlobMessage, PIECE, type BlobMessage } from '#io/sync/blob-messages';
import { MAX_WANTS } from '#io/sync/blob-server';
import { BlobPeer, connect, contentOf, hashOf, Scripted, wanted } from '../support/blob-peers';
import { LOOPBACK, type Conditions } from '../support/simulated-channels';
import { SimulatedClock } from '../support/simulated-clock';
import { useMemoryBlobs } from '../support/memory-blob';

const KB = 1 << 10;
const MB = 1 << 20;
/** A megabyte takes a second. */
const HOME: Conditions = { latency: [5, 5], bandwidth: MB / 1000 };

const hash = hashOf(contentOf(1, 100));

describe('messages', () => {
  const messages: readonly BlobMessage[] = [
    { type: 'want', id: 0xfffffffe, kind: 'chunk', hash, offset: 2 ** 40 + 3 },
    { type: 'cancel', id: 7 },
    { type: 'start', id: 0, size: Number.MAX_SAFE_INTEGER },
    { type: 'piece', id: 1, bytes: contentOf(2, PIECE) },
    { type: 'end', id: 2 },
    { type: 'absent', id: 3 },
    { type: 'have', kind: 'blob', hash },
  ];

  test.each(messages.map((message) => [message.type, message] as const))(
    '%s is read as it was written',
    (_, message) => {
      expect(decodeBlobMessage(encodeBlobMessage(message))).toEqual(message);
    },
  );

  test.each([
    ['nothing', []],
    ['a type that there is not', [7, 0, 0, 0, 0]],
    ['an id that is cut off', [1, 0, 0, 0]],
    ['a piece of nothing', [3, 0, 0, 0, 0]],
    ['an end with something behind it', [4, 0, 0, 0, 0, 0]],
    ['a kind that there is not', [6, 2, ...new Array<number>(32).fill(1)]],
    ['a hash that is cut off', [6, 0, ...new Array<number>(31).fill(1)]],
    ['a size above what a number holds', [2, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]],
    ['a want that is cut off', [0, 0, 0, 0, 0, 0, ...new Array<number>(32).fill(1), 0, 0, 0]],
  ])('%s is no message', (_, bytes) => {
    expect(decodeBlobMessage(Uint8Array.from(bytes))).toBeNull();
  });
});

describe('the exchange', () => {
  test('what is most urgent comes first, and whoever moves on is followed', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(1);
    const contents = Array.from({ length: 40 }, (_, n) => contentOf(n, 200 * KB));
    const hashes = contents.map(hashOf);
    const [ada, ben] = [new BlobPeer(clock, contents), new BlobPeer(clock)];
    connect(clock, ben, ada, 'ada', HOME);
    ben.exchange.want(hashes.map((name) => wanted(name)));
    await clock.run(2_000);
    expect(ben.arrived).toEqual(hashes.slice(0, ben.arrived.length));
    const before = ben.arrived.length;
    expect(before).toBeGreaterThan(3);
    // The person goes to the last ones.
    const rest = hashes.filter((name) => !ben.stored.has(name));
    const near = rest.slice(-3);
    ben.exchange.want([
      ...near.map((name) => wanted(name, { isUrgent: true })),
      ...rest.slice(0, -3).map((name) => wanted(name)),
    ]);
    await clock.until(() => near.every((name) => ben.stored.has(name)), 20_000);
    // What was on the wire already comes too, and nothing else.
    expect(ben.arrived.length - before).toBeLessThanOrEqual(near.length + 1);
    await clock.until(() => ben.arrived.length === hashes.length, 60_000);
  });

  test('a large one gives way to one that somebody waits for, and goes on where it stopped', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(2);
    const [large, small] = [contentOf(1, 20 * MB), contentOf(2, 100 * KB)];
    const [largeName, smallName] = [hashOf(large), hashOf(small)];
    const [ada, ben] = [new BlobPeer(clock, [large, small]), new BlobPeer(clock)];
    connect(clock, ben, ada, 'ada', HOME);
    ben.exchange.want([wanted(largeName)]);
    await clock.run(6_000);
    expect(ben.exchange.coming({ kind: 'blob', hash: largeName })?.progress).toBeGreaterThan(0.2);
    ben.exchange.want([wanted(smallName, { isUrgent: true }), wanted(largeName)]);
    // What the sender has handed to the network already has to come first: 4 MB at most.
    await clock.until(() => ben.stored.has(smallName), 5_000);
    expect(ben.exchange.coming({ kind: 'blob', hash: largeName })?.progress).toBeGreaterThan(0.2);
    await clock.until(() => ben.stored.has(largeName), 20_000);
    expect(hashOf(ben.stored.get(largeName)!)).toBe(largeName);
  });

  test('a transfer that breaks off goes on with another peer', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(3);
    const large = contentOf(1, 10 * MB);
    const name = hashOf(large);
    const ben = new BlobPeer(clock);
    const wants: number[] = [];
    const pair = connect(clock, ben, new BlobPeer(clock, [large]), 'ada', HOME);
    ben.exchange.want([wanted(name)]);
    await clock.run(5_000);
    pair.break();
    await clock.run(100);
    expect(ben.exchange.coming({ kind: 'blob', hash: name })).toBeNull();
    const eve = new Scripted(clock, ben, 'eve', (message, self) => {
      if (message.type !== 'want') return;
      wants.push(message.offset);
      self.say({ type: 'start', id: message.id, size: large.length });
      for (let at = message.offset; at < large.length; at += PIECE)
        self.say({ type: 'piece', id: message.id, bytes: large.subarray(at, at + PIECE) });
      self.say({ type: 'end', id: message.id });
    });
    await clock.until(() => ben.stored.has(name), 30_000);
    expect(wants).toHaveLength(1);
    expect(wants[0]).toBeGreaterThan(4 * MB);
    expect(hashOf(ben.stored.get(name)!)).toBe(name);
    expect(eve.isClosed).toBe(false);
  });

  test('several peers give at once', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(4);
    const contents = Array.from({ length: 60 }, (_, n) => contentOf(n, 200 * KB));
    const hashes = contents.map(hashOf);
    const alone = new BlobPeer(clock);
    connect(clock, alone, new BlobPeer(clock, contents), 'ada', HOME);
    alone.exchange.want(hashes.map((name) => wanted(name, { size: 200 * KB })));
    const one = await clock.until(() => alone.arrived.length === hashes.length, 60_000);
    const served = new BlobPeer(clock);
    for (const name of ['ada', 'ben', 'cyd']) connect(clock, served, new BlobPeer(clock, contents), name, HOME);
    served.exchange.want(hashes.map((name) => wanted(name, { size: 200 * KB })));
    const three = await clock.until(() => served.arrived.length === hashes.length, 60_000);
    expect(new Set(served.arrived).size).toBe(hashes.length);
    expect(one / three).toBeGreaterThan(2.5);
  });

  test('whoever lacks something says so, and tells when it has come', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(5);
    const bytes = contentOf(1, 300 * KB);
    const name = hashOf(bytes);
    const [ada, ben, cyd] = [new BlobPeer(clock, [bytes]), new BlobPeer(clock), new BlobPeer(clock)];
    connect(clock, cyd, ben, 'ben');
    cyd.exchange.want([wanted(name)]);
    await clock.run(1_000);
    expect(cyd.exchange.coming({ kind: 'blob', hash: name })).toBeNull();
    connect(clock, ben, ada, 'ada');
    ben.exchange.want([wanted(name)]);
    await clock.until(() => cyd.stored.has(name), 5_000);
    // One that came by an import is told of too.
    const other = contentOf(2, 10);
    cyd.exchange.want([wanted(hashOf(other))]);
    await clock.run(1_000);
    ben.stored.set(hashOf(other), other);
    await ben.exchange.recheck();
    await clock.until(() => cyd.stored.has(hashOf(other)), 5_000);
  });

  test('what is no longer asked for is offered when it is had', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(6);
    const bytes = contentOf(1, 100);
    const [ada, ben] = [new BlobPeer(clock), new BlobPeer(clock)];
    connect(clock, ben, ada, 'ada');
    ben.exchange.want([wanted(hashOf(bytes))]);
    await clock.run(1_000);
    ben.exchange.want([]);
    ada.stored.set(hashOf(bytes), bytes);
    await ada.exchange.recheck();
    await clock.run(1_000);
    expect(ben.offered).toEqual([hashOf(bytes)]);
    expect(ben.arrived).toEqual([]);
  });

  test('a silent peer is left alone for a while, and another is asked', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(7);
    const bytes = contentOf(1, 2 * MB);
    const name = hashOf(bytes);
    const [silent, ada, ben] = [new BlobPeer(clock, [bytes]), new BlobPeer(clock, [bytes]), new BlobPeer(clock)];
    const pair = connect(clock, ben, silent, 'silent', HOME);
    ben.exchange.want([wanted(name)]);
    await clock.run(700);
    pair.cut();
    connect(clock, ben, ada, 'ada', LOOPBACK);
    const took = await clock.until(() => ben.stored.has(name), 20_000);
    expect(took).toBeGreaterThan(5_000);
    expect(ben.misbehaved).toEqual([]);
  });

  test('a very slow peer gives way to one that has nothing to do', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(8);
    const bytes = contentOf(1, 2 * MB);
    const name = hashOf(bytes);
    const [slow, ada, ben] = [new BlobPeer(clock, [bytes]), new BlobPeer(clock, [bytes]), new BlobPeer(clock)];
    connect(clock, ben, slow, 'slow', { latency: [5, 5], bandwidth: 1 });
    ben.exchange.want([wanted(name)]);
    await clock.run(1_000);
    connect(clock, ben, ada, 'ada', HOME);
    await clock.until(() => ben.stored.has(name), 90_000);
    expect(ben.misbehaved).toEqual([]);
  });

  test('an empty content is a content', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(9);
    const empty = new Uint8Array(0);
    const [ada, ben] = [new BlobPeer(clock, [empty]), new BlobPeer(clock)];
    connect(clock, ben, ada, 'ada');
    ben.exchange.want([wanted(hashOf(empty))]);
    await clock.until(() => ben.stored.has(hashOf(empty)), 1_000);
    expect(ben.misbehaved).toEqual([]);
  });
});

describe('hostile peers', () => {
  const bytes = contentOf(1, 300 * KB);
  const name = hashOf(bytes);

  /** What comes of asking somebody who answers like this, with an honest peer beside them. */
  async function ask(
    answer: (message: BlobMessage, self: Scripted) => void,
    change: Parameters<typeof wanted>[1] = {},
  ) {
    useMemoryBlobs();
    const clock = new SimulatedClock(10);
    const ben = new BlobPeer(clock);
    const eve = new Scripted(clock, ben, 'eve', answer);
    ben.exchange.want([wanted(name, change)]);
    await clock.run(500);
    connect(clock, ben, new BlobPeer(clock, [bytes]), 'ada');
    await clock.until(() => ben.stored.has(name), 60_000);
    expect(hashOf(ben.stored.get(name)!)).toBe(hashOf(bytes));
    return { clock, ben, eve };
  }

  const send = (self: Scripted, id: number, sent: Uint8Array, size = sent.length) => {
    self.say({ type: 'start', id, size });
    for (let at = 0; at < sent.length; at += PIECE)
      self.say({ type: 'piece', id, bytes: sent.subarray(at, at + PIECE) });
  };

  test('a wrong content is refused, and its sender with it', async () => {
    const { ben, eve } = await ask((message, self) => {
      if (message.type !== 'want') return;
      send(self, message.id, contentOf(2, 300 * KB));
      self.say({ type: 'end', id: message.id });
    });
    expect(ben.misbehaved).toEqual(['eve: what it sends is not what was asked for']);
    expect(eve.isClosed).toBe(true);
  });

  test.each<[string, (message: BlobMessage, self: Scripted) => void, string]>([
    [
      'more bytes than it said',
      (message, self) => {
        if (message.type === 'want') send(self, message.id, bytes, 1_000);
      },
      'it sends more than it said',
    ],
    [
      'pieces after the last',
      (message, self) => {
        if (message.type !== 'want') return;
        send(self, message.id, bytes);
        self.say({ type: 'piece', id: message.id, bytes: bytes.subarray(0, 10) });
      },
      'it sends more than was asked',
    ],
    [
      'pieces before it says how many',
      (message, self) => {
        if (message.type === 'want') self.say({ type: 'piece', id: message.id, bytes: bytes.subarray(0, 10) });
      },
      'it sends more than was asked',
    ],
    [
      'pieces that nobody asked for',
      (_, self) => {
        self.say({ type: 'piece', id: 99, bytes: bytes.subarray(0, 10) });
      },
      'it sends more than was asked',
    ],
    [
      'an answer to no question',
      (_, self) => {
        self.say({ type: 'absent', id: 99 });
      },
      'it answers what nobody asked',
    ],
    [
      'garbage',
      (_, self) => {
        self.sayBytes(Uint8Array.of(255, 1, 2, 3));
      },
      'it sends what is no message',
    ],
    [
      'two beginnings',
      (message, self) => {
        if (message.type !== 'want') return;
        self.say({ type: 'start', id: message.id, size: 300 * KB });
        self.say({ type: 'start', id: message.id, size: 300 * KB });
      },
      'it begins the same twice',
    ],
  ])('%s', async (_, answer, why) => {
    const { clock, ben, eve } = await ask(answer);
    await clock.until(() => eve.isClosed, 5_000);
    expect(ben.misbehaved).toEqual([`eve: ${why}`]);
  });

  test('a size that cannot be is not waited for', async () => {
    const { ben, eve } = await ask(
      (message, self) => {
        if (message.type === 'want') self.say({ type: 'start', id: message.id, size: 2 ** 40 });
      },
      { limit: MB },
    );
    expect(ben.misbehaved).toEqual([]);
    expect(eve.heard.map(({ type }) => type)).toEqual(['want', 'cancel']);
  });

  test('another size than the item has is not waited for', async () => {
    const { eve } = await ask(
      (message, self) => {
        if (message.type === 'want') self.say({ type: 'start', id: message.id, size: 5 });
      },
      { size: bytes.length },
    );
    expect(eve.heard.map(({ type }) => type)).toEqual(['want', 'cancel']);
  });

  test('an end before the end is as if it were not there', async () => {
    const { ben, eve } = await ask((message, self) => {
      if (message.type !== 'want') return;
      send(self, message.id, bytes.subarray(0, 100 * KB), bytes.length);
      self.say({ type: 'end', id: message.id });
    });
    expect(ben.misbehaved).toEqual([]);
    expect(eve.isClosed).toBe(false);
  });

  test('a false beginning costs one more transfer, and nobody who is honest is blamed', async () => {
    const { ben } = await ask((message, self) => {
      if (message.type !== 'want') return;
      send(self, message.id, contentOf(9, 100 * KB), bytes.length);
      self.say({ type: 'end', id: message.id });
    });
    expect(ben.misbehaved).toEqual([]);
  });

  test('endless wants', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(11);
    const ada = new BlobPeer(clock, [contentOf(5, 10 * MB)]);
    const eve = new Scripted(clock, ada, 'eve', () => undefined);
    const large = hashOf(contentOf(5, 10 * MB));
    for (let id = 0; id <= MAX_WANTS; id++) eve.say({ type: 'want', id, kind: 'blob', hash: large, offset: 0 });
    await clock.until(() => eve.isClosed, 5_000);
    expect(ada.misbehaved).toEqual(['eve: it wants too much at once']);
  });

  test('wants of what nobody has, one after the other without end', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(12);
    const ada = new BlobPeer(clock);
    let id = 0;
    const next = (self: Scripted) => {
      self.say({ type: 'want', id, kind: 'chunk', hash: hashOf(Uint8Array.of(id, id >> 8)), offset: 0 });
      id++;
    };
    const eve = new Scripted(clock, ada, 'eve', (_, self) => {
      next(self);
    });
    for (let n = 0; n < 8; n++) next(eve);
    await clock.until(() => eve.isClosed, 600_000);
    expect(ada.misbehaved).toEqual(['eve: it wants what nobody has']);
    expect(id).toBeGreaterThan(4_000);
  });

  test('an offset behind the end gives nothing', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(13);
    const ada = new BlobPeer(clock, [bytes]);
    const eve = new Scripted(clock, ada, 'eve', () => undefined);
    eve.say({ type: 'want', id: 1, kind: 'blob', hash: name, offset: 2 ** 50 });
    await clock.run(1_000);
    expect(eve.heard).toEqual([
      { type: 'start', id: 1, size: bytes.length },
      { type: 'end', id: 1 },
    ]);
  });

  test('no sender is filled beyond the high water mark', async () => {
    useMemoryBlobs();
    const clock = new SimulatedClock(14);
    const large = contentOf(1, 30 * MB);
    const [ada, ben] = [new BlobPeer(clock, [large]), new BlobPeer(clock)];
    const pair = connect(clock, ben, ada, 'ada', HOME);
    ben.exchange.want([wanted(hashOf(large))]);
    let most = 0;
    for (let n = 0; n < 200; n++) {
      await clock.run(50);
      most = Math.max(most, pair.ends[1].buffered);
    }
    expect(most).toBeGreaterThan(3 * MB);
    expect(most).toBeLessThanOrEqual(4 * MB + 64 * KB);
  });
});
