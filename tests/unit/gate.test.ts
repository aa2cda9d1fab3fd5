import { beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { emptyLog } from '#core/log/chain';
import { commitHash } from '#core/log/commit';
import { clientOf, judgeUpdate, rootOf, type Logs, type Struct, type Update } from '#core/log/gate';
import { toBase32 } from '#core/model/base32';
import { LogDocument } from '#io/sync/log-document';
import { comment, extend, foundProject, testAuthor, verify } from '../support/authors';

const founder = testAuthor(1);
const ann = testAuthor(2);
const eve = testAuthor(3);
let project: string;
let founding: readonly Uint8Array[];
/** Ann's log: the document knows the first two. */
let anns: readonly Uint8Array[];
let eves: readonly Uint8Array[];

beforeAll(async () => {
  ({ project, commits: founding } = await foundProject(founder));
  const lists = ['a', 'b', 'c', 'd'].map((text) => [comment(text)]);
  anns = (await extend(emptyLog(project, ann.author), ann, lists)).commits;
  eves = (await extend(emptyLog(project, eve.author), eve, lists)).commits;
});

function victim(): LogDocument {
  const document = new LogDocument(project, verify);
  document.append(founder.author, founding[0]!);
  document.appendAll(ann.author, anns.slice(0, 2));
  return document;
}

const stateOf = (document: LogDocument): Uint8Array => {
  const state = document.encodeState();
  if (!state.ok) throw new Error(state.error.message);
  return state.value;
};

/** Judges an update and takes in what it brings, as whoever need not store it first. */
async function take(document: LogDocument, update: Uint8Array) {
  const judged = await document.judge(update);
  if (judged.ok) document.accept(judged.value.continuations);
  return judged;
}

/** What a peer with stock Yjs sends after changing its copy of the victim's document as this client. */
function tampered(client: number, change: (doc: Y.Doc) => void): Uint8Array {
  const document = victim();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, stateOf(document));
  doc.clientID = client;
  change(doc);
  return Y.encodeStateAsUpdate(doc, document.stateVector());
}

const annsClient = clientOf(ann.author);
const annsArray = (doc: Y.Doc) => doc.getArray<unknown>(rootOf(ann.author));

describe('an update is refused, and the document stays as it was, when', () => {
  test.each<[string, string, () => Uint8Array]>([
    ['it cannot be read', 'cannot be read', () => Uint8Array.of(9, 9, 9)],
    [
      'it is cut short',
      'cannot be read',
      () => tampered(annsClient, (doc) => annsArray(doc).push([anns[2]])).slice(0, -9),
    ],
    ['it deletes', 'it deletes', () => tampered(7, (doc) => annsArray(doc).delete(0, 1))],
    ['it deletes everything of a client', 'it deletes', () => Uint8Array.of(0, 1, 5, 1, 0, 1)],
    [
      'it sets a key',
      'sets a key',
      () => tampered(annsClient, (doc) => doc.getMap(rootOf(ann.author)).set('k', anns[2])),
    ],
    ['it holds a text', 'not the bytes', () => tampered(annsClient, (doc) => annsArray(doc).push(['text']))],
    [
      'it holds several values in a struct',
      'not the bytes',
      () => tampered(annsClient, (doc) => annsArray(doc).push([1, 2])),
    ],
    [
      'it holds a nested type',
      'not the bytes',
      () => tampered(annsClient, (doc) => annsArray(doc).push([new Y.Array()])),
    ],
    ['it holds a document', 'not the bytes', () => tampered(annsClient, (doc) => annsArray(doc).push([new Y.Doc()]))],
    [
      'it inserts at the front',
      'before something',
      () => tampered(annsClient, (doc) => annsArray(doc).insert(0, [anns[2]])),
    ],
    [
      'it inserts in between',
      'before something',
      () => tampered(annsClient, (doc) => annsArray(doc).insert(1, [anns[2]])),
    ],
    ['a foreign client appends', 'belongs to no log', () => tampered(7, (doc) => annsArray(doc).push([anns[2]]))],
    [
      'a foreign client begins a log',
      'client id is not its author’s',
      () => tampered(7, (doc) => doc.getArray(rootOf(eve.author)).push([eves[0]])),
    ],
    [
      'a member appends to another’s log',
      'belongs to no log',
      () => tampered(clientOf(eve.author), (doc) => annsArray(doc).push([anns[2]])),
    ],
    [
      'a log lies under another name',
      'belongs to no log',
      () => tampered(clientOf(eve.author), (doc) => doc.getArray('logs').push([eves[0]])),
    ],
    [
      'the name is no author’s',
      'belongs to no log',
      () => tampered(clientOf(eve.author), (doc) => doc.getArray('log:eve').push([eves[0]])),
    ],
    [
      'commits are missing before it',
      'commits before it are missing',
      () => {
        const theirs = victim();
        theirs.append(ann.author, anns[2]!);
        const since = theirs.stateVector();
        theirs.append(ann.author, anns[3]!);
        const state = theirs.encodeState(since);
        return state.ok ? state.value : new Uint8Array();
      },
    ],
    [
      'it skips a range',
      'skipped range',
      () => {
        const updates: Uint8Array[] = [];
        const doc = new Y.Doc();
        doc.clientID = clientOf(eve.author);
        doc.on('update', (update: Uint8Array) => updates.push(update));
        for (const bytes of eves) doc.getArray(rootOf(eve.author)).push([bytes]);
        return Y.mergeUpdates([updates[0]!, updates[2]!]);
      },
    ],
    // One client, one struct, client 5 at clock 0, info 0: collected, of length 1; no deletions.
    ['it holds a collected range', 'collected range', () => Uint8Array.of(1, 1, 5, 0, 0, 1, 0)],
    [
      'a commit is no commit',
      'not a commit',
      () => tampered(annsClient, (doc) => annsArray(doc).push([Uint8Array.of(1)])),
    ],
    ['a commit is left out', 'does not continue', () => tampered(annsClient, (doc) => annsArray(doc).push([anns[3]]))],
    [
      'a commit is another author’s',
      'does not continue',
      () => tampered(annsClient, (doc) => annsArray(doc).push([eves[2]])),
    ],
  ])('%s', async (_name, reason, update) => {
    const document = victim();
    const before = stateOf(document);
    const applied = await take(document, update());
    expect(applied).toMatchObject({ ok: false, error: { message: expect.stringContaining(reason) as string } });
    expect(stateOf(document)).toEqual(before);
  });
});

test('a forged commit spoils the whole update, also what others say in it', async () => {
  const document = victim();
  const { head } = await extend(emptyLog(project, ann.author), ann, [[comment('a')], [comment('b')]]);
  const forged = await extend(head, { ...eve, author: ann.author }, [[comment('forged')]]);
  const update = tampered(annsClient, (doc) => {
    annsArray(doc).push([forged.commits[0]]);
    doc.clientID = clientOf(eve.author);
    doc.getArray(rootOf(eve.author)).push([eves[0]]);
  });
  const applied = await take(document, update);
  expect(applied).toMatchObject({ ok: false, error: { code: 'commit.signature', path: `${ann.author}, commit 2` } });
  expect(document.lengthOf(eve.author)).toBe(0);
});

test('a peer’s stock Yjs is enough to carry and to make honest updates', async () => {
  const document = victim();
  const update = tampered(annsClient, (doc) => annsArray(doc).push([anns[2], anns[3]]));
  const applied = await take(document, update);
  expect(applied).toMatchObject({
    ok: true,
    value: { continuations: [{ author: ann.author, before: { length: 2 } }], forks: [] },
  });
  expect(document.commits(ann.author)).toEqual(anns);
  expect(document.head(ann.author)).toMatchObject({ length: 4, hash: commitHash(anns[3]!) });
  expect(await take(document, update)).toEqual({ ok: true, value: { continuations: [], forks: [] } });
});

test('what was judged continues the log as it is when the judgement is there, whatever was appended meanwhile', async () => {
  const document = victim();
  const update = tampered(annsClient, (doc) => annsArray(doc).push([anns[2], anns[3]]));
  const judging = document.judge(update);
  document.append(ann.author, anns[2]!);
  const judged = await judging;
  expect(judged).toMatchObject({ ok: true, value: { continuations: [{ before: { length: 3 }, bytes: [anns[3]] }] } });
  document.append(ann.author, anns[3]!);
  expect(() => {
    if (judged.ok) document.accept(judged.value.continuations);
  }).toThrow('gone on');
});

test('an update of one author’s range is what stock Yjs makes of it', () => {
  const document = victim();
  document.appendAll(ann.author, anns.slice(2));
  for (const [from, to] of [
    [0, 4],
    [0, 1],
    [1, 3],
    [3, 4],
  ] as const) {
    const stock = new Y.Doc();
    stock.clientID = annsClient;
    let before: Uint8Array = new Uint8Array();
    for (const [at, bytes] of anns.slice(0, to).entries()) {
      if (at === from) before = Y.encodeStateVector(stock);
      stock.getArray(rootOf(ann.author)).push([bytes]);
    }
    const update = document.update(ann.author, from, to);
    expect(update).toEqual(Y.encodeStateAsUpdate(stock, before));
    expect(document.size(ann.author, from, to)).toBe(anns.slice(from, to).reduce((sum, { length }) => sum + length, 0));
  }
  expect(document.hashAt(ann.author, 2)).toEqual(commitHash(anns[2]!));
  expect(() => document.update(ann.author, 3, 5)).toThrow('no commits');
  expect(() => document.hashAt(ann.author, 4)).toThrow('no ');
});

test('a fork is proved and nothing of it is taken; a forged one is refused', async () => {
  const document = victim();
  const before = stateOf(document);
  const other = new LogDocument(project, verify);
  const { commits } = await extend(emptyLog(project, ann.author), ann, [
    [comment('a')],
    [comment('B')],
    [comment('C')],
  ]);
  other.appendAll(ann.author, commits);
  const applied = await take(document, stateOf(other));
  expect(applied).toMatchObject({ ok: true, value: { continuations: [], forks: [{ author: ann.author, seq: 1 }] } });

  const forger = new LogDocument(project, verify);
  const { commits: forged } = await extend(emptyLog(project, ann.author), { ...eve, author: ann.author }, [
    [comment('b')],
  ]);
  forger.appendAll(ann.author, forged);
  const refused = await take(document, stateOf(forger));
  expect(refused).toMatchObject({ ok: false, error: { path: `${ann.author}, commit 0` } });
  expect(stateOf(document)).toEqual(before);
});

test('a state vector that cannot be read is refused', () => {
  expect(victim().encodeState(Uint8Array.of(200, 200))).toMatchObject({ ok: false, error: { code: 'update.refused' } });
});

describe('the judgement of structs', () => {
  const author = toBase32(new Uint8Array(32).fill(9));
  const client = clientOf(author);
  /** Differs from the author's after the 52 bits of the client id. */
  const twin = toBase32(Uint8Array.of(...new Uint8Array(7).fill(9), ...new Uint8Array(25)));
  const struct = (clock: number, more: Partial<Extract<Struct, { kind: 'item' }>> = {}): Struct => ({
    kind: 'item',
    client,
    clock,
    length: 1,
    bytes: Uint8Array.of(clock),
    origin: clock === 0 ? null : { client, clock: clock - 1 },
    rightOrigin: null,
    parent: clock === 0 ? { root: rootOf(author) } : null,
    parentSub: null,
    ...more,
  });
  const logs = (length: number, owner = author): Logs => ({
    authorOf: (id) => (length > 0 && id === client ? owner : undefined),
    lengthOf: () => length,
  });
  const judge = (structs: readonly Struct[], known = 0): Update | string => {
    const judged = judgeUpdate({ structs, deletions: 0 }, logs(known));
    return judged.ok ? 'ok' : judged.error.message;
  };

  test.each<[string, string, readonly Struct[], number]>([
    ['a log from its beginning', 'ok', [struct(0), struct(1), struct(2)], 0],
    ['the next commit', 'ok', [struct(2)], 2],
    ['known commits again', 'ok', [struct(1), struct(2)], 2],
    ['a commit too far', 'missing', [struct(3)], 2],
    ['a hole within', 'not the next', [struct(2), struct(4, { origin: { client, clock: 3 } })], 2],
    ['a commit twice', 'not the next', [struct(0), struct(0)], 0],
    ['an earlier commit as origin', 'does not follow', [struct(2, { origin: { client, clock: 0 } })], 2],
    ['another client’s commit as origin', 'does not follow', [struct(2, { origin: { client: 7, clock: 1 } })], 2],
    ['no origin', 'does not follow', [struct(2, { origin: null, parent: { root: rootOf(author) } })], 2],
    ['an origin and a root', 'does not follow', [struct(2, { parent: { root: rootOf(author) } })], 2],
    ['an origin of the first', 'follows another', [struct(0, { origin: { client, clock: 0 } })], 0],
    ['a first within an item', 'no log', [struct(0, { parent: 'item' })], 0],
    ['a length of two', 'not the bytes', [struct(0, { length: 2 })], 0],
    ['a twin of a known author', 'another author’s', [struct(0, { parent: { root: rootOf(twin) } })], 2],
    ['a twin of a new author', 'not the next', [struct(0), struct(0, { parent: { root: rootOf(twin) } })], 0],
  ])('%s: %s', (_name, expected, structs, known) => {
    expect(clientOf(twin)).toBe(client);
    expect(judge(structs, known)).toContain(expected);
  });

  test('the client id is the first 52 bits of the key', () => {
    const key = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf0, ...new Uint8Array(25));
    expect(clientOf(toBase32(key))).toBe(2 ** 52 - 1);
    expect(clientOf(toBase32(Uint8Array.of(0, 0, 0, 0, 0, 1, 0x2f, ...new Uint8Array(25))))).toBe(0x12);
  });

  test('the document refuses an author with another’s client id', () => {
    const document = new LogDocument(project, verify);
    document.append(author, Uint8Array.of(1));
    expect(() => {
      document.append(twin, Uint8Array.of(1));
    }).toThrow('client id');
  });
});
