import { expect, test } from 'vitest';
import { CHOICES, FULL_MESH, MAX_NEIGHBOURS, mayAccept, neighboursOf, surplus } from '#core/peers/neighbours';
import { hashOf } from '#core/model/hash';
import { Random } from '#core/random';
import { LOOPBACK } from '../support/simulated-channels';
import { SimulatedClock } from '../support/simulated-clock';
import {
  connect,
  simulatedPeer,
  simulatedProject,
  type SimulatedConnection,
  type SimulatedPeer,
} from '../support/simulated-peers';

const room = (size: number, random: Random): string[] =>
  Array.from({ length: size }, () => `peer-${random.whole(0, 2 ** 31)}`);

/** Whom each is connected to when all have heard of all. */
function graphOf(ids: readonly string[]): Map<string, Set<string>> {
  const graph = new Map(ids.map((id) => [id, new Set<string>()]));
  for (const id of ids) {
    for (const other of neighboursOf(id, ids)) {
      graph.get(id)!.add(other);
      graph.get(other)!.add(id);
    }
  }
  return graph;
}

/** The greatest number of steps from the first to any other; Infinity where one cannot be reached. */
function reach(graph: ReadonlyMap<string, ReadonlySet<string>>): number {
  const [first] = graph.keys();
  const steps = new Map([[first!, 0]]);
  for (const [id, count] of steps)
    for (const other of graph.get(id)!) if (graph.has(other) && !steps.has(other)) steps.set(other, count + 1);
  return steps.size < graph.size ? Infinity : Math.max(...steps.values());
}

test('in a small room everybody is connected to everybody', () => {
  const ids = room(FULL_MESH + 1, new Random(1));
  for (const id of ids) expect(neighboursOf(id, ids)).toEqual(new Set(ids.filter((other) => other !== id)));
});

test('in rooms of every size nobody has too many connections, and nobody is far from anybody (30 rooms, seeds 1 to 30)', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = new Random(seed);
    const ids = room(random.whole(2, 260), random);
    const graph = graphOf(ids);
    expect(Math.max(...[...graph.values()].map(({ size }) => size))).toBeLessThanOrEqual(MAX_NEIGHBOURS);
    // A random graph of 260 vertices of degree 12 has a diameter near log 260 / log 11 = 2.3; two more for its edges.
    expect(reach(graph)).toBeLessThanOrEqual(4);
  }
}, 30_000);

test('a quarter of a room that vanishes at once does not part the others (30 rooms, seeds 1 to 30)', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = new Random(seed);
    const graph = graphOf(room(random.whole(40, 200), random));
    for (const id of random.shuffled([...graph.keys()]).slice(0, graph.size / 4)) graph.delete(id);
    expect(reach(graph)).toBeLessThan(Infinity);
  }
}, 30_000);

test('who comes or goes changes few connections', () => {
  const random = new Random(5);
  const ids = room(200, random);
  const [before, after] = [graphOf(ids), graphOf([...ids, 'newcomer'])];
  const changed = ids.filter((id) => {
    const others = [...after.get(id)!].filter((other) => other !== 'newcomer');
    return others.length !== before.get(id)!.size || others.some((other) => !before.get(id)!.has(other));
  });
  // The choices that the newcomer displaces, with both their ends.
  expect(changed.length).toBeLessThan(8 * CHOICES);
});

test('both ends agree, and whoever is full still takes those that are meant for it', () => {
  const ids = room(120, new Random(6));
  for (const id of ids.slice(0, 20))
    for (const other of neighboursOf(id, ids)) expect(neighboursOf(other, ids).has(id)).toBe(true);
  const wanted = new Set(['a', 'b']);
  const full = new Set(['a', ...Array.from({ length: MAX_NEIGHBOURS - 1 }, (_, n) => `${n}`)]);
  expect(mayAccept('b', wanted, full)).toBe(true);
  expect(mayAccept('c', wanted, full)).toBe(false);
  expect(mayAccept('c', wanted, new Set(['a']))).toBe(true);
  expect(surplus(wanted, full)).toEqual([]);
  expect(surplus(wanted, new Set([...full, 'b']))).toEqual(['0']);
});

test('200 devices that join in bursts, work, crash and come back end with equal logs, over few connections each (seed 31)', async () => {
  const clock = new SimulatedClock(31);
  const { random } = clock;
  const project = await simulatedProject(199);
  const signers = [project.founder, ...project.members];
  const here = new Map<number, SimulatedPeer>();
  const away = new Map<number, SimulatedPeer>();
  const connections = new Map<string, SimulatedConnection>();
  let most = 0;

  const idOf = (n: number) => `device ${n}`;
  const numberOf = (id: string) => Number(id.split(' ')[1]);
  const nameOf = (a: number, b: number) => [a, b].sort((x, y) => x - y).join(' ');
  const connectedOf = (n: number) =>
    new Set(
      [...connections.keys()]
        .map((name) => name.split(' ').map(Number))
        .filter((ends) => ends.includes(n))
        .map(([a, b]) => idOf(a === n ? b! : a!)),
    );
  const letGo = (n: number, wanted: ReadonlySet<string>) => {
    for (const other of surplus(wanted, connectedOf(n))) {
      connections.get(nameOf(n, numberOf(other)))!.end();
      connections.delete(nameOf(n, numberOf(other)));
    }
  };
  /** What the pages do: whoever has heard of others connects to those it wants. Some have not heard of all. */
  const meet = () => {
    const ids = [...here.keys()].map(idOf);
    const wanted = new Map(
      [...here.keys()].map((n) => {
        const heard = ids.filter(() => random.chance(0.95));
        return [n, neighboursOf(idOf(n), heard)];
      }),
    );
    for (const n of random.shuffled([...here.keys()])) {
      for (const other of wanted.get(n)!) {
        const m = numberOf(other);
        if (connections.has(nameOf(n, m)) || !mayAccept(idOf(n), wanted.get(m)!, connectedOf(m))) continue;
        connections.set(nameOf(n, m), connect(clock, here.get(n)!, here.get(m)!, LOOPBACK));
        letGo(n, wanted.get(n)!);
        letGo(m, wanted.get(m)!);
        most = Math.max(most, connectedOf(n).size, connectedOf(m).size);
      }
    }
  };
  const crash = (n: number) => {
    for (const [name, connection] of connections) {
      if (!name.split(' ').includes(String(n))) continue;
      connection.cut();
      // The page of the other side notices in its time.
      clock.later(10_000, () => connection.end());
      connections.delete(name);
    }
    away.set(n, here.get(n)!);
    here.delete(n);
  };

  for (let burst = 0; burst < 5; burst++) {
    for (let n = burst * 40; n < (burst + 1) * 40; n++)
      here.set(n, await simulatedPeer(clock, project, signers[n]!, { knows: n === 0 ? 'founding' : 'nothing' }));
    meet();
    await clock.run(1000);
    for (const n of random.shuffled([...here.keys()]).slice(0, 10)) await here.get(n)!.annotate(n % 9, 'x');
    if (burst >= 2) for (const n of random.shuffled([...here.keys()].filter((n) => n > 0)).slice(0, 12)) crash(n);
    await clock.run(1000);
  }
  for (const [n, gone] of away)
    here.set(n, await simulatedPeer(clock, project, signers[n]!, { from: gone.replica.durable }));
  meet();
  const everybody = [...here.values()];
  const [founder] = everybody;
  for (let seconds = 0; seconds < 60 && !everybody.every((peer) => hasAll(peer, founder!)); seconds++)
    await clock.run(1000);
  expect(new Set(everybody.map(stateOf)).size).toBe(1);
  expect(everybody).toHaveLength(200);
  expect(founder!.replica.document.authors.length).toBeGreaterThan(30);

  // What is new reaches everybody soon.
  const { author, replica } = everybody[150]!;
  await everybody[150]!.annotate(3, 'z');
  await clock.run(500);
  const length = replica.document.lengthOf(author);
  expect(everybody.filter((peer) => peer.replica.document.lengthOf(author) !== length)).toEqual([]);
  expect(most).toBeLessThanOrEqual(MAX_NEIGHBOURS);
  expect(everybody.flatMap(({ dropped }) => dropped.filter(({ why }) => why !== 'silent'))).toEqual([]);
}, 240_000);

const hasAll = (peer: SimulatedPeer, other: SimulatedPeer): boolean =>
  other.replica.document.authors.every((author) => {
    return peer.replica.document.lengthOf(author) === other.replica.document.lengthOf(author);
  });

/** All bytes of a device's document, in short. */
function stateOf({ replica }: SimulatedPeer): string {
  const state = replica.document.encodeState();
  return state.ok ? hashOf(state.value) : state.error.message;
}
