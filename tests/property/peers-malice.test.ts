import { encode } from '@ipld/dag-cbor';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { emptyLog } from '#core/log/chain';
import { clientOf, rootOf } from '#core/log/gate';
import { toBase32 } from '#core/model/base32';
import type { AuthorId } from '#core/model/ids';
import { decodeMessage, encodeMessage, MAX_MESSAGE, type Message } from '#core/peers/messages';
import { signPresence } from '#core/peers/presence-record';
import type { DropReason } from '#io/sync/mesh';
import { LogDocument } from '#io/sync/log-document';
import { comment, extend, testAuthor, verify, type TestAuthor } from '../support/authors';
import { Rogue } from '../support/rogue';
import { SimulatedClock } from '../support/simulated-clock';
import {
  connect,
  simulatedPeer,
  simulatedProject,
  type SimulatedPeer,
  type SimulatedProject,
} from '../support/simulated-peers';

let project: SimulatedProject;
/** A member who keeps to no rule. */
let eve: TestAuthor;
/** Eve's honest log. */
let eves: readonly Uint8Array[];

beforeAll(async () => {
  project = await simulatedProject(2);
  eve = project.members[1]!;
  const lists = Array.from({ length: 5 }, (_, n) => [comment(`eve ${n}`)]);
  eves = (await extend(emptyLog(project.id, eve.author), eve, lists)).commits;
});

interface World {
  readonly clock: SimulatedClock;
  readonly a: SimulatedPeer;
  readonly b: SimulatedPeer;
  readonly rogue: Rogue;
}

/** @param storeMs how long the founder's device takes to store what came */
async function world(storeMs = 0): Promise<World> {
  const clock = new SimulatedClock(5);
  const store = () => new Promise<null>((resolve) => clock.later(storeMs, () => resolve(null)));
  const a = await simulatedPeer(clock, project, project.founder, storeMs > 0 ? { store } : {});
  const b = await simulatedPeer(clock, project, project.members[0]!);
  await b.write('b 0');
  connect(clock, a, b);
  const rogue = new Rogue(clock, a);
  await rogue.join({ project: project.id, signer: eve });
  return { clock, a, b, rogue };
}

/** The honest two still work, and of Eve's they hold the first so many commits, as she once signed them. */
async function expectUnharmed({ clock, a, b }: World, ofEve: number): Promise<void> {
  await a.write('a works');
  await b.write('b works');
  await clock.run(1000);
  for (const peer of [a, b]) {
    expect(peer.lengths).toEqual({
      [a.author]: project.founding.length + 1,
      [b.author]: 2,
      ...(ofEve > 0 && { [eve.author]: ofEve }),
    });
    expect(peer.replica.document.commits(eve.author)).toEqual(eves.slice(0, ofEve));
  }
}

/** An update made with stock Yjs, of a document that holds these logs, after a change as this client. */
function yjsUpdate(client: number, change: (doc: Y.Doc) => void, before: readonly Uint8Array[] = []): Uint8Array {
  const document = new LogDocument(project.id, verify);
  document.appendAll(eve.author, before);
  const doc = new Y.Doc();
  const state = document.encodeState();
  if (state.ok) Y.applyUpdate(doc, state.value);
  doc.clientID = client;
  change(doc);
  return Y.encodeStateAsUpdate(doc, document.stateVector());
}

const log = (doc: Y.Doc, author: AuthorId = eve.author) => doc.getArray<unknown>(rootOf(author));
const asEve = (change: (doc: Y.Doc) => void, before: readonly Uint8Array[] = []) =>
  yjsUpdate(clientOf(eve.author), change, before);
const plainUpdate = (commits: readonly Uint8Array[], from = 0) =>
  asEve((doc) => log(doc).push(commits.slice(from)), commits.slice(0, from));

describe('updates that append nothing honest are refused, their sender is given up, and nobody is harmed:', () => {
  test.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['it cannot be read', () => Uint8Array.of(9, 9, 9)],
    ['it deletes', () => Uint8Array.of(0, 1, 5, 1, 0, 1)],
    ['it deletes what is there', () => asEve((doc) => log(doc).delete(0, 1), eves.slice(0, 2))],
    ['a text', () => asEve((doc) => log(doc).push(['text']))],
    ['a nested type', () => asEve((doc) => log(doc).push([new Y.Array()]))],
    ['a map’s key', () => asEve((doc) => doc.getMap(rootOf(eve.author)).set('k', eves[0]))],
    ['a root of no author', () => asEve((doc) => doc.getArray('logs').push([eves[0]]))],
    // One client, one struct, client 5 at clock 0, info 0: collected, of length 1; no deletions.
    ['a collected range', () => Uint8Array.of(1, 1, 5, 0, 0, 1, 0)],
    [
      'a skipped range',
      () => {
        const updates: Uint8Array[] = [];
        const doc = new Y.Doc();
        doc.clientID = clientOf(eve.author);
        doc.on('update', (update: Uint8Array) => updates.push(update));
        for (const bytes of eves) log(doc).push([bytes]);
        return Y.mergeUpdates([updates[0]!, updates[2]!]);
      },
    ],
    ['a gap', () => plainUpdate(eves, 2)],
    ['a commit left out', () => plainUpdate([eves[0]!, eves[2]!])],
    ['commits in another order', () => plainUpdate([eves[1]!, eves[0]!])],
    ['bytes that are no commit', () => plainUpdate([Uint8Array.of(1, 2, 3)])],
    [
      'a commit in another’s name',
      async () => {
        const forger = { author: project.members[0]!.author, sign: (message: Uint8Array) => eve.sign(message) };
        const { commits } = await extend(emptyLog(project.id, forger.author), forger, [[comment('forged')]]);
        return yjsUpdate(clientOf(forger.author), (doc) => log(doc, forger.author).push(commits));
      },
    ],
    [
      'a commit of another project',
      async () => {
        const { commits } = await extend(emptyLog('b'.repeat(51) + 'a', eve.author), eve, [[comment('elsewhere')]]);
        return plainUpdate(commits);
      },
    ],
    [
      'a lamport of the far future',
      async () => {
        const body = { seq: 0, prev: eves[0]!.slice(0, 32), lamport: 2 ** 49, time: 1, events: [comment('late')] };
        return plainUpdate([new Uint8Array(encode({ ...body, sig: await eve.sign(encode(body)) }))]);
      },
    ],
  ])('%s', async (_name, made) => {
    const all = await world();
    const update = await made();
    for (let round = 0; round < 3; round++) {
      all.rogue.say({ type: 'update', round, update });
      await all.clock.run(100);
    }
    expect(all.a.dropped.map(({ why }) => why)).toEqual(['forgery']);
    // After each, what is really here was said again.
    expect(
      all.rogue
        .of('heads')
        .filter(({ round }) => round > 0)
        .map(({ round }) => round),
    ).toEqual([1, 2]);
    // They come again at once, and are not taken back yet.
    const again = new Rogue(all.clock, all.a);
    await again.join({ project: project.id, signer: eve });
    expect(all.a.dropped.map(({ why }) => why)).toEqual(['forgery', 'shunned']);
    await expectUnharmed(all, 0);
  });
});

test('what was taken once is taken again without harm, and forms no commit anew', async () => {
  const all = await world();
  for (const n of [5, 5, 3, 1]) {
    all.rogue.say({ type: 'update', round: 0, update: plainUpdate(eves.slice(0, n)) });
    await all.clock.run(100);
  }
  expect(all.rogue.of('taken')).toHaveLength(4);
  expect(all.a.dropped).toEqual([]);
  await expectUnharmed(all, 5);
});

describe('a member is cut off, and nobody is harmed, who sends', () => {
  const many = (count: number, message: (n: number) => Message) => (rogue: Rogue) => {
    for (let n = 0; n < count && !rogue.isClosed; n++) rogue.say(message(n));
  };
  test.each<[string, DropReason, (rogue: Rogue, world: World) => void | Promise<void>]>([
    ['garbage', 'garbage', (rogue) => rogue.sayBytes(Uint8Array.of(1, 2, 3))],
    ['a list nested a million times', 'garbage', (rogue) => rogue.sayBytes(new Uint8Array(1 << 20).fill(0x81))],
    [
      'a list of a million nothings',
      'garbage',
      (rogue) => {
        const list = new Uint8Array(5 + (1 << 20)).fill(0xf6);
        list.set([0x9a, 0, 0x10, 0, 0]);
        rogue.sayBytes(list);
      },
    ],
    ['a message of unbounded size', 'oversize', (rogue) => rogue.sayBytes(new Uint8Array(MAX_MESSAGE + 1))],
    [
      'a tiny frame that is not its message’s last',
      'frame',
      (rogue) => rogue.channel.sendAnything(Uint8Array.of(0, 0)),
    ],
    [
      'more updates than may be under way',
      'flood',
      (rogue) => many(20, () => ({ type: 'update', round: 0, update: plainUpdate(eves.slice(0, 1)) }))(rogue),
    ],
    [
      'more bytes than may be under way',
      'flood',
      (rogue) => {
        rogue.say({ type: 'update', round: 0, update: plainUpdate(eves.slice(0, 1)) });
        rogue.say({ type: 'update', round: 0, update: new Uint8Array(4 << 20) });
      },
    ],
    [
      'endless questions',
      'flood',
      many(5000, (n) => ({ type: 'ask', author: project.founder.author, seqs: [0, 1, 2, n] })),
    ],
    ['endless demands', 'garbage', many(100, () => ({ type: 'fetch', author: project.founder.author, seq: 0 }))],
    ['demands for what is not there', 'garbage', (rogue) => rogue.say({ type: 'fetch', author: eve.author, seq: 9 })],
    ['endless heads', 'flood', many(5000, () => ({ type: 'heads', round: 0, heads: [] }))],
    ['endless beats', 'flood', many(5000, () => ({ type: 'beat', digest: new Uint8Array(32) }))],
    ['thanks for what was not sent', 'garbage', many(10, () => ({ type: 'taken', round: 0 }))],
    ['rounds that nobody began', 'flood', (rogue) => rogue.say({ type: 'update', round: 7, update: Uint8Array.of(1) })],
    [
      'presence in another’s name',
      'forgery',
      async (rogue) => {
        const said = { session: 'a'.repeat(26), counter: 1, length: 1e9, state: { item: null, isActive: true } };
        const record = await signPresence(project.id, said, eve);
        rogue.say({ type: 'presence', records: [{ ...record, author: project.members[0]!.author }] });
      },
    ],
    [
      'presence that was changed on its way',
      'forgery',
      async (rogue) => {
        const said = { session: 'a'.repeat(26), counter: 1, length: 0, state: { item: null, isActive: true } };
        const record = await signPresence(project.id, said, eve);
        rogue.say({ type: 'presence', records: [{ ...record, counter: 2 }] });
      },
    ],
    [
      'presence of another project',
      'forgery',
      async (rogue) => {
        const said = { session: 'a'.repeat(26), counter: 1, length: 0, state: { item: null, isActive: true } };
        rogue.say({ type: 'presence', records: [await signPresence('b'.repeat(51) + 'a', said, eve)] });
      },
    ],
    [
      'a fork that proves nothing',
      'forgery',
      async (rogue, { clock }) => {
        const evidence = { author: project.members[0]!.author, seq: 0, a: eves[0]!, b: eves[1]! };
        for (let round = 0; round < 3; round++) {
          rogue.say({ type: 'fork', round, evidence });
          await clock.run(50);
        }
      },
    ],
  ])('%s', async (_name, why, attack) => {
    const all = await world(200);
    await attack(all.rogue, all);
    await all.clock.run(5000);
    expect(all.a.dropped.map((dropped) => dropped.why)).toEqual([why]);
    expect(all.rogue.isClosed).toBe(true);
    await expectUnharmed(all, all.a.replica.document.lengthOf(eve.author));
  });
});

test('who claims to have everything gets nothing, and hinders nobody', async () => {
  const all = await world();
  const heads = [all.a.author, all.b.author, eve.author].map((author) => ({
    ...{ author, length: 2 ** 40, hash: new Uint8Array(32) },
  }));
  all.rogue.say({ type: 'heads', round: 0, heads });
  await all.clock.run(1000);
  await expectUnharmed(all, 0);
  expect(all.a.mesh.links).toHaveLength(2);
});

test('who says of every log that it is another is asked a few times, and no more', async () => {
  const all = await world();
  const { a, rogue, clock } = all;
  await a.write(...Array.from({ length: 200 }, (_, n) => `${n}`));
  await clock.run(1000);
  rogue.say({ type: 'heads', round: 1, heads: [{ author: a.author, length: 200, hash: new Uint8Array(32) }] });
  for (let n = 0; n < 20; n++) {
    await clock.run(50);
    const asked = rogue.of('ask')[n];
    if (asked)
      rogue.say({
        type: 'hashes',
        author: a.author,
        seqs: asked.seqs,
        hashes: asked.seqs.map(() => new Uint8Array(32)),
      });
  }
  expect(rogue.of('ask').length).toBeLessThanOrEqual(4);
  expect(rogue.of('fetch')).toEqual([{ type: 'fetch', author: a.author, seq: 0 }]);
});

test('who never takes what they are sent costs a window and no more', async () => {
  const all = await world();
  for (let n = 0; n < 30; n++) {
    await all.a.write(...Array.from({ length: 20 }, () => 'x'.repeat(9000)));
    await all.clock.run(50);
  }
  expect(all.rogue.of('update').length).toBeLessThanOrEqual(8);
  expect(all.b.lengths[all.a.author]).toBe(project.founding.length + 600);
});

test('a log of tiny commits, each in an update of its own, is taken without a hitch', async () => {
  const all = await world();
  const { commits } = await extend(
    emptyLog(project.id, eve.author),
    eve,
    Array.from({ length: 300 }, () => [comment('')]),
  );
  const document = new LogDocument(project.id, verify);
  document.appendAll(eve.author, commits);
  let sent = 0;
  while (sent < commits.length) {
    const taken = all.rogue.of('taken').length;
    while (sent < commits.length && sent < taken + 8)
      all.rogue.say({ type: 'update', round: 0, update: document.update(eve.author, sent, ++sent) });
    await all.clock.run(5);
  }
  await all.clock.run(1000);
  expect(all.a.dropped).toEqual([]);
  expect(all.b.lengths[eve.author]).toBe(300);
}, 20_000);

test('a client id that two authors share harms neither the honest nor the links between them', async () => {
  // Such keys take 2^26 tries to find; here the ids are made up, so only the form of what is said is looked at.
  const all = await world();
  const twin = toBase32(
    Uint8Array.from(testAuthor(3).publicKey, (byte, i) => (i < 7 ? project.founder.publicKey[i]! : byte)),
  );
  expect(clientOf(twin)).toBe(clientOf(project.founder.author));
  all.rogue.say({ type: 'heads', round: 1, heads: [{ author: twin, length: 3, hash: new Uint8Array(32) }] });
  await all.clock.run(100);
  const before = all.rogue.of('update').length;
  await all.a.write('for those who can hold it');
  await all.clock.run(1000);
  // The founder's log cannot be in a document that holds the twin's.
  const news = all.rogue.of('update').slice(before);
  const authors = news.flatMap(({ update }) => Y.decodeUpdate(update).structs.map(({ id }) => id.client));
  expect(authors).not.toContain(clientOf(twin));
  await all.clock.run(1000);
  expect(all.b.lengths).toEqual(all.a.lengths);
});

test('nothing that is sent makes an honest device throw (seed 12)', async () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.anything({ withNullPrototype: false, withBigInt: false }).chain((value) => {
      try {
        return fc.constant(new Uint8Array(encode(value)));
      } catch {
        return fc.uint8Array({ maxLength: 50 });
      }
    }),
    fc
      .record({
        type: fc.constantFrom(
          'hello',
          'proof',
          'heads',
          'update',
          'taken',
          'ask',
          'hashes',
          'fork',
          'presence',
          'near',
          'beat',
        ),
        round: fc.nat(3),
        author: fc.constantFrom(project.founder.author, eve.author, 'x'),
        seqs: fc.array(fc.integer()),
        heads: fc.array(fc.constant(null)),
        digest: fc.uint8Array(),
      })
      .map((value) => new Uint8Array(encode(value))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 6 }), async (sent) => {
      const all = await world();
      for (const bytes of sent) all.rogue.sayBytes(bytes);
      await all.clock.run(500);
      await expectUnharmed(all, 0);
    }),
    { numRuns: 40, seed: 12 },
  );
});

test('what is written is read back, and a changed byte never passes for another message of the same kind unnoticed', () => {
  const said: Message = {
    type: 'heads',
    round: 3,
    heads: [{ author: eve.author, length: 5, hash: new Uint8Array(32) }],
  };
  expect(decodeMessage(encodeMessage(said))).toEqual({ ok: true, value: said });
  expect(decodeMessage(new Uint8Array(encode({ ...said, more: 1 })))).toMatchObject({
    ok: false,
    error: { code: 'peer.garbage' },
  });
});
