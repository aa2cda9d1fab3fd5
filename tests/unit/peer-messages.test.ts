import { encode } from '@ipld/dag-cbor';
import { describe, expect, test } from 'vitest';
import { isProven, prove, type Challenge } from '#core/peers/challenge';
import { headsDigest } from '#core/peers/heads-digest';
import {
  decodeMessage,
  encodeMessage,
  MAX_ASKED,
  MAX_RECORDS,
  MAX_UPDATE_BYTES,
  type Message,
} from '#core/peers/messages';
import { signPresence, verifyPresence } from '#core/peers/presence-record';
import { testAuthor, verify } from '../support/authors';

const [ann, ben] = [testAuthor(1), testAuthor(2)];
const hash = (n: number) => new Uint8Array(32).fill(n);
const PROJECT = 'a'.repeat(52);
const OTHER = 'b'.repeat(51) + 'a';

const record = {
  ...{ author: ann.author, session: 'a'.repeat(26), counter: 1, length: 2, signature: new Uint8Array(64) },
  state: { item: 'a'.repeat(26), isActive: true },
};
const certificate = {
  project: PROJECT,
  invite: hash(1),
  role: 'annotator',
  expires: 5,
  issuer: ann.author,
  signature: new Uint8Array(64),
} as const;
const evidence = { author: ann.author, seq: 0, a: hash(1), b: hash(2) };

const MESSAGES: readonly Message[] = [
  { type: 'hello', version: 1, nonce: hash(1) },
  { type: 'proof', author: ann.author, credential: null, signature: new Uint8Array(64) },
  {
    ...{ type: 'proof', author: ann.author, signature: new Uint8Array(64) },
    credential: { kind: 'join', certificate, name: 'Ann', proof: new Uint8Array(64) },
  },
  {
    ...{ type: 'proof', author: ann.author, signature: new Uint8Array(64) },
    credential: { kind: 'recovery', proof: new Uint8Array(64) },
  },
  { type: 'welcome' },
  { type: 'refused', reason: 'removed' },
  { type: 'heads', round: 0, heads: [{ author: ann.author, length: 1, hash: hash(1) }] },
  { type: 'update', round: 2, update: hash(3) },
  { type: 'taken', round: 2 },
  { type: 'ask', author: ann.author, seqs: [0, 5] },
  { type: 'hashes', author: ann.author, seqs: [0, 5], hashes: [hash(1), null] },
  { type: 'fetch', author: ann.author, seq: 4 },
  { type: 'fork', round: 0, evidence },
  { type: 'presence', records: [record, { ...record, state: null }] },
  { type: 'near', authors: [ann.author] },
  { type: 'beat', digest: hash(4) },
];

test.each(MESSAGES.map((message) => [message.type, message] as const))(
  '%s comes back as it was sent',
  (_type, message) => {
    expect(decodeMessage(encodeMessage(message))).toEqual({ ok: true, value: message });
  },
);

describe('what is no message is refused:', () => {
  const [reach] = [{ author: ann.author, length: 1, hash: hash(1) }];
  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['no type', {}],
    ['a type of another version', { type: 'hug' }],
    ['more than belongs in it', { type: 'welcome', more: 1 }],
    ['less', { type: 'taken' }],
    ['a nonce that is too short', { type: 'hello', version: 1, nonce: new Uint8Array(31) }],
    ['an author that is none', { type: 'fetch', author: 'ann', seq: 0 }],
    ['an author with stray bits', { type: 'fetch', author: 'b'.repeat(52), seq: 0 }],
    ['a number that is not whole', { type: 'fetch', author: ann.author, seq: 0.5 }],
    ['a negative number', { type: 'taken', round: -1 }],
    ['a log without commits', { type: 'heads', round: 0, heads: [{ ...reach, length: 0 }] }],
    ['an empty update', { type: 'update', round: 0, update: new Uint8Array() }],
    ['an update that no commit fills', { type: 'update', round: 0, update: new Uint8Array(MAX_UPDATE_BYTES + 1) }],
    ['too many questions', { type: 'ask', author: ann.author, seqs: Array.from({ length: MAX_ASKED + 1 }, () => 0) }],
    ['too many records', { type: 'presence', records: Array.from({ length: MAX_RECORDS + 1 }, () => record) }],
    [
      'a role that no invite gives',
      {
        ...MESSAGES[2],
        credential: {
          kind: 'join',
          certificate: { ...certificate, role: 'owner' },
          name: '',
          proof: new Uint8Array(64),
        },
      },
    ],
  ])('%s', (_name, value) => {
    expect(decodeMessage(new Uint8Array(encode(value)))).toMatchObject({ ok: false, error: { code: 'peer.garbage' } });
  });
});

describe('a challenge is answered by', () => {
  const challenge: Challenge = { project: PROJECT, binding: hash(7), mine: hash(1), theirs: hash(2) };
  /** As the other side holds it. */
  const turned: Challenge = { ...challenge, mine: challenge.theirs, theirs: challenge.mine };
  test('the other side, on this connection', async () => {
    expect(await isProven(turned, ben.author, ann.author, await prove(challenge, ann), verify)).toBe(true);
  });
  test.each<[string, Partial<Challenge>]>([
    ['for another project', { project: OTHER }],
    ['over another connection', { binding: hash(8) }],
    ['to an earlier challenge', { theirs: hash(3) }],
    ['in the other direction', { mine: challenge.theirs, theirs: challenge.mine }],
  ])('nobody %s', async (_name, change) => {
    const signature = await prove({ ...challenge, ...change }, ann);
    expect(await isProven(turned, ben.author, ann.author, signature, verify)).toBe(false);
  });
  test('nobody in another’s name', async () => {
    expect(await isProven(turned, ben.author, testAuthor(3).author, await prove(challenge, ann), verify)).toBe(false);
  });
  test('no echo', async () => {
    const echo = { ...challenge, theirs: challenge.mine };
    expect(await isProven(echo, ben.author, ann.author, await prove(echo, ann), verify)).toBe(false);
    expect(await isProven(turned, ann.author, ann.author, await prove(challenge, ann), verify)).toBe(false);
  });
});

test('presence holds for its project and as it was said', async () => {
  const { author: _, signature: __, ...unsigned } = record;
  const said = await signPresence(PROJECT, unsigned, ann);
  expect(await verifyPresence(PROJECT, said, verify)).toBe(true);
  expect(await verifyPresence(OTHER, said, verify)).toBe(false);
  for (const change of [
    { author: ben.author },
    { counter: 2 },
    { length: 3 },
    { state: null },
    { session: 'b'.repeat(25) + 'a' },
  ])
    expect(await verifyPresence(PROJECT, { ...said, ...change }, verify)).toBe(false);
});

test('digests tell different logs apart, and not different orders', () => {
  const [one, two] = [
    { author: ann.author, length: 1, hash: hash(1) },
    { author: ben.author, length: 2, hash: hash(2) },
  ];
  expect(headsDigest([one, two])).toEqual(headsDigest([two, one]));
  const others = [
    [one],
    [two],
    [],
    [{ ...one, length: 2 }, two],
    [{ ...one, hash: hash(2) }, two],
    [
      { ...one, author: ben.author },
      { ...two, author: ann.author },
    ],
  ];
  for (const other of others) expect(headsDigest(other)).not.toEqual(headsDigest([one, two]));
});
