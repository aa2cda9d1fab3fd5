import { expect, test } from 'vitest';
import { SLOW } from '../support/simulated-channels';
import { SimulatedClock } from '../support/simulated-clock';
import { connect, simulatedPeer, simulatedProject } from '../support/simulated-peers';

test('two devices exchange their logs', async () => {
  const clock = new SimulatedClock(1);
  const project = await simulatedProject(1);
  const [a, b] = [
    await simulatedPeer(clock, project, project.founder),
    await simulatedPeer(clock, project, project.members[0]!),
  ];
  await a.write('one', 'two');
  await b.write('three');
  connect(clock, a, b);
  await clock.run(500);
  expect(a.lengths).toEqual(b.lengths);
  expect(a.lengths).toEqual({ [a.author]: 4, [b.author]: 1 });
  await b.write('four');
  const took = await clock.until(() => a.lengths[b.author] === 2, 1000);
  expect(took).toBeLessThan(30);
  expect(a.dropped).toEqual([]);
});
void SLOW;
