import { describe, expect, test } from 'vitest';
import { activityKind, type ActivityKind } from '#core/log/activity';
import { activityWords, foldedWords } from '#core/log/activity-words';
import { readEvent } from '#core/log/event-schemas';
import type { ItemEvent, LogEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';
import { DEFAULT_SETTINGS } from '#core/model/project';
import { SCHEMA } from '../support/schema';

const [ADA, BEN, NOBODY] = [1, 2, 3].map((n) => toBase32(new Uint8Array(32).fill(n))) as [string, string, string];
const context = { author: ADA, schema: SCHEMA, name: (author: string) => (author === BEN ? 'Ben' : '') };
const item = 'a'.repeat(26);
const key = new Uint8Array(32);
const labelled = { type: 'annotation.submitted', item, values: { label: ['x', 'z'] }, schema: 1, leadMs: 1 } as const;
const asOf = { seq: 4, hash: key };

/** One row per event: what it is about, and how it reads after a name, with … for the item. */
const ROWS: readonly (readonly [kind: ActivityKind, reads: string, event: LogEvent])[] = [
  [
    'project',
    'founded the project “Birds”',
    { type: 'project.founded', version: 1, name: 'Birds', founder: 'Ada', recovery: key, nonce: new Uint8Array(16) },
  ],
  ['people', 'made Ben an owner', { type: 'owner.added', author: BEN, name: 'Ben' }],
  ['people', 'goes by the name “Ada”', { type: 'owner.added', author: ADA, name: 'Ada' }],
  ['people', 'became an owner by the recovery code', { type: 'owner.added', author: ADA, name: 'Ada', proof: key }],
  [
    'project',
    'named the project “Owls”, asked for 2 annotations of each item and set the agreement that is asked for to 80 %',
    { type: 'settings.changed', settings: { agreementThreshold: 0.8, minAnnotators: 2, name: 'Owls' } },
  ],
  [
    'project',
    'set the meeting servers wss://a.example and wss://b.example',
    { type: 'settings.changed', settings: { meeting: { servers: ['wss://a.example', 'wss://b.example'], ice: [] } } },
  ],
  ['project', 'changed the questions: “Label” with 3 classes', { type: 'schema.changed', schema: SCHEMA }],
  ['project', 'took all questions away', { type: 'schema.changed', schema: { ...SCHEMA, fields: [] } }],
  ['items', 'added 1,000 items', { type: 'items.added', chunk: 'c', count: 1000 }],
  ['items', 'removed 1 item', { type: 'items.removed', items: [item] }],
  [
    'people',
    'made an invite for an annotator (for Ben)',
    { type: 'invite.issued', invite: key, role: 'annotator', expires: 1, note: 'for Ben' },
  ],
  [
    'people',
    'made an invite for a reviewer',
    { type: 'invite.issued', invite: key, role: 'reviewer', expires: 1, note: '' },
  ],
  [
    'people',
    'withdrew an invite, by which 1 person had joined',
    { type: 'invite.withdrawn', invite: key, admitted: [BEN] },
  ],
  ['people', 'joined as “Ben”', { type: 'member.joined', name: 'Ben', invite: key, proof: new Uint8Array(64) }],
  ['people', 'made Ben a viewer', { type: 'member.changed', author: BEN, role: 'viewer', asOf }],
  [
    'people',
    'removed Ben, from their beginning on',
    { type: 'member.changed', author: BEN, role: 'none', asOf: { seq: -1, hash: key } },
  ],
  [
    'people',
    `made somebody (${NOBODY.slice(0, 6)}) an annotator`,
    { type: 'member.changed', author: NOBODY, role: 'annotator', asOf },
  ],
  ['models', 'ordered what is asked next, by margin', { type: 'queue.ordered', strategy: 'margin', chunk: 'c' }],
  ['models', 'published proposals of yolo', { type: 'predictions.published', model: 'yolo', chunk: 'c' }],
  ['labels', 'labelled … as x, z', { ...labelled, from: 'person' }],
  ['labels', 'accepted the proposal for … as x, z', { ...labelled, from: 'prediction' }],
  ['labels', 'brought in a label for … as x, z', { ...labelled, from: 'import' }],
  ['labels', 'labelled … as x, z, and noted “a wing”', { ...labelled, from: 'bulk', note: 'a wing' }],
  ['labels', 'labelled … as none of the classes', { ...labelled, from: 'person', values: {} }],
  ['labels', 'took back their answer to …', { type: 'annotation.withdrawn', item }],
  ['labels', 'skipped …', { type: 'item.skipped', item, leadMs: 1 }],
  ['labels', 'flagged …: “too dark”', { type: 'item.flagged', item, reason: 'too dark' }],
  ['labels', 'took back their flag of …', { type: 'item.flagged', item, reason: '' }],
  ['labels', 'commented on …: “look”', { type: 'comment.added', item, text: 'look' }],
  ['reviews', 'accepted …', { type: 'review.decided', item, verdict: 'accepted' }],
  ['reviews', 'rejected …', { type: 'review.decided', item, verdict: 'rejected' }],
  ['reviews', 'took back their review of …', { type: 'review.decided', item, verdict: 'none' }],
  ['reviews', 'decided that … is x', { type: 'item.resolved', item, values: { label: ['x'] } }],
  ['reviews', 'took back what was decided of …', { type: 'item.resolved', item, values: null }],
  [
    'other',
    'did something that this version does not know (poll.opened)',
    { type: 'unknown:poll.opened', raw: { type: 'poll.opened' } },
  ],
];

describe('every event reads as a sentence after its author’s name:', () => {
  test.each(ROWS)('%s: %s', (kind, reads, event) => {
    const { before, after } = activityWords(event, context);
    expect('item' in event ? `${before} …${after}` : before + after).toBe(reads);
    expect(activityKind(event)).toBe(kind);
  });

  test('each setting has words', () => {
    for (const [name, value] of Object.entries(DEFAULT_SETTINGS)) {
      const { before } = activityWords({ type: 'settings.changed', settings: { [name]: value as unknown } }, context);
      expect(before).not.toBe(`changed ${name}`);
    }
  });

  test('a setting, an origin and a class from elsewhere are told as far as they can be', () => {
    const changed = readEvent({ type: 'settings.changed', settings: { moon: 1 } })!;
    expect(activityWords(changed, context).before).toBe('changed moon');
    const submitted = readEvent({ ...labelled, values: { label: ['gone'] }, from: 'undo' })!;
    expect(activityWords(submitted, context)).toEqual({ before: 'labelled', after: ' as gone' });
  });

  test('what somebody typed is cut at 200 characters, none of them torn', () => {
    const { after } = activityWords({ type: 'comment.added', item, text: '🦉'.repeat(5000) }, context);
    expect(after).toBe(`: “${'🦉'.repeat(200)}…”`);
  });
});

test.each<readonly [string, ItemEvent['type']]>([
  ['labelled 1,000 items', 'annotation.submitted'],
  ['took back their answers to 1,000 items', 'annotation.withdrawn'],
  ['skipped 1,000 items', 'item.skipped'],
  ['set or took back flags of 1,000 items', 'item.flagged'],
  ['commented 1,000 times', 'comment.added'],
  ['reviewed 1,000 items', 'review.decided'],
  ['decided what 1,000 items are', 'item.resolved'],
])('many events of one commit read as one: %s', (reads, type) => {
  expect(foldedWords(type, 1000)).toEqual({ before: reads, after: '' });
});
