import { expect, test } from 'vitest';
import type { LogEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';
import { Projection } from '#core/projection/projection';

const [OWNER, ANNOTATOR, VIEWER, STRANGER] = [1, 2, 3, 4].map((n) => toBase32(new Uint8Array(32).fill(n))) as [
  string,
  string,
  string,
  string,
];
const hash = new Uint8Array(32);
const admitted = (author: string, role: 'annotator' | 'viewer'): LogEvent => ({
  ...{ type: 'member.changed', author, role, asOf: { seq: -1, hash } },
});
const skip: LogEvent = { type: 'item.skipped', item: 'a'.repeat(26), leadMs: 1 };
const founding: LogEvent = {
  ...{ type: 'project.founded', version: 1, name: 'p', founder: 'F', recovery: hash, nonce: new Uint8Array(16) },
};

test('what an event amounts to follows from its author’s role, from forks, and from what this version knows', () => {
  const projection = new Projection(OWNER);
  const apply = (author: string, seq: number, ...events: LogEvent[]): void => {
    projection.apply(author, { seq, prev: null, lamport: seq + 1, time: 1, events, sig: new Uint8Array(64) });
  };
  apply(OWNER, 0, founding, admitted(ANNOTATOR, 'annotator'), admitted(VIEWER, 'viewer'));
  const of = (author: string, event: LogEvent = skip, seq = 5) => projection.eventStanding(author, seq, event);
  expect(of(ANNOTATOR)).toBe('counts');
  expect(of(VIEWER)).toBe('beyond-role');
  expect(of(ANNOTATOR, { type: 'settings.changed', settings: {} })).toBe('beyond-role');
  expect(of(STRANGER)).toBe('waiting');
  expect(of(OWNER, { type: 'unknown:poll.opened', raw: {} })).toBe('unknown');
  projection.cut(ANNOTATOR, 5);
  expect(of(ANNOTATOR, skip, 4)).toBe('counts');
  expect(of(ANNOTATOR, skip, 5)).toBe('forked');
});
