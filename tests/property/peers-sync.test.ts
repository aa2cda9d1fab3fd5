import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fault } from '#core/errors';
import { clientOf } from '#core/log/gate';
import { Random } from '#core/random';
import { readSlice } from '#io/sync/slice';
import { MemoryReplica } from '../support/memory-replica';
import { projectedState } from '../support/projected-state';
import { Rogue } from '../support/rogue';
import { LOOPBACK, SLOW } from '../support/simulated-channels';
import { SimulatedClock } from '../support/simulated-clock';
import {
  connect,
  simulatedPeer,
  simulatedProject,
  type SimulatedConnection,
  type SimulatedPeer,
  type SimulatedProject,
} from '../support/simulated-peers';

/** All devices hold the same bytes, and project them to what an oracle does that is given them from nothing. */
async function expectEqual(project: SimulatedProject, peers: readonly SimulatedPeer[], seed: number): Promise<void> {
  const random = new Random(seed);
  const union = new Map([[project.founder.author, [...project.founding]]]);
  for (const peer of peers) {
    const own = peer.replica.document.commits(peer.author);
    if (own.length > (union.get(peer.author)?.length ?? 0)) union.set(peer.author, own);
  }
  const oracle = await MemoryReplica.of({
    ...{ project: project.id, signer: project.founder, verify: () => Promise.resolve(true) },
    from: { logs: union, forks: [] },
  });
  const expected = projectedState(oracle.counted, [...union.keys()].sort());
  for (const peer of peers) {
    expect(new Map([...peer.replica.durable.logs].sort())).toEqual(new Map([...union].sort()));
    expect(projectedState(peer.replica.counted, random.shuffled([...union.keys()]))).toEqual(expected);
  }
}

test('two devices exchange what they have, and then whatever is new within a frame or two', async () => {
  const clock = new SimulatedClock(1);
  const project = await simulatedProject(1);
  const a = await simulatedPeer(clock, project, project.founder);
  const b = await simulatedPeer(clock, project, project.members[0]!);
  await a.write('one', 'two');
  await b.write('three');
  connect(clock, a, b);
  await clock.run(500);
  await expectEqual(project, [a, b], 1);
  for (let n = 0; n < 20; n++) {
    await b.annotate(n % 9, 'x');
    const took = await clock.until(() => a.lengths[b.author] === n + 2, 1000);
    expect(took).toBeLessThanOrEqual(10);
    await clock.run(clock.random.whole(0, 50));
  }
  expect([...a.dropped, ...b.dropped]).toEqual([]);
});

test('what is sent is not sent back, and nothing is repeated while nothing is new', async () => {
  const clock = new SimulatedClock(2);
  const project = await simulatedProject(2);
  const peers = await Promise.all(
    [project.founder, ...project.members].map((signer) => simulatedPeer(clock, project, signer)),
  );
  const [a, b, c] = peers as [SimulatedPeer, SimulatedPeer, SimulatedPeer];
  connect(clock, a, b);
  connect(clock, b, c);
  await a.write(...Array.from({ length: 50 }, (_, n) => `${n}`));
  await clock.run(1000);
  await expectEqual(project, peers, 2);
  const taken = peers.map((peer) => peer.replica.taken.length);
  expect(taken[0]).toBe(0);
  await clock.run(60_000);
  expect(peers.map((peer) => peer.replica.taken.length)).toEqual(taken);
});

/** Devices of which each is connected to each. */
async function fullMesh(members: number, seed: number) {
  const clock = new SimulatedClock(seed);
  const project = await simulatedProject(members);
  const peers: SimulatedPeer[] = [];
  for (const signer of [project.founder, ...project.members]) peers.push(await simulatedPeer(clock, project, signer));
  return { clock, project, peers };
}

test('in a full mesh each device takes what is new once, from its author', async () => {
  const { clock, project, peers } = await fullMesh(4, 3);
  for (const [i, one] of peers.entries()) for (const other of peers.slice(0, i)) connect(clock, one, other);
  await clock.run(2000);
  for (let n = 0; n < 10; n++) {
    await peers[n % 5]!.annotate(n % 9, 'y');
    await clock.run(300);
  }
  await clock.run(60_000);
  await expectEqual(project, peers, 3);
  for (const { replica } of peers) expect(replica.taken).toHaveLength(8);
});

test('a long log whose author is away is sent by one of those who have it, and by the others if that one does not', async () => {
  const { clock, project, peers } = await fullMesh(4, 4);
  const [a, b, away] = peers as [SimulatedPeer, SimulatedPeer, SimulatedPeer];
  await away.write(...Array.from({ length: 1100 }, () => 'x'));
  connect(clock, a, b);
  const last = connect(clock, away, a);
  await clock.run(5000);
  last.end();
  expect(b.lengths[away.author]).toBe(1100);

  const newcomers = [new Rogue(clock, a), new Rogue(clock, b)];
  for (const newcomer of newcomers) {
    await newcomer.introduce({ project: project.id, signer: project.members[3]! });
    newcomer.say({ type: 'near', authors: [a.author, b.author] });
    newcomer.say({ type: 'heads', round: 0, heads: [] });
  }
  const sent = () =>
    newcomers.map((newcomer) => {
      const slices = newcomer.of('update').map(({ update }) => readSlice(update)!);
      return slices.filter(({ client }) => client === clientOf(away.author)).map(({ to }) => to);
    });
  await clock.run(1000);
  expect(sent().sort()).toEqual([[], [1000, 1100]]);
  for (const newcomer of newcomers) newcomer.say({ type: 'heads', round: 0, heads: [] });
  await clock.run(1000);
  expect(sent().sort()).toEqual([
    [1000, 1100],
    [1000, 1100],
  ]);
}, 20_000);

/** What happens in a simulation, one after another. */
const happening = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('annotate' as const),
      who: fc.nat(4),
      item: fc.nat(8),
      label: fc.constantFrom('x', 'y', 'z'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('burst' as const),
      who: fc.nat(4),
      count: fc.integer({ min: 2, max: 30 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('connect' as const),
      who: fc.nat(4),
      whom: fc.nat(4),
      isSlow: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('end' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cut' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('kill' as const), who: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('full' as const), who: fc.nat(4), ms: fc.integer({ min: 1, max: 5000 }) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 3000 }) }) },
);

test('whatever breaks, whoever is killed and however slow the ways are, all end equal once they meet (seed 11)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.array(happening, { minLength: 10, maxLength: 60 }), async (seed, happenings) => {
      const clock = new SimulatedClock(seed);
      const project = await simulatedProject(4);
      const authors = [project.founder, ...project.members];
      /** Until when a device's disk is full. */
      const fullUntil = authors.map(() => 0);
      const store = (who: number) => () =>
        new Promise<ReturnType<typeof fault> | null>((resolve) => {
          clock.later(clock.random.whole(0, 30), () =>
            resolve(clock.now < fullUntil[who]! ? fault('storage.full', '') : null),
          );
        });
      const peers = await Promise.all(
        authors.map((signer, who) =>
          simulatedPeer(clock, project, signer, { store: store(who), knows: who % 2 === 0 ? 'founding' : 'nothing' }),
        ),
      );
      let connections: SimulatedConnection[] = [];
      const remaining = (who: SimulatedPeer) => connections.filter(({ between }) => !between.includes(who));
      for (const it of happenings) {
        switch (it.type) {
          case 'annotate':
            // In its turn: a store may be busy, and it only goes on as time passes.
            void peers[it.who]!.annotate(it.item, it.label);
            break;
          case 'burst':
            void peers[it.who]!.write(...Array.from({ length: it.count }, (_, n) => `${n}`));
            break;
          case 'connect':
            if (it.who !== it.whom)
              connections.push(connect(clock, peers[it.who]!, peers[it.whom]!, it.isSlow ? SLOW : LOOPBACK));
            break;
          case 'end':
            connections.splice(it.which, 1)[0]?.end();
            break;
          case 'cut':
            connections.splice(it.which, 1)[0]?.cut();
            break;
          case 'kill': {
            const killed = peers[it.who]!;
            for (const { between, cut } of connections) if (between.includes(killed)) cut();
            connections = remaining(killed);
            void killed.mesh.close();
            const from = killed.replica.durable;
            peers[it.who] = await simulatedPeer(clock, project, authors[it.who]!, { store: store(it.who), from });
            break;
          }
          case 'full':
            fullUntil[it.who] = clock.now + it.ms;
            break;
          case 'wait':
            await clock.run(it.ms);
        }
      }
      for (const { end } of connections) end();
      for (let who = 1; who < peers.length; who++) connect(clock, peers[who - 1]!, peers[who]!);
      await clock.run(60_000);
      await expectEqual(project, peers, seed);
      expect(peers.flatMap(({ dropped }) => dropped.filter(({ why }) => why !== 'silent'))).toEqual([]);
      for (const peer of peers) await peer.mesh.close();
    }),
    { numRuns: 20, seed: 11 },
  );
}, 120_000);
