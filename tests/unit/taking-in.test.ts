import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { commitHash, decodeCommit } from '#core/log/commit';
import { changeMember } from '#workers/project/people/members';
import type { Session } from '#workers/project/session';
import type { Device } from '../support/devices';
import { value } from '../support/devices';
import { meetAll, passOn } from '../support/passing-on';
import { projectDigest } from '../support/project-digest';
import { label, labelOf, shareItems, team } from '../support/team';

const open: Session[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const session of open.splice(0)) await session.close();
});

/** A team that has met and has its items. */
async function metTeam(guests: number) {
  const made = await team(guests);
  await meetAll(made.sessions);
  await shareItems(made.sessions);
  open.push(...made.sessions);
  return made;
}

/** Takes a device's storage back to when this author had written so many commits, as a restored profile is. */
async function rollBack(device: Device, session: Session, length: number): Promise<Session> {
  const { store, author, id } = session;
  const [last] = await store.commitsFrom(author, length - 1, 1);
  const commit = decodeCommit(last!.bytes);
  if (!commit.ok) throw new Error(commit.error.message);
  const beyond = [[author, length] as const, [author, Infinity] as const] as const;
  await store.commits
    .where('[author+seq]')
    .between(...beyond)
    .delete();
  await store.heads.update(author, { length, hash: commitHash(last!.bytes), lamport: commit.value.lamport });
  await store.checkpoints.clear();
  store.close();
  open.splice(open.indexOf(session), 1);
  const again = await device.open(id);
  open.push(again);
  return again;
}

/** Lets every n-th write to a session's database fail as on a full disk; gives what mends it. */
function failingDisk({ store }: Session, every: number): () => void {
  let writes = 0;
  const spies = (['put', 'add'] as const).map((name) => {
    const write = Reflect.get(IDBObjectStore.prototype, name) as (...given: unknown[]) => unknown;
    return vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (this: IDBObjectStore, ...given) {
      const isItsOwn = this.transaction.db === (store.backendDB() as unknown);
      if (isItsOwn && ++writes % every === 0) throw new DOMException('No room', 'QuotaExceededError');
      return Reflect.apply(write, this, given) as never;
    });
  });
  return () => spies.forEach((spy) => spy.mockRestore());
}

describe('Own commits that come back from others', () => {
  test('are taken in where this device has forgotten them, and the log goes on from there', async () => {
    const { devices, sessions } = await metTeam(1);
    const [founder, guest] = sessions as [Session, Session];
    const before = guest.projection.applied(guest.author);
    for (const item of [0, 1, 2]) expect(await label(guest, item, 'x')).toBe('');
    await passOn(guest, founder);
    const again = await rollBack(devices[1]!, guest, before + 1);
    expect([0, 1, 2].map((item) => labelOf(again, item))).toEqual(['x', undefined, undefined]);
    await passOn(founder, again);
    expect([0, 1, 2].map((item) => labelOf(again, item))).toEqual(['x', 'x', 'x']);
    expect(await label(again, 3, 'y')).toBe('');
    await meetAll([founder, again]);
    expect(founder.forks).toEqual([]);
    expect(projectDigest(again)).toEqual(projectDigest(founder));
  });

  test('that contradict what was added here since are a fork: it shows, and what was said before it counts', async () => {
    const { devices, sessions } = await metTeam(1);
    const [founder, guest] = sessions as [Session, Session];
    const before = guest.projection.applied(guest.author);
    for (const item of [0, 1]) expect(await label(guest, item, 'x')).toBe('');
    await passOn(guest, founder);
    const again = await rollBack(devices[1]!, guest, before + 1);
    expect(await label(again, 2, 'y')).toBe('');
    const logs = await founder.logs();
    const taken = value(await again.receive(logs.update(again.author, before, logs.lengthOf(again.author))));
    expect(taken).toMatchObject({ appended: [], forks: [{ author: again.author, seq: before + 1 }] });
    expect(await founder.receiveFork(taken.forks[0]!)).toBe(true);
    expect(await founder.receiveFork(taken.forks[0]!)).toBe(false);
    await Promise.all([founder.settled(), again.settled()]);
    for (const session of [founder, again]) {
      expect([0, 1, 2].map((item) => labelOf(session, item))).toEqual(['x', undefined, undefined]);
      expect(session.projection.forkOf(again.author)).toBe(before + 1);
      expect(session.projection.standing(again.author)).toBe('annotator');
    }
    expect(await label(again, 3, 'z')).toBe('log.forked');
    // Nothing is thrown away: both branches are still there.
    expect((await again.store.heads.get(again.author))?.length).toBe(before + 2);
    expect(await again.store.forks.count()).toBe(1);
  });
});

describe('A device that takes in what others have', () => {
  test('acknowledges nothing that is not on its disk, and goes on when there is room', async () => {
    for (const every of [1, 2, 3, 5]) {
      const { devices, sessions, id } = await metTeam(1);
      const [founder, guest] = sessions as [Session, Session];
      for (let n = 0; n < 12; n++) expect(await label(founder, n % 8, n % 2 ? 'x' : 'y')).toBe('');
      const mend = failingDisk(guest, every);
      const [theirs, ours] = await Promise.all([founder.logs(), guest.logs()]);
      let refused = 0;
      for (let tries = 0; tries < 40 && ours.lengthOf(founder.author) < theirs.lengthOf(founder.author); tries++) {
        const from = ours.lengthOf(founder.author);
        const taken = await guest.receive(theirs.update(founder.author, from, from + 1));
        if (!taken.ok) {
          expect(taken.error.code).toBe('storage.full');
          refused++;
        }
        // What the document says to others is on the disk, whatever failed.
        expect((await guest.store.heads.get(founder.author))?.length).toBe(ours.lengthOf(founder.author));
      }
      expect(refused).toBeGreaterThan(0);
      mend();
      await passOn(founder, guest);
      expect(projectDigest(guest)).toEqual(projectDigest(founder));
      await guest.close();
      open.splice(open.indexOf(guest), 1);
      const again = await devices[1]!.open(id);
      open.push(again);
      expect(projectDigest(again)).toEqual(projectDigest(founder));
    }
  }, 30_000);

  test('finds all of it again after it was killed in the middle', async () => {
    const { devices, sessions, id } = await metTeam(1);
    const [founder, guest] = sessions as [Session, Session];
    for (let n = 0; n < 30; n++) await label(founder, n % 8, n % 3 ? 'x' : 'y');
    const logs = await founder.logs();
    const ours = await guest.logs();
    const taking = Array.from({ length: 10 }, async () => {
      const from = ours.lengthOf(founder.author);
      return guest.receive(logs.update(founder.author, from, logs.lengthOf(founder.author)));
    });
    guest.store.close();
    await Promise.all(taking);
    open.splice(open.indexOf(guest), 1);
    const again = await devices[1]!.open(id);
    open.push(again);
    await passOn(founder, again);
    await shareItems([founder, again]);
    expect(projectDigest(again)).toEqual(projectDigest(founder));
  });

  test('counts nothing that a removed member did afterwards, wherever it comes from', async () => {
    const { sessions } = await metTeam(2);
    const [founder, ben, cleo] = sessions as [Session, Session, Session];
    expect(await label(ben, 0, 'x')).toBe('');
    await passOn(ben, founder);
    value(await changeMember(founder, ben.author, { role: 'none', work: 'kept' }));
    // Ben has not heard of it and goes on; Cleo, who has not either, takes it in and passes it on.
    expect(await label(ben, 1, 'x')).toBe('');
    await passOn(ben, cleo);
    expect(labelOf(cleo, 1)).toBe('x');
    await passOn(founder, cleo);
    await passOn(cleo, founder);
    await Promise.all([cleo.settled(), founder.settled()]);
    for (const session of [founder, cleo]) {
      expect([labelOf(session, 0), labelOf(session, 1)]).toEqual(['x', undefined]);
      expect(session.projection.standing(ben.author)).toBe('none');
    }
    await passOn(founder, ben);
    await ben.settled();
    expect(await label(ben, 2, 'x')).toBe('role.lacking');
  });

  test('agrees with the others whatever its clock says', async () => {
    const { sessions } = await metTeam(2);
    const [founder, ben, cleo] = sessions as [Session, Session, Session];
    const now = vi.spyOn(Date, 'now');
    for (const [session, years] of [
      [ben, 5],
      [cleo, -5],
    ] as const) {
      now.mockReturnValue(1.79e12 + years * 365 * 86_400_000);
      expect(await label(session, 0, years > 0 ? 'x' : 'y')).toBe('');
    }
    now.mockReturnValue(1.79e12);
    expect(await label(founder, 0, 'z')).toBe('');
    await meetAll(sessions);
    expect(projectDigest(ben)).toEqual(projectDigest(founder));
    expect(projectDigest(cleo)).toEqual(projectDigest(founder));
    // Whoever has heard of the others' work writes after it.
    expect(await label(founder, 1, 'x')).toBe('');
    const lamports = await Promise.all(
      sessions.map(async ({ store }, n) => (await store.heads.get(sessions[n]!.author))!.lamport),
    );
    expect(lamports[0]).toBeGreaterThan(Math.max(lamports[1]!, lamports[2]!));
  });

  test('needs no owner for the others to go on together', async () => {
    const { sessions } = await metTeam(2);
    const [founder, ben, cleo] = sessions as [Session, Session, Session];
    for (let n = 0; n < 8; n++) {
      expect(await label(n % 2 ? ben : cleo, n, 'x')).toBe('');
      await passOn(n % 2 ? ben : cleo, n % 2 ? cleo : ben, { slice: 1 });
    }
    expect(projectDigest(cleo)).toEqual(projectDigest(ben));
    expect(founder.projection.tally.statuses().completed).toBe(0);
    await passOn(cleo, founder);
    expect(projectDigest(founder)).toEqual(projectDigest(ben));
  });
});
