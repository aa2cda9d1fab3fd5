import { describe, expect, test } from 'vitest';
import { Authority } from '#core/log/authority';
import type { AuthorityFact } from '#core/log/authority-fact';
import type { ControlEvent, LogEvent } from '#core/log/events';
import { proofMessage, Proofs, type KnownProofs } from '#core/log/proofs';
import { mayCommit } from '#core/log/roles';
import { hashOf } from '#core/model/hash';
import { testAuthor, verify, type TestAuthor } from '../support/authors';

const [founder, ann, ben, cleo, recovery, invite, eve] = [1, 2, 3, 4, 5, 6, 7].map(testAuthor) as [
  TestAuthor,
  TestAuthor,
  TestAuthor,
  TestAuthor,
  TestAuthor,
  TestAuthor,
  TestAuthor,
];
const project = hashOf(new Uint8Array(1));
const all: KnownProofs = { holds: () => true };

const fact = ({ author }: TestAuthor, seq: number, event: ControlEvent): AuthorityFact => ({
  author,
  seq,
  index: 0,
  event,
});
const founded = fact(founder, 0, {
  type: 'project.founded',
  version: 1,
  name: '',
  founder: '',
  recovery: recovery.publicKey,
  nonce: new Uint8Array(16),
});
const owner = (who: TestAuthor): ControlEvent => ({ type: 'owner.added', author: who.author, name: '' });
const change = (
  who: TestAuthor,
  role: 'owner' | 'reviewer' | 'annotator' | 'viewer' | 'none',
  asOf: number,
): ControlEvent => ({
  type: 'member.changed',
  author: who.author,
  role,
  asOf: { seq: asOf, hash: new Uint8Array(32) },
});
const issue = (role: 'reviewer' | 'annotator' | 'viewer', by = invite): ControlEvent => ({
  type: 'invite.issued',
  invite: by.publicKey,
  role,
  expires: 0,
  note: '',
});
const withdraw = (...admitted: readonly TestAuthor[]): ControlEvent => ({
  type: 'invite.withdrawn',
  invite: invite.publicKey,
  admitted: admitted.map(({ author }) => author),
});
const join: ControlEvent = { type: 'member.joined', name: '', invite: invite.publicKey, proof: new Uint8Array(64) };
const recover = (who: TestAuthor): ControlEvent => ({ ...owner(who), proof: new Uint8Array(64) }) as ControlEvent;

/** The author's roles at their commits 0 to 9, by initial letters; `-` for none. */
const roles = (who: TestAuthor, facts: readonly AuthorityFact[], proofs = all): string => {
  const authority = new Authority([founded, ...facts], proofs);
  return Array.from({ length: 10 }, (_, seq) => authority.roleAt(who.author, seq).replace('none', '-')[0]).join('');
};

describe('standing', () => {
  test.each<[string, TestAuthor, string, readonly AuthorityFact[]]>([
    ['the founder owns', founder, 'oooooooooo', []],
    ['nobody else is anything', ann, '----------', []],
    ['an owner adds an owner', ann, 'oooooooooo', [fact(founder, 1, owner(ann))]],
    ['who adds another', ben, 'oooooooooo', [fact(founder, 1, owner(ann)), fact(ann, 0, owner(ben))]],
    ['a stranger adds nobody', ben, '----------', [fact(ann, 0, owner(ben))]],
    ['nobody adds themselves', ann, '----------', [fact(ann, 0, owner(ann))]],

    [
      'an invite admits from the join on',
      ann,
      '---aaaaaaa',
      [fact(founder, 1, issue('annotator')), fact(ann, 3, join)],
    ],
    ['a stranger’s invite admits nobody', ann, '----------', [fact(eve, 1, issue('annotator')), fact(ann, 3, join)]],
    [
      'an annotator’s invite admits nobody',
      ann,
      '----------',
      [fact(founder, 1, change(eve, 'annotator', -1)), fact(eve, 1, issue('annotator')), fact(ann, 3, join)],
    ],
    [
      'an invite issued twice admits to the lesser role',
      ann,
      'vvvvvvvvvv',
      [fact(founder, 1, issue('reviewer')), fact(founder, 2, issue('viewer')), fact(ann, 0, join)],
    ],
    [
      'a withdrawn invite admits nobody',
      ann,
      '----------',
      [fact(founder, 1, issue('annotator')), fact(founder, 2, withdraw()), fact(ann, 0, join)],
    ],
    [
      'but whom the withdrawal lists',
      ann,
      'aaaaaaaaaa',
      [fact(founder, 1, issue('annotator')), fact(founder, 2, withdraw(ann)), fact(ann, 0, join)],
    ],
    [
      'and after two withdrawals whom both list',
      ann,
      '----------',
      [
        fact(founder, 1, owner(ben)),
        fact(founder, 2, issue('annotator')),
        fact(founder, 3, withdraw(ann, cleo)),
        fact(ben, 0, withdraw(cleo)),
        fact(ann, 0, join),
      ],
    ],
    [
      'a stranger withdraws nothing',
      ann,
      'aaaaaaaaaa',
      [fact(founder, 1, issue('annotator')), fact(eve, 0, withdraw()), fact(ann, 0, join)],
    ],

    [
      'a removal holds after the commit it names',
      ann,
      'aaaaa-----',
      [fact(founder, 1, issue('annotator')), fact(ann, 0, join), fact(founder, 2, change(ann, 'none', 4))],
    ],
    [
      'who was removed does not come back by the invite',
      ann,
      'aaaaa-----',
      [
        fact(founder, 1, issue('annotator')),
        fact(ann, 0, join),
        fact(founder, 2, change(ann, 'none', 4)),
        fact(ann, 7, join),
      ],
    ],
    [
      'an owner’s later decision replaces the earlier',
      ann,
      'aaaaa--rrr',
      [
        fact(founder, 1, change(ann, 'annotator', -1)),
        fact(founder, 2, change(ann, 'none', 4)),
        fact(founder, 3, change(ann, 'reviewer', 6)),
      ],
    ],
    [
      'also from an earlier commit on',
      ann,
      'aavvvvvvvv',
      [
        fact(founder, 1, change(ann, 'annotator', -1)),
        fact(founder, 2, change(ann, 'reviewer', 4)),
        fact(founder, 3, change(ann, 'viewer', 1)),
      ],
    ],
    [
      'between owners, who saw more of the log decides',
      ann,
      'aaaaavvvrr',
      [
        fact(founder, 1, owner(ben)),
        fact(founder, 2, change(ann, 'annotator', -1)),
        fact(founder, 3, change(ann, 'viewer', 4)),
        fact(ben, 0, change(ann, 'reviewer', 7)),
      ],
    ],
    [
      'and of the same log, the lesser role',
      ann,
      '-----vvvvv',
      [
        fact(founder, 1, owner(ben)),
        fact(founder, 2, change(ann, 'viewer', 4)),
        fact(ben, 0, change(ann, 'reviewer', 4)),
      ],
    ],
    [
      'a former owner decides nothing any more',
      ann,
      '----------',
      [
        fact(founder, 1, owner(ben)),
        fact(founder, 2, change(ben, 'none', 2)),
        fact(ben, 3, change(ann, 'annotator', -1)),
      ],
    ],
    [
      'but what an owner decided before stands',
      ann,
      'aaaaaaaaaa',
      [
        fact(founder, 1, owner(ben)),
        fact(founder, 2, change(ben, 'none', 2)),
        fact(ben, 2, change(ann, 'annotator', -1)),
      ],
    ],
  ])('%s', (_name, who, expected, facts) => {
    expect(roles(who, facts)).toBe(expected);
  });
});

describe('owners among themselves', () => {
  const both = [fact(founder, 1, owner(ann)), fact(founder, 2, owner(ben))];
  const feud = [...both, fact(ann, 5, change(ben, 'none', 3)), fact(ben, 6, change(ann, 'none', 2))];

  test.each<[string, TestAuthor, string, readonly AuthorityFact[]]>([
    [
      'a later owner cannot depose the founder',
      founder,
      'oooooooooo',
      [...both, fact(ann, 0, change(founder, 'none', 1))],
    ],
    ['an owner deposes one of the same rank', ben, 'oooo------', [...both, fact(ann, 5, change(ben, 'none', 3))]],
    ['two who depose each other are deposed: one', ben, 'oooo------', feud],
    ['two who depose each other are deposed: the other', ann, 'ooo-------', feud],
    [
      'the founder settles it by voiding one’s decision',
      ann,
      'oooooooooo',
      [...feud, fact(founder, 3, change(ben, 'none', 5))],
    ],
    [
      'who was deposed by the same rank restores nobody',
      cleo,
      'ooo-------',
      [
        ...both,
        fact(founder, 3, owner(cleo)),
        fact(founder, 4, change(cleo, 'none', 2)),
        fact(ann, 5, change(ben, 'none', 3)),
        fact(ben, 6, change(cleo, 'owner', 4)),
      ],
    ],
    [
      'who was not, does',
      cleo,
      'ooo--ooooo',
      [
        ...both,
        fact(founder, 3, owner(cleo)),
        fact(founder, 4, change(cleo, 'none', 2)),
        fact(ben, 6, change(cleo, 'owner', 4)),
      ],
    ],
    [
      'an owner takes back their own deposing of the same rank',
      ben,
      'oooooooooo',
      [...both, fact(ann, 5, change(ben, 'none', 3)), fact(ann, 6, change(ben, 'owner', 3))],
    ],
    ['the recovery code makes an owner', ann, '--oooooooo', [fact(ann, 2, recover(ann))]],
    [
      'whom the founder cannot depose',
      ann,
      '--oooooooo',
      [fact(ann, 2, recover(ann)), fact(founder, 1, change(ann, 'none', 2))],
    ],
    [
      'and who deposes the founder',
      founder,
      'oo--------',
      [fact(ann, 2, recover(ann)), fact(ann, 3, change(founder, 'none', 1))],
    ],
    [
      'so that the founder’s later owners are none',
      ben,
      '----------',
      [fact(ann, 2, recover(ann)), fact(ann, 3, change(founder, 'none', 1)), fact(founder, 2, owner(ben))],
    ],
    ['a proof counts for its own author only', ann, '----------', [fact(eve, 2, recover(ann))]],
  ])('%s', (_name, who, expected, facts) => {
    expect(roles(who, facts)).toBe(expected);
  });
});

describe('proofs', () => {
  const joining = async (signer: TestAuthor, purpose: 'join' | 'owner', of: TestAuthor, where = project) =>
    signer.sign(proofMessage(purpose, where, of.author));
  const issued = fact(founder, 1, issue('annotator'));

  test.each<[string, string, () => Promise<ControlEvent>]>([
    ['by the invite', 'aaaaaaaaaa', async () => ({ ...join, proof: await joining(invite, 'join', ann) })],
    ['by another key', '----------', async () => ({ ...join, proof: await joining(eve, 'join', ann) })],
    ['for somebody else', '----------', async () => ({ ...join, proof: await joining(invite, 'join', eve) })],
    ['for another purpose', '----------', async () => ({ ...join, proof: await joining(invite, 'owner', ann) })],
    [
      'for another project',
      '----------',
      async () => ({ ...join, proof: await joining(invite, 'join', ann, hashOf(new Uint8Array(2))) }),
    ],
    [
      'by the recovery key',
      'oooooooooo',
      async () => ({ ...owner(ann), proof: await joining(recovery, 'owner', ann) }) as ControlEvent,
    ],
    [
      'by the invite, to own',
      '----------',
      async () => ({ ...owner(ann), proof: await joining(invite, 'owner', ann) }) as ControlEvent,
    ],
    ['by nobody', '----------', () => Promise.resolve(owner(ann))],
  ])('%s', async (_name, expected, event) => {
    const facts = [fact(ann, 0, await event()), issued];
    const proofs = new Proofs(project, verify);
    expect(await proofs.check(facts)).toBe(expected.startsWith('a'));
    expect(await proofs.check([...facts, founded])).toBe(expected.startsWith('o'));
    expect(roles(ann, facts, proofs)).toBe(expected);
    expect(roles(ann, facts, new Proofs(project, verify))).toBe('----------');
  });
});

test('a proof for joining makes no owner, even where the invite’s key is the recovery key', async () => {
  const proof = await recovery.sign(proofMessage('join', project, ann.author));
  const facts = [
    founded,
    fact(founder, 1, issue('annotator', recovery)),
    fact(ann, 0, { type: 'member.joined', name: '', invite: recovery.publicKey, proof }),
    fact(ann, 1, { type: 'owner.added', author: ann.author, name: '', proof }),
  ];
  const proofs = new Proofs(project, verify);
  await proofs.check(facts);
  expect(roles(ann, facts.slice(1), proofs)).toBe('aaaaaaaaaa');
});

test.each<[LogEvent['type'], string]>([
  ['member.joined', 'viewer annotator reviewer owner'],
  ['annotation.submitted', 'annotator reviewer owner'],
  ['annotation.withdrawn', 'annotator reviewer owner'],
  ['item.skipped', 'annotator reviewer owner'],
  ['item.flagged', 'annotator reviewer owner'],
  ['comment.added', 'annotator reviewer owner'],
  ['review.decided', 'annotator reviewer owner'],
  ['item.resolved', 'reviewer owner'],
  ['settings.changed', 'owner'],
  ['schema.changed', 'owner'],
  ['items.added', 'owner'],
  ['items.removed', 'owner'],
  ['invite.issued', 'owner'],
  ['invite.withdrawn', 'owner'],
  ['member.changed', 'owner'],
  ['owner.added', 'owner'],
  ['key.published', 'viewer annotator reviewer owner'],
  ['gold.set', 'reviewer owner'],
  ['gold.shared', 'reviewer owner'],
  ['gold.disclosed', 'owner'],
  ['items.dealt', 'reviewer owner'],
  ['member.paused', 'reviewer owner'],
  ['snapshot.taken', 'reviewer owner'],
  ['queue.ordered', 'owner'],
  ['predictions.published', 'owner'],
  ['unknown:member.changed', ''],
  ['unknown:toString', ''],
])('%s may be committed by: %s', (type, expected) => {
  const standings = ['none', 'viewer', 'annotator', 'reviewer', 'owner'] as const;
  expect(standings.filter((standing) => mayCommit(standing, { type } as LogEvent)).join(' ')).toBe(expected);
});

test('two authorities agree on a log as far as its roles are the same', () => {
  const before = new Authority([founded, fact(founder, 1, change(ann, 'annotator', -1))]);
  const after = new Authority([
    founded,
    fact(founder, 1, change(ann, 'annotator', -1)),
    fact(founder, 2, change(ann, 'none', 4)),
  ]);
  expect(after.agreesWith(before, ann.author, 5)).toBe(true);
  expect(after.agreesWith(before, ann.author, 6)).toBe(false);
  expect(before.agreesWith(after, ann.author, 6)).toBe(false);
  expect(before.agreesWith(after, ben.author, 100)).toBe(true);
});
