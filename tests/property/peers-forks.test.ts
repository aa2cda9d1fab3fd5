import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyLog } from '#core/log/chain';
import { comment, extend, type TestAuthor } from '../support/authors';
import { projectedState } from '../support/projected-state';
import { SimulatedClock } from '../support/simulated-clock';
import {
  connect,
  simulatedPeer,
  simulatedProject,
  type SimulatedPeer,
  type SimulatedProject,
} from '../support/simulated-peers';

/** Two branches of an author's log that part after so many commits. */
async function branches(
  project: SimulatedProject,
  author: TestAuthor,
  common: number,
  lengths: readonly [number, number],
) {
  const texts = (count: number, tag: string) => Array.from({ length: count }, (_, n) => [comment(`${tag} ${n}`)]);
  const trunk = await extend(emptyLog(project.id, author.author), author, texts(common, 'common'));
  const grown = await Promise.all(
    lengths.map((length, branch) => extend(trunk.head, author, texts(length - common, `branch ${branch}`))),
  );
  return grown.map(({ commits }) => [...trunk.commits, ...commits]) as [Uint8Array[], Uint8Array[]];
}

async function world(seed: number, common: number, lengths: readonly [number, number]) {
  const clock = new SimulatedClock(seed);
  const project = await simulatedProject(3);
  const forked = project.members[0]!;
  const [one, other] = await branches(project, forked, common, lengths);
  const founding = [project.founder.author, project.founding] as const;
  const device = (signer: TestAuthor, log: readonly Uint8Array[]) =>
    simulatedPeer(clock, project, signer, {
      from: { logs: new Map([founding, ...(log.length > 0 ? [[forked.author, log] as const] : [])]), forks: [] },
    });
  const a = await device(project.founder, one);
  const b = await device(project.members[1]!, other);
  const c = await device(project.members[2]!, []);
  return { clock, project, forked, a, b, c };
}

/** Everybody holds proof of the fork at this place, and counts the log up to there. */
function expectForked(peers: readonly SimulatedPeer[], author: string, seq: number): void {
  for (const { replica } of peers) {
    expect(replica.forks().map((fork) => [fork.author, fork.seq])).toEqual([[author, seq]]);
    expect(replica.counted.get(author)?.length ?? 0).toBe(seq);
  }
  const order = [...peers[0]!.replica.counted.keys()];
  const states = peers.map(({ replica }) => projectedState(replica.counted, order));
  for (const state of states) expect(state).toEqual(states[0]);
}

describe('two branches that meet are found, proved and told, when', () => {
  test.each<[string, number, [number, number]]>([
    ['they are equally long', 3, [6, 6]],
    ['ours is longer', 3, [9, 5]],
    ['theirs is longer', 3, [5, 9]],
    ['they part in the first commit', 0, [2, 4]],
    ['they part in the last', 5, [6, 6]],
    ['they part deep in long logs', 137, [500, 400]],
    ['they part far apart', 2, [400, 3]],
  ])('%s', async (_name, common, lengths) => {
    const { clock, forked, a, b, c } = await world(1, common, lengths);
    connect(clock, a, b);
    connect(clock, b, c);
    await clock.run(30_000);
    expectForked([a, b, c], forked.author, common);
    expect([...a.dropped, ...b.dropped, ...c.dropped]).toEqual([]);
    // The others' work goes on.
    await a.write('after');
    await clock.run(500);
    expect(c.lengths[a.author]).toBe(a.lengths[a.author]);
  });
});

test('whoever joins later is told of forks, and given what counts of the log', async () => {
  const { clock, forked, a, b, c } = await world(2, 4, [8, 7]);
  connect(clock, a, b).end();
  connect(clock, a, b);
  await clock.run(5000);
  connect(clock, a, c);
  await clock.run(5000);
  expectForked([a, b, c], forked.author, 4);
  expect(c.replica.document.lengthOf(forked.author)).toBe(4);
});

test('a log that parts a second time, earlier, counts up to there', async () => {
  const { clock, project, forked, a, b } = await world(3, 6, [9, 8]);
  const [, third] = await branches(project, forked, 2, [2, 5]);
  connect(clock, a, b);
  await clock.run(5000);
  expectForked([a, b], forked.author, 6);
  const logs = new Map([
    [project.founder.author, project.founding],
    [forked.author, third],
  ]);
  const d = await simulatedPeer(clock, project, project.members[2]!, { from: { logs, forks: [] } });
  connect(clock, b, d);
  await clock.run(20_000);
  expectForked([a, b, d], forked.author, 2);
});

test('branches are found over two connections of which each side uses another', async () => {
  const { clock, forked, a, b, c } = await world(0, 0, [1, 1]);
  for (const [one, other] of [[a, b] as const, [c, a] as const, [a, b] as const, [a, c] as const])
    connect(clock, one, other);
  await clock.run(60_000);
  expectForked([a, b, c], forked.author, 0);
});

test('branches that grow while devices meet are found, whatever the order (seed 21)', async () => {
  const step = fc.oneof(
    fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ type: fc.constant('write' as const), who: fc.nat(2) }),
    fc.record({ type: fc.constant('connect' as const), who: fc.nat(2) }),
  );
  await fc.assert(
    fc.asyncProperty(
      ...[fc.nat(1000), fc.nat(6), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })],
      fc.array(step, { maxLength: 12 }),
      async (seed, common, more, others, steps) => {
        const { clock, forked, a, b, c } = await world(seed, common, [common + more, common + others]);
        const peers = [a, b, c];
        for (const it of steps) {
          if (it.type === 'wait') await clock.run(it.ms);
          else if (it.type === 'write') void peers[it.who]!.write('more');
          else connect(clock, peers[it.who]!, peers[(it.who + 1) % 3]!);
        }
        connect(clock, a, b);
        connect(clock, a, c);
        await clock.run(60_000);
        expectForked(peers, forked.author, common);
        for (const peer of peers) expect(peer.lengths).toEqual(a.lengths);
        expect(peers.flatMap(({ dropped }) => dropped)).toEqual([]);
      },
    ),
    { numRuns: 25, seed: 21 },
  );
}, 60_000);
