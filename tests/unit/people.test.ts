import { describe, expect, test } from 'vitest';
import type { AuthorId, ProjectId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { linkReach } from '#core/peers/link-reach';
import type { Invitation } from '#core/peers/invitation';
import { sameNameMarks } from '#core/peers/same-names';
import type { Result } from '#core/result';
import type { NewInvite, PeersView } from '#workers/project/api';
import { Expiry } from '#workers/project/people/expiry';
import { invite, withdrawInvite } from '#workers/project/people/invites';
import { join } from '#workers/project/people/join';
import { changeMember, nameMyself } from '#workers/project/people/members';
import { people } from '#workers/project/people/people';
import type { Session } from '#workers/project/session';
import { Device, value } from '../support/devices';

const TEXTS = ['one', 'two', 'three'];
const [ONE, TWO, THREE] = TEXTS.map((text) => itemId({ kind: 'text', text })) as [string, string, string];
const label = (item: string, leadMs = 5) =>
  ({ item, values: { label: ['x'] }, note: '', leadMs, from: 'person' }) as const;
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);
const DAY = 86_400_000;

const asked = (changes: Partial<NewInvite> = {}): NewInvite => ({
  ...{ role: 'annotator', expires: Date.now() + DAY, note: 'for Ben' },
  ...changes,
});

/** Joins on a device whose project, if it is there, no page has open. */
async function joinOn(device: Device, invitation: Invitation, name = 'Ben'): Promise<Result<ProjectId>> {
  const library = device.use();
  const sessions: Session[] = [];
  const open = async (id: ProjectId) => {
    const session = await device.open(id);
    sessions.push(session);
    return { ok: true, value: session } as const;
  };
  const joined = await join({ library, open }, invitation, name);
  for (const session of sessions) await session.close();
  return joined;
}

/** What one device has goes to the other, by project file. */
const pass = async (id: ProjectId, from: Device, to: Device) => value(await to.take((await from.save(id)).blob));

const authorOn = async (device: Device): Promise<AuthorId> => (await device.use().signer()).author;

/** A project of Ada's, an invite to it, and Ben, who joined by it and has everything. */
async function joined() {
  const [ada, ben] = [new Device(), new Device()];
  const id = await ada.found(TEXTS);
  const invitation = await ada.with(id, async (session) => value(await invite(session, asked())));
  value(await joinOn(ben, invitation));
  await pass(id, ada, ben);
  await pass(id, ben, ada);
  return { ada, ben, id, invitation, benId: await authorOn(ben) };
}

const peopleOn = (device: Device, id: ProjectId) => device.with(id, async (session) => value(await people(session)));
const roleOn = (device: Device, id: ProjectId, author: AuthorId) =>
  device.with(id, ({ projection }) => Promise.resolve(projection.standing(author)));

describe('Who opens an invite link', { timeout: 20_000 }, () => {
  test('has the project in the list at once, under the name of the link, and waits for its founding', async () => {
    const [ada, ben] = [new Device(), new Device()];
    const id = await ada.found(TEXTS);
    const invitation = await ada.with(id, async (session) => value(await invite(session, asked())));
    expect(invitation).toMatchObject({ projectName: 'Birds', inviterName: 'Ada', servers: [] });
    expect(value(await joinOn(ben, invitation, '  Ben '))).toBe(id);
    expect(await ben.use().projects()).toMatchObject([{ id, name: 'Birds', items: 0 }]);
    await ben.with(id, async (session) => {
      expect([session.isFounded, session.role, session.isRemoved]).toEqual([false, 'none', false]);
      expect(codeOf(await session.submit(label(ONE)))).toBe('item.unknown');
    });
  });

  test('is a member wherever the logs of both come together, and counts', async () => {
    const { ada, ben, id, benId } = await joined();
    await ben.with(id, async (session) => {
      expect([session.isFounded, session.role]).toEqual([true, 'annotator']);
      value(await session.submit(label(ONE, 4_000)));
      value(await session.submit(label(TWO, 8_000)));
      value(await session.skip(THREE, 2_000));
    });
    await pass(id, ben, ada);
    const { members, invites } = await peopleOn(ada, id);
    expect(members.map(({ name, role, isMe }) => [name, role, isMe]).sort()).toEqual([
      ['Ada', 'owner', true],
      ['Ben', 'annotator', false],
    ]);
    const ben2 = members.find(({ author }) => author === benId);
    expect(ben2).toMatchObject({ annotated: 2, skipped: 1, medianLeadMs: 4_000, isForked: false });
    expect(ben2?.lastAt).toBeGreaterThanOrEqual(ben2?.joinedAt ?? Infinity);
    expect(invites).toMatchObject([{ role: 'annotator', note: 'for Ben', state: 'open', joined: [benId] }]);
    expect((await peopleOn(ben, id)).invites).toEqual([]);
  });

  test('opens the project, and signs nothing, where the device is a member already', async () => {
    const { ben, id, invitation, benId } = await joined();
    expect(value(await joinOn(ben, invitation, 'Somebody'))).toBe(id);
    await ben.with(id, ({ projection }) => {
      expect([projection.applied(benId), projection.name(benId)]).toEqual([1, 'Ben']);
      return Promise.resolve();
    });
  });

  test('gets a greater role by an invite that gives one', async () => {
    const { ada, ben, id, benId } = await joined();
    const greater = await ada.with(id, async (session) => value(await invite(session, asked({ role: 'reviewer' }))));
    const lesser = await ada.with(id, async (session) => value(await invite(session, asked({ role: 'viewer' }))));
    await pass(id, ada, ben);
    value(await joinOn(ben, lesser));
    expect(await roleOn(ben, id, benId)).toBe('annotator');
    value(await joinOn(ben, greater));
    expect(await roleOn(ben, id, benId)).toBe('reviewer');
  });

  test('goes on with the log that was deleted with the project on this device, once it is back', async () => {
    const { ada, ben, id, invitation, benId } = await joined();
    await ben.with(id, async (session) => value(await session.submit(label(ONE))));
    await pass(id, ben, ada);
    await ben.use().remove(id);
    value(await joinOn(ben, invitation, 'Another name'));
    const { head } = await ben.with(id, async ({ store }) => ({ head: await store.heads.get(benId) }));
    expect(head?.length).toBe(1);
    await pass(id, await withoutLogOf(ada, id, benId), ben);
    await ben.with(id, async (session) => {
      expect(codeOf(await session.submit(label(TWO)))).toBe('log.awaited');
    });
    await pass(id, ada, ben);
    await ben.with(id, async (session) => value(await session.submit(label(TWO))));
    expect((await pass(id, ben, ada)).forked).toEqual([]);
    expect(await peopleOn(ada, id)).toMatchObject({
      members: expect.arrayContaining([
        expect.objectContaining({ author: benId, name: 'Ben', annotated: 2 }),
      ]) as unknown,
    });
  });

  test.each([
    ['an empty name', (one: Invitation) => one, '  ', 'name.missing'],
    ['a name that no commit can carry', (one: Invitation) => one, 'a'.repeat(201), 'text.too-long'],
    ['an invite that expired', (one: Invitation) => one, 'Ben', 'invite.expired'],
    [
      'a role that was raised after it was signed',
      (one: Invitation) => ({ ...one, certificate: { ...one.certificate, role: 'reviewer' as const } }),
      'Ben',
      'invite.forged',
    ],
    [
      'a key that is not the invite’s',
      (one: Invitation) => ({ ...one, seed: new Uint8Array(32) }),
      'Ben',
      'invite-link.wrong',
    ],
  ])('does not join with %s', async (_, changed, name, code) => {
    const [ada, ben] = [new Device(), new Device()];
    const id = await ada.found(TEXTS);
    const expires = Date.now() + (code === 'invite.expired' ? -2 * 3_600_000 : DAY);
    const invitation = await ada.with(id, async (session) => value(await invite(session, asked({ expires }))));
    expect(codeOf(await joinOn(ben, changed(invitation), name))).toBe(code);
    expect(await ben.use().projects()).toEqual([]);
  });
});

/** A device that has the project as it was before somebody joined. */
async function withoutLogOf(device: Device, id: ProjectId, author: AuthorId): Promise<Device> {
  const other = new Device();
  const { blob } = await device.save(id);
  value(await other.take(blob));
  await other.with(id, async ({ store }) => {
    await Promise.all([
      store.heads.delete(author),
      store.commits.where('[author+seq]').between([author, 0], [author, Infinity]).delete(),
      store.runs.where('[author+seq]').between([author, 0], [author, Infinity]).delete(),
      store.checkpoints.clear(),
    ]);
  });
  return other;
}

describe('An invite', { timeout: 20_000 }, () => {
  test('shows its link again where it was issued, as long as it is good, and nowhere else', async () => {
    const ada = new Device();
    const id = await ada.found(TEXTS);
    const made = await ada.with(id, async (session) => value(await invite(session, asked())));
    const { invites } = await peopleOn(ada, id);
    expect(invites[0]?.invitation).toEqual(made);
    await ada.with(id, async (session) => value(await withdrawInvite(session, invites[0]!.id)));
    expect((await peopleOn(ada, id)).invites).toMatchObject([{ state: 'withdrawn', invitation: null }]);
    await ada.with(id, async (session) => {
      expect(await session.store.read('invites')).toEqual({});
      expect(codeOf(await withdrawInvite(session, invites[0]!.id))).toBe('ok');
      expect(codeOf(await withdrawInvite(session, 'nothing'))).toBe('invite.unknown');
    });
  });

  test('that is withdrawn leaves members those who had joined, and admits nobody afterwards', async () => {
    const { ada, ben, id, invitation, benId } = await joined();
    const cleo = new Device();
    const inviteId = (await peopleOn(ada, id)).invites[0]!.id;
    await ada.with(id, async (session) => value(await withdrawInvite(session, inviteId)));
    value(await joinOn(cleo, invitation, 'Cleo'));
    await pass(id, ada, cleo);
    await pass(id, ada, ben);
    const cleoId = await authorOn(cleo);
    expect(await roleOn(cleo, id, cleoId)).toBe('none');
    expect(await roleOn(ben, id, benId)).toBe('annotator');
    // A new invite lets the same person in on the same device.
    const another = await ada.with(id, async (session) => value(await invite(session, asked())));
    await pass(id, ada, cleo);
    value(await joinOn(cleo, another, 'Cleo'));
    expect(await roleOn(cleo, id, cleoId)).toBe('annotator');
  });

  test('is nobody’s to issue or withdraw but an owner’s', async () => {
    const { ben, id } = await joined();
    await ben.with(id, async (session) => {
      expect(codeOf(await invite(session, asked()))).toBe('role.lacking');
      expect(await session.store.read('invites')).toEqual({});
    });
  });

  test('is in the name that the owner says, from then on', async () => {
    const ada = new Device();
    const id = await ada.found(TEXTS);
    const before = await roleOn(ada, id, await authorOn(ada));
    await ada.with(id, async (session) => {
      expect(codeOf(await nameMyself(session, ' '))).toBe('name.missing');
      value(await nameMyself(session, ' Ada Lovelace '));
      expect(value(await invite(session, asked())).inviterName).toBe('Ada Lovelace');
    });
    expect(await roleOn(ada, id, await authorOn(ada))).toBe(before);
    const { ben, id: other } = await joined();
    await ben.with(other, async (session) => {
      expect(codeOf(await nameMyself(session, 'Boss'))).toBe('role.lacking');
    });
  });

  test('names as many signaling servers in its link as a QR code has room for', async () => {
    const ada = new Device();
    const id = await ada.found(TEXTS);
    const servers = ['wss://a.example', `wss://${'b'.repeat(490)}.example`, 'wss://c.example'];
    const made = await ada.with(id, async (session) => {
      value(await session.changeSettings({ meeting: { servers, ice: [] } }));
      return value(await invite(session, asked()));
    });
    expect(made.servers.join('').length).toBeLessThanOrEqual(500);
    expect(made.servers).toContain('wss://a.example');
  });
});

describe('An invite that has expired', { timeout: 20_000 }, () => {
  const peers = (connected: number, commits: number): PeersView => ({
    ...{ isShared: true, connected, present: [], holders: 0, refused: null },
    behind: { commits, blobs: 0 },
  });
  const stateAfter = async (device: Device, id: ProjectId, view: PeersView, at: number) =>
    device.with(id, async (session) => {
      const expiry = new Expiry(session, () => view);
      await expiry.look(at);
      expiry.close();
      return value(await people(session)).invites.map(({ state }) => state);
    });

  test('is withdrawn at once where nobody has joined', async () => {
    const ada = new Device();
    const id = await ada.found(TEXTS);
    await ada.with(id, async (session) => value(await invite(session, asked())));
    expect(await stateAfter(ada, id, peers(0, 0), Date.now())).toEqual(['open']);
    expect(await stateAfter(ada, id, peers(0, 0), Date.now() + 2 * DAY)).toEqual(['withdrawn']);
  });

  test.each([
    ['nobody was met', peers(0, 0), 'open'],
    ['a peer knows more', peers(1, 3), 'open'],
    ['everything that a peer knows is here', peers(1, 0), 'withdrawn'],
  ])('with members: %s', async (_, view, state) => {
    const { ada, id } = await joined();
    expect(await stateAfter(ada, id, view, Date.now() + 2 * DAY)).toEqual([state]);
  });

  test('is no business of those who own nothing', async () => {
    const { ben, id, benId } = await joined();
    await stateAfter(ben, id, peers(1, 0), Date.now() + 2 * DAY);
    expect(await ben.with(id, ({ projection }) => Promise.resolve(projection.applied(benId)))).toBe(1);
  });
});

describe('A member', { timeout: 20_000 }, () => {
  const status = (device: Device, id: ProjectId, item: string) =>
    device.with(id, ({ projection }) => Promise.resolve(projection.status(projection.find(item))));

  test('who is removed keeps what they did, and what they do afterwards does not count', async () => {
    const { ada, ben, id, benId } = await joined();
    await ben.with(id, async (session) => value(await session.submit(label(ONE))));
    await pass(id, ben, ada);
    await ada.with(id, async (session) => value(await changeMember(session, benId, { role: 'none', work: 'kept' })));
    await ben.with(id, async (session) => value(await session.submit(label(TWO))));
    await pass(id, ben, ada);
    expect([await status(ada, id, ONE), await status(ada, id, TWO)]).toEqual(['completed', 'pending']);
    await pass(id, ada, ben);
    await ben.with(id, async (session) => {
      expect([session.isRemoved, session.role]).toEqual([true, 'none']);
      expect(codeOf(await session.submit(label(THREE)))).toBe('role.lacking');
      expect(session.projection.status(session.projection.find(ONE))).toBe('completed');
    });
    expect(await peopleOn(ada, id)).toMatchObject({
      members: expect.arrayContaining([
        expect.objectContaining({ name: 'Ben', role: 'none', annotated: 1 }),
      ]) as unknown,
    });
  });

  test('whose work is set aside counts for nothing, until a role is given back: then for everything', async () => {
    const { ada, ben, id, benId } = await joined();
    await ben.with(id, async (session) => value(await session.submit(label(ONE))));
    await pass(id, ben, ada);
    const change = (role: 'none' | 'annotator', work: 'kept' | 'set-aside') =>
      ada.with(id, async (session) => value(await changeMember(session, benId, { role, work })));
    await change('none', 'set-aside');
    expect(await status(ada, id, ONE)).toBe('pending');
    expect((await peopleOn(ada, id)).members.find(({ author }) => author === benId)?.name).toBe('Ben');
    await change('annotator', 'kept');
    expect(await status(ada, id, ONE)).toBe('completed');
    expect(await roleOn(ada, id, benId)).toBe('annotator');
  });

  test('who gets another role has it from then on', async () => {
    const { ada, ben, id, benId } = await joined();
    await ben.with(id, async (session) => value(await session.submit(label(ONE))));
    await pass(id, ben, ada);
    await ada.with(id, async (session) => value(await changeMember(session, benId, { role: 'viewer', work: 'kept' })));
    await pass(id, ada, ben);
    await ben.with(id, async (session) => {
      expect(codeOf(await session.submit(label(TWO)))).toBe('role.lacking');
      expect(session.isRemoved).toBe(false);
    });
    expect(await status(ada, id, ONE)).toBe('completed');
  });

  test('who is made an owner does not depose whoever made them', async () => {
    const { ada, ben, id, benId } = await joined();
    await ada.with(id, async (session) => value(await changeMember(session, benId, { role: 'owner', work: 'kept' })));
    await pass(id, ada, ben);
    const adaId = await authorOn(ada);
    await ben.with(id, async (session) => {
      expect(session.role).toBe('owner');
      expect(codeOf(await changeMember(session, adaId, { role: 'none', work: 'kept' }))).toBe('member.outranked');
      expect(codeOf(await invite(session, asked()))).toBe('ok');
    });
  });

  test('changes nobody, nor themselves, without the right to it', async () => {
    const { ada, ben, id, benId } = await joined();
    const [adaId, nobody] = [await authorOn(ada), 'a'.repeat(52)];
    const removal = { role: 'none', work: 'kept' } as const;
    await ben.with(id, async (session) => {
      expect(codeOf(await changeMember(session, adaId, removal))).toBe('role.lacking');
      expect(codeOf(await changeMember(session, benId, removal))).toBe('member.self');
    });
    await ada.with(id, async (session) =>
      expect(codeOf(await changeMember(session, nobody, removal))).toBe('member.unknown'),
    );
  });
});

test.each([
  ['names of their own need nothing', ['Ada', 'Ben'], ['', '']],
  ['one name twice is told apart by the beginning of the id', ['Ben', 'ben '], ['aaaa', 'bbbb']],
  ['ids that begin alike are told apart as far as it takes', ['Ben', 'Ben', 'Ada'], ['aaaaab', 'aaaaac', '']],
])('%s', (_, names, marks) => {
  const ids = marks.map((mark, at) => (mark === '' ? `z${at}`.padEnd(52, 'z') : mark.padEnd(52, 'q')));
  const found = sameNameMarks(names.map((name, at) => ({ author: ids[at]!, name })));
  expect(ids.map((id) => found.get(id))).toEqual(marks);
});

test.each([
  ['http://localhost:4915/', 'machine'],
  ['http://127.0.0.1/', 'machine'],
  ['https://[::1]:8443/', 'machine'],
  ['http://concord.localhost/', 'machine'],
  ['http://192.168.1.20:4915/', 'nobody'],
  ['http://example.org/', 'nobody'],
  ['https://192.168.1.20:4915/', 'network'],
  ['https://10.0.0.7/', 'network'],
  ['https://172.20.0.7/', 'network'],
  ['https://[fe80::1]/', 'network'],
  ['https://lab.local/', 'network'],
  ['https://172.32.0.7/', 'anybody'],
  ['https://10.example.org/', 'anybody'],
  ['https://example.org/concord/', 'anybody'],
] as const)('a link to %s is for %s', (address, reach) => {
  expect(linkReach(new URL(address))).toBe(reach);
});
