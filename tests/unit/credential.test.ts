import { expect, test } from 'vitest';
import type { AuthorityFact } from '#core/log/authority-fact';
import type { ControlEvent } from '#core/log/events';
import { proofMessage } from '#core/log/proofs';
import { certify, isExpired, judgeCredential, verifyCertificate } from '#core/peers/credential';
import type { Credential, InviteTerms } from '#core/peers/invitation';
import { founding, testAuthor, verify, type TestAuthor } from '../support/authors';

const PROJECT = 'b'.repeat(51) + 'a';
const OTHER_PROJECT = 'c'.repeat(51) + 'a';
const HOUR = 3_600_000;
const NOW = 1.8e12;

const [owner, second, ben, eve, invite, recovery] = [1, 2, 3, 4, 5, 6].map(testAuthor) as [
  TestAuthor,
  TestAuthor,
  TestAuthor,
  TestAuthor,
  TestAuthor,
  TestAuthor,
];

const terms = (changes: Partial<InviteTerms> = {}): InviteTerms => ({
  ...{ project: PROJECT, invite: invite.publicKey, role: 'annotator', expires: NOW + HOUR },
  ...changes,
});

/** What `author` shows who was given the link. */
async function credential(
  author: TestAuthor,
  { issuer = owner, key = invite, ...changes }: Partial<InviteTerms> & { issuer?: TestAuthor; key?: TestAuthor } = {},
): Promise<Extract<Credential, { kind: 'join' }>> {
  const certificate = await certify(terms(changes), issuer);
  const proof = await key.sign(proofMessage('join', certificate.project, author.author));
  return { kind: 'join', certificate, name: 'Ben', proof };
}

let seq = 0;
const said = (author: TestAuthor, event: ControlEvent): AuthorityFact => ({
  author: author.author,
  seq: ++seq,
  index: 0,
  event,
});
const changed = (by: TestAuthor, of: TestAuthor, role: 'none' | 'annotator') =>
  said(by, { type: 'member.changed', author: of.author, role, asOf: { seq: 0, hash: new Uint8Array(32) } });
const withdrawn = (by: TestAuthor, admitted: readonly TestAuthor[], key = invite) =>
  said(by, { type: 'invite.withdrawn', invite: key.publicKey, admitted: admitted.map(({ author }) => author) });

const judge = (
  author: TestAuthor,
  shown: Credential,
  {
    facts = [],
    now = NOW,
    owners = [owner],
  }: { facts?: readonly AuthorityFact[]; now?: number; owners?: TestAuthor[] } = {},
) =>
  judgeCredential(
    author.author,
    shown,
    { project: PROJECT, facts, isOwner: (one) => owners.some(({ author: theirs }) => theirs === one), now },
    verify,
  );

test('who was given the link is admitted, whether the invite is known here or not', async () => {
  expect(await judge(ben, await credential(ben))).toBe(true);
});

test.each([
  ['somebody else shows it', async () => judge(eve, await credential(ben))],
  ['who issued it is no owner here', async () => judge(ben, await credential(ben, { issuer: eve }))],
  ['it is of another project', async () => judge(ben, await credential(ben, { project: OTHER_PROJECT }))],
  ['it was signed for by another invite key', async () => judge(ben, await credential(ben, { key: eve }))],
  [
    'the role was raised after it was signed',
    async () => {
      const shown = await credential(ben);
      return judge(ben, { ...shown, certificate: { ...shown.certificate, role: 'reviewer' } });
    },
  ],
  [
    'its date was moved after it was signed',
    async () => {
      const shown = await credential(ben, { expires: NOW - 2 * HOUR });
      return judge(ben, { ...shown, certificate: { ...shown.certificate, expires: NOW + HOUR } });
    },
  ],
  [
    'another owner is named as who signed it',
    async () => {
      const shown = await credential(ben, { issuer: eve });
      return judge(ben, { ...shown, certificate: { ...shown.certificate, issuer: owner.author } });
    },
  ],
  ['it is withdrawn', async () => judge(ben, await credential(ben), { facts: [withdrawn(owner, [eve])] })],
  [
    'it is withdrawn by another owner',
    async () => judge(ben, await credential(ben), { facts: [withdrawn(second, [])], owners: [owner, second] }),
  ],
  ['they were removed', async () => judge(ben, await credential(ben), { facts: [changed(owner, ben, 'none')] })],
  [
    'they were removed and come with a newer invite',
    async () => {
      const newer = await credential(ben, { invite: second.publicKey, key: second });
      return judge(ben, newer, { facts: [changed(owner, ben, 'none')] });
    },
  ],
  [
    'they were given a role and then removed',
    async () =>
      judge(ben, await credential(ben), { facts: [changed(owner, ben, 'annotator'), changed(owner, ben, 'none')] }),
  ],
])('nobody is admitted where %s', async (_, judged) => {
  expect(await judged()).toBe(false);
});

test.each([
  ['a withdrawal that counts them among those who had joined', () => withdrawn(owner, [ben])],
  ['a withdrawal of another invite', () => withdrawn(owner, [], eve)],
  ['a withdrawal by somebody who is no owner', () => withdrawn(eve, [])],
  ['a removal by somebody who is no owner', () => changed(eve, ben, 'none')],
  ['the removal of somebody else', () => changed(owner, eve, 'none')],
])('%s shuts nobody out', async (_, fact) => {
  expect(await judge(ben, await credential(ben), { facts: [fact()] })).toBe(true);
});

test('an invite is good for an hour longer than it says, because clocks differ, and then no more', async () => {
  const shown = await credential(ben);
  expect(await judge(ben, shown, { now: NOW + 2 * HOUR })).toBe(true);
  expect(await judge(ben, shown, { now: NOW + 2 * HOUR + 1 })).toBe(false);
  expect(isExpired({ expires: 0 }, HOUR)).toBe(false);
  expect(isExpired({ expires: 0 }, 5 * 365 * 24 * HOUR)).toBe(true);
});

test('a certificate does not pass for one whose issuer is no key', async () => {
  const certificate = await certify(terms(), owner);
  expect(await verifyCertificate(certificate, verify)).toBe(true);
  expect(await verifyCertificate({ ...certificate, issuer: 'ada' }, verify)).toBe(false);
});

test('the recovery key of the founding commit admits whom it signed for, until their recovery is here', async () => {
  const founded = { author: owner.author, seq: 0, index: 0, event: founding(recovery.publicKey) as ControlEvent };
  const shown: Credential = {
    kind: 'recovery',
    proof: await recovery.sign(proofMessage('owner', PROJECT, ben.author)),
  };
  expect(await judge(ben, shown, { facts: [founded] })).toBe(true);
  expect(await judge(ben, shown, { facts: [founded, changed(owner, ben, 'none')] })).toBe(true);
  expect(await judge(eve, shown, { facts: [founded] })).toBe(false);
  expect(await judge(ben, shown)).toBe(false);
  const recovered = said(ben, { type: 'owner.added', author: ben.author, name: 'Ben', proof: shown.proof });
  expect(await judge(ben, shown, { facts: [founded, recovered] })).toBe(false);
});
