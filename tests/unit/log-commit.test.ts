import { encode } from '@ipld/dag-cbor';
import { describe, expect, test } from 'vitest';
import {
  decodeCommit,
  encodeCommit,
  MAX_COMMIT_EVENTS,
  nextLamport,
  signCommit,
  verifySignature,
  type CommitBody,
} from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import { comment, founding, testAuthor, verify } from '../support/authors';

/** RFC 8032, 7.1, test 1. */
const SEED = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const PUBLIC = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const author = testAuthor(SEED);

const prev = new Uint8Array(32).fill(7);
const body = (events: readonly LogEvent[], more: Partial<CommitBody> = {}): CommitBody => ({
  seq: 1,
  prev,
  lamport: 2,
  time: 0,
  events,
  ...more,
});
const wire = (events: unknown, more: Record<string, unknown> = {}) =>
  new Uint8Array(encode({ seq: 1, prev, lamport: 2, time: 0, events, sig: new Uint8Array(64), ...more }));
const codeOf = (bytes: Uint8Array) => {
  const read = decodeCommit(bytes);
  return read.ok ? 'ok' : read.error.code;
};

test('the bytes of a commit are as written by hand from the format', async () => {
  const bytes = await signCommit(body([{ type: 'annotation.withdrawn', item: 'a'.repeat(26) }]), author);
  const seq = '6373657101'; // "seq": 1
  const rest =
    `64707265765820${'07'.repeat(32)}` + // "prev": 32 bytes
    '6474696d6500' + // "time": 0
    `666576656e747381a2646974656d781a${'61'.repeat(26)}6474797065` + // "events": [{"item": 26 × a, "type":
    `74${Buffer.from('annotation.withdrawn').toString('hex')}` +
    '676c616d706f727402'; // "lamport": 2
  const message = Buffer.concat([Buffer.from('concord-commit-v1\0'), Buffer.from(`a5${seq}${rest}`, 'hex')]);
  const sig = Buffer.from(await author.sign(message)).toString('hex');
  expect(Buffer.from(bytes).toString('hex')).toBe(`a6${seq}637369675840${sig}${rest}`);
  expect(Buffer.from(author.publicKey).toString('hex')).toBe(PUBLIC);
});

test('an annotation that is committed alone takes at most 300 bytes', async () => {
  const annotation: LogEvent = {
    type: 'annotation.submitted',
    item: 'mfzwizltoq2dgmzvgqztkmzsga',
    values: { sentiment: ['card-arrival'] },
    schema: 12,
    leadMs: 21_345,
    from: 'prediction',
  };
  const bytes = await signCommit(body([annotation], { seq: 99_999, lamport: 123_456, time: 1.79e12 }), author);
  expect(bytes.length).toBeLessThanOrEqual(300);
});

test('a signature belongs to its author and to every part of the body', async () => {
  const read = decodeCommit(await signCommit(body([comment('a')]), author));
  if (!read.ok) throw new Error(read.error.message);
  const commit = read.value;
  expect(await verifySignature(author.author, commit, verify)).toMatchObject({ ok: true });
  for (const changed of [
    { seq: 2 },
    { prev: new Uint8Array(32) },
    { lamport: 3 },
    { time: 1 },
    { events: [comment('b')] },
  ]) {
    expect(await verifySignature(author.author, { ...commit, ...changed }, verify)).toMatchObject({
      ok: false,
      error: { code: 'commit.signature', path: expect.stringContaining(`commit ${changed.seq ?? 1}`) as string },
    });
  }
  expect(await verifySignature(testAuthor(2).author, commit, verify)).toMatchObject({ ok: false });
  expect(await verifySignature('no author', commit, verify)).toMatchObject({ ok: false });
});

describe('what is no commit', () => {
  const event = { type: 'annotation.withdrawn', item: 'a'.repeat(26) };
  test.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'commit.malformed'],
    ['a part missing', encode({ seq: 1, prev, lamport: 2, time: 0, events: [event] }), 'commit.malformed'],
    ['a part too many', wire([event], { more: 1 }), 'commit.malformed'],
    ['a negative seq', wire([event], { seq: -1 }), 'commit.malformed'],
    ['a short prev', wire([event], { prev: new Uint8Array(31) }), 'commit.malformed'],
    ['a short signature', wire([event], { sig: new Uint8Array(63) }), 'commit.malformed'],
    ['a fractional time', wire([event], { time: 0.5 }), 'commit.malformed'],
    ['lamport 0', wire([event], { lamport: 0 }), 'commit.lamport'],
    ['lamport above 2^48', wire([event], { lamport: 2 ** 48 + 1 }), 'commit.lamport'],
    ['lamport 2^48', wire([event], { lamport: 2 ** 48 }), 'ok'],
    ['no events', wire([]), 'commit.malformed'],
    ['events that are no list', wire({ 0: event }), 'commit.malformed'],
    ['1,000 events', wire(Array(MAX_COMMIT_EVENTS).fill(event)), 'ok'],
    ['1,001 events', wire(Array(MAX_COMMIT_EVENTS + 1).fill(event)), 'commit.malformed'],
    ['over 4 MiB', wire(Array(600).fill({ type: 'newer', text: 'x'.repeat(7000) })), 'commit.malformed'],
    ['an event that is a word', wire(['annotation.withdrawn']), 'commit.malformed'],
    ['an event without a type', wire([{ item: 'a'.repeat(26) }]), 'commit.malformed'],
    ['null for a predecessor', wire([event], { prev: null }), 'commit.malformed'],
    ['a founding that names a predecessor', wire([founding()], { seq: 0 }), 'commit.malformed'],
    ['a founding later in the log', wire([founding()], { prev: null }), 'commit.malformed'],
    ['a founding', wire([founding(), event], { seq: 0, prev: null }), 'ok'],
    ['two foundings', wire([founding(), founding()], { seq: 0, prev: null }), 'commit.malformed'],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });
});

describe('events', () => {
  const item = 'a'.repeat(26);
  const annotation = { type: 'annotation.submitted', item, values: { f: ['x'] }, schema: 1, leadMs: 0, from: 'person' };
  const classes = [{ id: 'x', name: 'X', color: '#aabbcc', key: '1', description: '' }];
  const field = {
    id: 'f',
    kind: 'choice',
    name: 'F',
    required: true,
    multiple: false,
    classes,
    retired: [],
    remap: {},
  };
  const schema = (fields: unknown) => ({ type: 'schema.changed', schema: { version: 1, fields, guidelines: '' } });
  const proto = JSON.parse('{"__proto__": ["x"]}') as unknown;

  test.each<[string, { readonly type: string; readonly [key: string]: unknown }, 'known' | 'unknown' | 'malformed']>([
    ['an annotation', annotation, 'known'],
    ['an annotation with a note', { ...annotation, note: 'n' }, 'known'],
    ['keys of a newer version', { ...annotation, later: { a: 1 } }, 'known'],
    ['a type of a newer version', { type: 'track.merged', of: [1] }, 'unknown'],
    ['a type named like a method', { type: 'toString' }, 'unknown'],
    ['a value of no kind by a name of an object’s own', { ...annotation, values: { constructor: 7 } }, 'unknown'],
    ['a value of a newer kind', { ...annotation, values: { f: { box: [1, 2, 3, 4] } } }, 'unknown'],
    ['an origin of a newer version', { ...annotation, from: 'swarm' }, 'unknown'],
    ['an annotation of no item', { ...annotation, item: 'a' }, 'malformed'],
    ['an item id with stray bits', { ...annotation, item: `${'a'.repeat(25)}b` }, 'malformed'],
    ['values that are a list', { ...annotation, values: [['x']] }, 'malformed'],
    ['values that are bytes', { ...annotation, values: prev }, 'malformed'],
    ['a prototype among the values', { ...annotation, values: proto }, 'malformed'],
    ['a note of 10,001 characters', { ...annotation, note: 'n'.repeat(10_001) }, 'malformed'],
    ['a negative lead time', { ...annotation, leadMs: -1 }, 'malformed'],
    ['a schema', schema([field]), 'known'],
    ['a schema with a newer kind of field', schema([field, { ...field, id: 'g', kind: 'hologram' }]), 'unknown'],
    ['a choice without classes', schema([{ ...field, classes: null }]), 'malformed'],
    ['a field without a name', schema([{ ...field, name: null }]), 'malformed'],
    ['some settings', { type: 'settings.changed', settings: { minAnnotators: 3 } }, 'known'],
    ['settings that are a list', { type: 'settings.changed', settings: [] }, 'malformed'],
    ['no annotators', { type: 'settings.changed', settings: { minAnnotators: 0 } }, 'malformed'],
    ['an invite for an owner', { type: 'invite.issued', invite: prev, role: 'owner', expires: 0, note: '' }, 'unknown'],
    [
      'a short invite',
      { type: 'invite.issued', invite: new Uint8Array(3), role: 'viewer', expires: 0, note: '' },
      'malformed',
    ],
    ['a resolution taken back', { type: 'item.resolved', item, values: null }, 'known'],
  ])('%s', (_name, event, expected) => {
    const bytes = wire([event]);
    const read = decodeCommit(bytes);
    if (!read.ok) {
      expect(expected).toBe('malformed');
      return;
    }
    expect(read.value.events[0]?.type).toBe(expected === 'unknown' ? `unknown:${event.type}` : event.type);
    expect(expected).not.toBe('malformed');
    expect(encodeCommit(read.value)).toEqual(bytes);
  });
});

test('nobody signs a commit that no peer would accept', async () => {
  await expect(signCommit(body([comment('x'.repeat(10_001))]), author)).rejects.toThrow('invalid shape');
});

test('a hostile clock at its bound leaves everybody room', () => {
  expect(nextLamport(0, 0)).toBe(1);
  expect(nextLamport(5, 9)).toBe(10);
  expect(nextLamport(9, 5)).toBe(10);
  expect(nextLamport(5, 2 ** 48)).toBe(5 + 2 ** 24);
  expect(nextLamport(2 ** 47, 2 ** 48)).toBeLessThan(2 ** 48);
});
