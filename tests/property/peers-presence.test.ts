import { expect, test } from 'vitest';
import type { PresenceRecord } from '#core/peers/presence-record';
import { signPresence } from '#core/peers/presence-record';
import { ITEMS } from '../support/projected-state';
import { Rogue } from '../support/rogue';
import { SimulatedClock } from '../support/simulated-clock';
import { connect, simulatedPeer, simulatedProject, type SimulatedPeer } from '../support/simulated-peers';

async function world(members: number, seed = 1) {
  const clock = new SimulatedClock(seed);
  const project = await simulatedProject(members);
  const signers = [project.founder, ...project.members];
  const peers: SimulatedPeer[] = [];
  for (const signer of signers) peers.push(await simulatedPeer(clock, project, signer));
  return { clock, project, peers };
}

const looking = (item: number) => ({ item: ITEMS[item]!, isActive: true });
/** What a device knows of the others: author and item. */
const seen = (peer: SimulatedPeer) => Object.fromEntries(peer.mesh.present.map(({ author, item }) => [author, item]));

test('everybody sees where everybody is, at once, also over others, and a claim that is moved is moved everywhere', async () => {
  const { clock, peers } = await world(4);
  for (let i = 1; i < peers.length; i++) connect(clock, peers[i - 1]!, peers[i]!);
  for (const [i, peer] of peers.entries()) peer.mesh.show(looking(i));
  await clock.run(2000);
  for (const peer of peers) {
    const others = peers.filter((other) => other !== peer);
    expect(seen(peer)).toEqual(Object.fromEntries(others.map((other) => [other.author, ITEMS[peers.indexOf(other)]])));
  }
  peers[0]!.mesh.show(looking(8));
  // Neighbours hear it at once, and those over three others within what each keeps records together for.
  await clock.until(() => seen(peers[1]!)[peers[0]!.author] === ITEMS[8], 20);
  await clock.until(() => seen(peers[4]!)[peers[0]!.author] === ITEMS[8], 1000);
});

test('who vanishes without a word is gone from every list within 60 s; who leaves, at once; who stays, stays', async () => {
  const { clock, peers } = await world(3);
  const [a, b, c, d] = peers as [SimulatedPeer, SimulatedPeer, SimulatedPeer, SimulatedPeer];
  const vanishing = [connect(clock, a, b), connect(clock, b, c)];
  connect(clock, a, c);
  connect(clock, c, d);
  for (const peer of peers) peer.mesh.show(looking(1));
  await clock.run(1000);
  expect(Object.keys(seen(a)).sort()).toEqual([b, c, d].map(({ author }) => author).sort());
  for (const { cut } of vanishing) cut();
  const took = await clock.until(() => !(b.author in seen(a)) && !(b.author in seen(d)), 60_000);
  expect(took).toBeGreaterThan(25_000);
  expect(seen(a)).toHaveProperty(c.author);
  await d.mesh.close();
  await clock.run(300);
  expect(Object.keys(seen(a))).toEqual([c.author]);
  await clock.run(300_000);
  expect(Object.keys(seen(a))).toEqual([c.author]);
});

test('in a full mesh a change is one message to each other device, and nobody passes it on', async () => {
  const { clock, peers } = await world(7);
  for (const [i, one] of peers.entries()) for (const other of peers.slice(0, i)) connect(clock, one, other);
  for (const peer of peers) peer.mesh.show(looking(0));
  await clock.run(5000);
  const rogue = new Rogue(clock, peers[0]!);
  await rogue.join({ project: (await simulatedProject(7)).id, signer: peers[7]!.replica.signer });
  // The eighth device's own word is not said to it, and that of those it says to be linked with is not either.
  rogue.say({ type: 'near', authors: peers.map(({ author }) => author) });
  await clock.run(1000);
  const before = rogue.of('presence').length;
  peers[3]!.mesh.show(looking(5));
  await clock.run(5000);
  expect(rogue.of('presence').length).toBe(before);
  peers[0]!.mesh.show(looking(5));
  await clock.run(1000);
  expect(rogue.of('presence').length).toBe(before + 1);
});

test('a removed member’s presence ends with their membership', async () => {
  const { clock, peers } = await world(2);
  const [a, b, c] = peers as [SimulatedPeer, SimulatedPeer, SimulatedPeer];
  connect(clock, a, b);
  connect(clock, b, c);
  c.mesh.show(looking(1));
  await clock.run(1000);
  expect(seen(a)).toHaveProperty(c.author);
  const asOf = { seq: -1, hash: new Uint8Array(32) };
  await a.replica.commit([{ type: 'member.changed', author: c.author, role: 'none', asOf }]);
  await clock.run(2000);
  expect(seen(a)).toEqual({});
  expect(seen(b)).toEqual({});
});

test('an old record that is played again is believed by nobody who heard of it, nor by anybody once its author went on', async () => {
  const { clock, project, peers } = await world(3);
  const [a, b] = peers as [SimulatedPeer, SimulatedPeer];
  const [ann, eve] = [project.members[1]!, project.members[2]!];
  const said = (counter: number, length: number, item: number): Promise<PresenceRecord> =>
    signPresence(project.id, { session: 'a'.repeat(26), counter, length, state: looking(item) }, ann);
  const [first, second] = [await said(1, 0, 1), await said(2, 0, 2)];
  const left = await signPresence(project.id, { session: 'a'.repeat(26), counter: 3, length: 0, state: null }, ann);
  connect(clock, a, b);
  const rogue = new Rogue(clock, a);
  await rogue.join({ project: project.id, signer: eve });
  const play = async (...records: PresenceRecord[]) => {
    rogue.say({ type: 'presence', records });
    await clock.run(500);
    return [seen(a)[ann.author], seen(b)[ann.author]];
  };
  expect(await play(first)).toEqual([ITEMS[1], ITEMS[1]]);
  expect(await play(second, first)).toEqual([ITEMS[2], ITEMS[2]]);
  expect(await play(first)).toEqual([ITEMS[2], ITEMS[2]]);
  expect(await play(left)).toEqual([undefined, undefined]);
  expect(await play(second)).toEqual([undefined, undefined]);
  // A device that never heard of the session: it knows Ann's log, and that is longer by now.
  const device = await simulatedPeer(clock, project, ann);
  await device.write('went on');
  connect(clock, device, a);
  await clock.run(500);
  await device.mesh.close();
  const other = await signPresence(
    project.id,
    { session: 'b'.repeat(25) + 'a', counter: 9, length: 0, state: looking(3) },
    ann,
  );
  expect(await play(other)).toEqual([undefined, undefined]);
  // It was Ann's, so it is no offence to have kept it.
  expect(a.dropped).toEqual([]);
});

test('who invents sessions by the thousand fills neither memory nor the list', async () => {
  const { clock, project, peers } = await world(2);
  const eve = project.members[1]!;
  const rogue = new Rogue(clock, peers[0]!);
  await rogue.join({ project: project.id, signer: eve });
  for (let n = 0; n < 60; n++) {
    const session = `${'a'.repeat(22)}${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + Math.floor(n / 26))}aa`;
    rogue.say({
      type: 'presence',
      records: [await signPresence(project.id, { session, counter: 1, length: 0, state: looking(1) }, eve)],
    });
    await clock.run(100);
  }
  expect(peers[0]!.mesh.present.length).toBeLessThanOrEqual(4);
});

test('a second connection between two devices carries the logs on when the first one breaks', async () => {
  const { clock, peers } = await world(1);
  const [a, b] = peers as [SimulatedPeer, SimulatedPeer];
  const first = connect(clock, a, b);
  const second = connect(clock, a, b);
  await clock.run(500);
  expect(a.mesh.links).toHaveLength(2);
  await a.write('once');
  await clock.run(200);
  // Once each way at most, not once a connection.
  expect(b.replica.taken).toHaveLength(1);
  for (const end of [second.end, first.cut]) {
    end();
    await b.write('on');
    await clock.run(500);
  }
  connect(clock, a, b);
  await clock.run(500);
  expect(a.lengths).toEqual(b.lengths);
});

test('a device that slept does not take the silence for the others’ end', async () => {
  const { clock, peers } = await world(1);
  const [a, b] = peers as [SimulatedPeer, SimulatedPeer];
  connect(clock, a, b);
  await clock.run(1000);
  // Nothing runs for a minute, on either side; then all timers are late at once.
  clock.skip(60_000);
  await clock.run(5000);
  expect(a.mesh.links).toHaveLength(1);
  expect(b.mesh.links).toHaveLength(1);
});
