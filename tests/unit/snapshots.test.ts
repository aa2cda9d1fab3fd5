import { afterEach, describe, expect, test } from 'vitest';
import { formats } from '#core/formats/registry';
import { itemId } from '#core/model/item';
import { exportFiles } from '#workers/project/export/run';
import { compare } from '#workers/project/snapshots/compare';
import { Snapshots } from '#workers/project/snapshots/snapshots';
import type { Session } from '#workers/project/session';
import { idleTask, value } from '../support/devices';
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

const ask = { options: {}, which: 'all', trainShare: 0.5, seed: 3, includeImages: false } as const;

/** What an export of each format gives: the bytes of its only file or of its zip; what it says where it gives none. */
async function exportsOf(session: Session, snapshots: Snapshots, snapshot: string | null) {
  const all = new Map<string, string>();
  for (const { id } of formats) {
    const exported = await exportFiles({ session, snapshots }, idleTask(), { ...ask, format: id, snapshot });
    const { ok } = exported;
    all.set(id, ok ? Buffer.from(await exported.value.blob.arrayBuffer()).toString('latin1') : exported.error.code);
  }
  return all;
}

test('a snapshot is exported again byte for byte, whatever was done since, on every device', async () => {
  const { sessions, devices } = await metTeam(1);
  const [owner, guest] = sessions as [Session, Session];
  await label(owner, 0, 'x');
  await label(guest, 1, 'y');
  await meetAll(sessions);
  devices[0]!.use();
  const snapshots = new Snapshots(owner);
  const before = await exportsOf(owner, snapshots, null);
  const id = value(await snapshots.take(' first '));
  expect(await exportsOf(owner, snapshots, id)).toEqual(before);

  await label(owner, 0, 'z');
  await label(owner, 2, 'x');
  value(await owner.changeSettings({ name: 'Other birds' }));
  const [field] = owner.projection.schema.fields;
  const renamed = field!.classes.map((each) => ({ ...each, name: `${each.name}!` }));
  value(await owner.changeSchema({ ...owner.projection.schema, fields: [{ ...field!, classes: renamed }] }));
  await label(guest, 3, 'y');
  await meetAll(sessions);
  expect(await exportsOf(owner, snapshots, null)).not.toEqual(before);
  for (const session of sessions) expect(await exportsOf(session, new Snapshots(session), id)).toEqual(before);
});

describe('comparing', () => {
  test('says which labels differ, who spoke of them, and what was done to the project', async () => {
    const { sessions } = await metTeam(1);
    const [owner, guest] = sessions as [Session, Session];
    await label(owner, 0, 'x');
    const snapshots = new Snapshots(owner);
    const from = value(await snapshots.take('before'));
    await label(owner, 0, 'y');
    await label(guest, 1, 'z');
    await meetAll(sessions);
    value(await owner.changeSettings({ name: 'Other birds' }));
    const changes = value(await compare({ session: owner, snapshots }, idleTask(), from, null));
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
