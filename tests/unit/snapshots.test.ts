import { afterEach, describe, expect, test } from 'vitest';
import { formats } from '#core/formats/registry';
import { itemId } from '#core/model/item';
import { ok } from '#core/result';
import { exportFiles } from '#workers/project/export/run';
import { saveProjectFile } from '#workers/project/files/save';
import { changeMember, nameMyself } from '#workers/project/people/members';
import { compare } from '#workers/project/snapshots/compare';
import { Snapshots } from '#workers/project/snapshots/snapshots';
import type { Session } from '#workers/project/session';
import { Device, idleTask, value } from '../support/devices';
import { exported } from '../support/exported';
import { meetAll } from '../support/passing-on';
import { label, shareItems, team, type Team } from '../support/team';

const open: Session[] = [];
afterEach(async () => {
  for (const session of open.splice(0)) await session.close();
});

async function metTeam(guests: number): Promise<Team> {
  const made = await team(guests, 'reviewer');
  await meetAll(made.sessions);
  await shareItems(made.sessions);
  open.push(...made.sessions);
  return made;
}

const ALL = formats.map(({ id }) => id);
/** One of them where any would do: writing all takes seconds. */
const ONE = ['jsonl'];

const ask = { options: {}, which: 'all', trainShare: 0.5, seed: 3, includeImages: false } as const;

/** What an export of each format gives: the bytes of its only file or of its zip; what it says where it gives none. */
async function exportsOf(session: Session, snapshot: string | null, which = ALL) {
  const project = exported(session);
  const all = new Map<string, string>();
  for (const id of which) {
    const written = await exportFiles(project, idleTask(), { ...ask, format: id, snapshot });
    const bytes = written.ok ? Buffer.from(await written.value.blob.arrayBuffer()).toString('latin1') : '';
    all.set(id, written.ok ? bytes : written.error.code);
  }
  return all;
}

test('a snapshot is exported again byte for byte, whatever was done since, on every device', async () => {
  const { id: project, sessions, devices } = await metTeam(2);
  const [owner, guest, other] = sessions as [Session, Session, Session];
  value(await owner.changeSettings({ minAnnotators: 2 }));
  await meetAll(sessions);
  for (const [item, said] of ['xyx', 'yyz', 'zzz', 'xxy'].entries())
    for (const [n, session] of sessions.entries()) await label(session, item, said[n]!);
  await meetAll(sessions);
  const before = await exportsOf(owner, null);
  expect([...before.values()].filter((bytes) => bytes.startsWith('PK')).length).toBeGreaterThan(1);
  const id = value(await new Snapshots(owner).take(' first '));
  expect(await exportsOf(owner, id)).toEqual(before);

  await label(owner, 0, 'z');
  await label(other, 5, 'x');
  value(await owner.changeSettings({ name: 'Other birds', minAnnotators: 1 }));
  value(await nameMyself(owner, 'Countess'));
  const [field] = owner.projection.schema.fields;
  const renamed = field!.classes.map((each) => ({ ...each, name: `${each.name}!` }));
  value(await owner.changeSchema({ ...owner.projection.schema, fields: [{ ...field!, classes: renamed }] }));
  await label(guest, 6, 'y');
  await meetAll(sessions);
  value(await changeMember(owner, guest.author, { role: 'none', work: 'set-aside' }));
  await meetAll(sessions);
  const now = await exportsOf(owner, null);
  for (const format of ['jsonl', 'csv', 'hf']) expect(now.get(format), format).not.toEqual(before.get(format));
  expect(await exportsOf(owner, id)).toEqual(before);
  const jsonl = new Map([['jsonl', before.get('jsonl')]]);
  for (const session of [guest, other]) expect(await exportsOf(session, id, ONE)).toEqual(jsonl);

  devices[0]!.use();
  const file = value(await saveProjectFile(owner, idleTask(), 'all'));
  const merged = new Device();
  expect(value(await merged.take(file.blob)).id).toBe(project);
  await merged.with(project, async (session) => expect(await exportsOf(session, id, ONE)).toEqual(jsonl));
}, 30_000);

test('a fork that is found later changes nothing of it; whoever has the other branch is told', async () => {
  const { sessions, devices } = await metTeam(1);
  const [owner, guest] = sessions as [Session, Session];
  await label(guest, 0, 'x');
  const { store } = guest;
  const heads = await store.heads.toArray();
  await label(guest, 1, 'y');
  await meetAll(sessions);
  const id = value(await new Snapshots(owner).take('before the fork'));
  const before = await exportsOf(owner, id, ONE);
  await meetAll(sessions);

  // The guest's device as it was before, where another story was told.
  const { length } = heads.find(({ author }) => author === guest.author)!;
  const [last] = await store.commitsFrom(guest.author, length, 1);
  await owner.store.keepForks([{ author: guest.author, seq: length, a: last!.bytes, b: last!.bytes }]);
  value(await owner.takeIn(() => Promise.resolve(ok(null))));
  expect(await exportsOf(owner, null, ONE)).not.toEqual(before);
  expect(await exportsOf(owner, id, ONE)).toEqual(before);
  devices[1]!.use();
  const bytes = Uint8Array.from(last!.bytes);
  bytes[bytes.length - 1]! ^= 1;
  await store.commits.put({ author: guest.author, seq: length, bytes });
  const told = await new Snapshots(guest).state(id);
  expect(told).toMatchObject({ ok: false, error: { code: 'snapshot.branch' } });
}, 15_000);

describe('taking one', () => {
  test('leaves out what does not count, and needs a name and the right to', async () => {
    const { sessions } = await metTeam(1);
    const [owner, guest] = sessions as [Session, Session];
    await label(guest, 0, 'x');
    await meetAll(sessions);
    const { length } = (await owner.store.heads.get(guest.author))!;
    owner.projection.cut(guest.author, length - 1);
    const snapshots = new Snapshots(owner);
    const id = value(await snapshots.take('without the fork'));
    const taken = (await snapshots.all()).find((snapshot) => snapshot.id === id)!;
    expect(taken.heads.find(({ author }) => author === guest.author)?.length).toBe(length - 1);
    expect(value(await snapshots.state(id)).projection.tally.statuses().completed).toBe(0);

    expect(await snapshots.take('  ')).toMatchObject({ ok: false, error: { code: 'snapshot.unnamed' } });
    expect(await snapshots.take('x'.repeat(201))).toMatchObject({ ok: false, error: { code: 'text.too-long' } });
    expect(await snapshots.state('nobody:0:0')).toMatchObject({ ok: false, error: { code: 'snapshot.unknown' } });
    value(await changeMember(owner, guest.author, { role: 'viewer', work: 'kept' }));
    await meetAll(sessions);
    expect(await new Snapshots(guest).take('mine')).toMatchObject({ ok: false, error: { code: 'role.lacking' } });
  });

  test('is ended by who asked for it, and can be asked for again', async () => {
    const { sessions } = await metTeam(0);
    const snapshots = new Snapshots(sessions[0]!);
    const id = value(await snapshots.take('one'));
    expect(await snapshots.state(id, idleTask(AbortSignal.abort()))).toMatchObject({ error: { code: 'cancelled' } });
    const state = value(await snapshots.state(id, idleTask()));
    expect(value(await snapshots.state(id)).projection).toBe(state.projection);
  });
});

describe('comparing', () => {
  test('says which labels differ, who spoke of them, and what was done to the project', async () => {
    const { sessions } = await metTeam(1);
    const [owner, guest] = sessions as [Session, Session];
    await label(owner, 0, 'x');
    const project = exported(owner);
    const from = value(await project.snapshots.take('before'));
    await label(owner, 0, 'y');
    await label(guest, 1, 'z');
    await meetAll(sessions);
    value(await owner.changeSettings({ name: 'Other birds' }));
    const changes = value(await compare(project, idleTask(), from, null));
    expect(changes).toMatchObject({ itemsAdded: 0, itemsRemoved: 0, labelled: [1, 2], changedTotal: 2 });
    const told = changes.changed.map(({ item, before, after, by }) => [item, before?.words, after?.words, by]);
    expect(new Set(told)).toEqual(
      new Set([
        [itemId({ kind: 'text', text: 'text 0' }), 'x', 'y', ['Ada']],
        [itemId({ kind: 'text', text: 'text 1' }), undefined, 'z', ['Guest 1']],
      ]),
    );
    expect(changes.authors).toHaveLength(2);
    expect(changes.project.map(({ name, words }) => `${name} ${words}`)).toEqual([
      'Ada named the project “Other birds”',
    ]);
  });
});
