import { describe, expect, test } from 'vitest';
import type { LogEvent } from '#core/log/events';
import { proofMessage } from '#core/log/proofs';
import { certify } from '#core/peers/credential';
import type { Credential, InviteTerms } from '#core/peers/invitation';
import type { DropReason } from '#io/sync/mesh';
import { testAuthor, type TestAuthor } from '../support/authors';
import { Rogue } from '../support/rogue';
import { simulatedPair } from '../support/simulated-channels';
import { SimulatedClock } from '../support/simulated-clock';
import {
  connect,
  simulatedClock,
  simulatedPeer,
  simulatedProject,
  type SimulatedPeer,
  type SimulatedProject,
} from '../support/simulated-peers';

const HOUR = 3_600_000;

async function world(seed = 1) {
  const clock = new SimulatedClock(seed);
  const project = await simulatedProject(2);
  const a = await simulatedPeer(clock, project, project.founder);
  const b = await simulatedPeer(clock, project, project.members[0]!);
  await a.write('secret');
  connect(clock, a, b);
  await clock.run(500);
  return { clock, project, a, b };
}

interface Invited {
  readonly credential: Credential;
  readonly invite: TestAuthor;
}

/** What somebody shows who joins by an invite. */
async function credentialFor(
  author: TestAuthor,
  project: SimulatedProject,
  clock: SimulatedClock,
  change: { readonly issuer?: TestAuthor; readonly terms?: Partial<InviteTerms>; readonly shownFor?: TestAuthor } = {},
): Promise<Invited> {
  const invite = testAuthor(200);
  const issuer = change.issuer ?? project.founder;
  const terms = {
    project: project.id,
    invite: invite.publicKey,
    role: 'annotator',
    expires: clock.now + HOUR,
  } as const;
  const certificate = await certify({ ...terms, ...change.terms }, issuer);
  const proof = await invite.sign(proofMessage('join', project.id, (change.shownFor ?? author).author));
  return { invite, credential: { kind: 'join', certificate, name: 'Eve', proof } };
}

/** All that somebody may hear who is not admitted. */
const OUTSIDE = new Set(['hello', 'proof', 'refused']);

/** The honest two still work, and hold nothing but what they themselves said. */
async function expectUnharmed({ clock, a, b }: { clock: SimulatedClock; a: SimulatedPeer; b: SimulatedPeer }) {
  await b.write('still here');
  await clock.run(500);
  expect(a.lengths).toEqual(b.lengths);
  expect(Object.keys(a.lengths).sort()).toEqual([a.author, b.author].sort());
}

describe('who is no member gets nothing, whatever they know:', () => {
  const eve = testAuthor(99);
  type Shown = (project: SimulatedProject, clock: SimulatedClock, a: SimulatedPeer) => Promise<Credential | null>;
  test.each<[string, Shown]>([
    ['a stranger who knows the room', () => Promise.resolve(null)],
    [
      'an invite that expired',
      async (project, clock) =>
        (await credentialFor(eve, project, clock, { terms: { expires: clock.now - 2 * HOUR } })).credential,
    ],
    [
      'an invite that a member signed who is no owner',
      async (project, clock) => (await credentialFor(eve, project, clock, { issuer: project.members[0]! })).credential,
    ],
    [
      'an invite to another project',
      async (project, clock) =>
        (await credentialFor(eve, project, clock, { terms: { project: 'a'.repeat(52) } })).credential,
    ],
    [
      'an invite that was changed after it was signed',
      async (project, clock) => {
        const { credential } = await credentialFor(eve, project, clock);
        if (credential.kind !== 'join') throw new Error();
        return { ...credential, certificate: { ...credential.certificate, expires: clock.now + 9 * HOUR } };
      },
    ],
    [
      'what somebody else showed who was invited',
      async (project, clock) =>
        (await credentialFor(eve, project, clock, { shownFor: project.members[1]! })).credential,
    ],
    [
      'an invite that was withdrawn',
      async (project, clock, a) => {
        const { credential, invite } = await credentialFor(eve, project, clock);
        await a.replica.commit([{ type: 'invite.withdrawn', invite: invite.publicKey, admitted: [] }]);
        return credential;
      },
    ],
    [
      'a recovery key that is not the project’s',
      async (project) => {
        const proof = await testAuthor(201).sign(proofMessage('owner', project.id, eve.author));
        return { kind: 'recovery', proof };
      },
    ],
  ])('%s', async (_name, shown) => {
    const all = await world();
    const { clock, project, a } = all;
    const rogue = new Rogue(clock, a);
    await rogue.introduce({ project: project.id, signer: eve, credential: await shown(project, clock, a) });
    rogue.say({ type: 'heads', round: 0, heads: [] });
    await a.write('more secrets');
    a.mesh.show({ item: null, isActive: true });
    await clock.run(60_000);
    expect(rogue.of('refused')).toEqual([{ type: 'refused', reason: 'stranger' }]);
    expect(rogue.heard.filter(({ type }) => !OUTSIDE.has(type))).toEqual([]);
    expect(a.admitted).toEqual([all.b.author]);
    await expectUnharmed(all);
  });
});

test('who shows a good invite is admitted, before the logs know of them', async () => {
  const { clock, project, a } = await world();
  const eve = testAuthor(99);
  const rogue = new Rogue(clock, a);
  await rogue.join({ project: project.id, signer: eve, ...(await credentialFor(eve, project, clock)) });
  expect(a.admitted).toContain(eve.author);
  expect(rogue.of('update').length).toBeGreaterThan(0);
});

test('a member who is removed is told so, and hears nothing more, now or when they come again', async () => {
  const { clock, project, a, b } = await world();
  expect(a.mesh.links).toHaveLength(1);
  await b.write('while I may');
  await clock.run(100);
  const removal: LogEvent = {
    type: 'member.changed',
    author: b.author,
    role: 'none',
    asOf: { seq: 0, hash: new Uint8Array(32) },
  };
  await a.replica.commit([removal]);
  await clock.run(1000);
  expect(a.mesh.links).toEqual([]);
  expect(a.dropped.map(({ why }) => why)).toEqual(['removed']);
  await a.write('behind their back');

  const again = new Rogue(clock, a);
  await again.join({ project: project.id, signer: project.members[0]! });
  expect(again.of('refused')).toEqual([{ type: 'refused', reason: 'removed' }]);
  expect(again.heard.filter(({ type }) => !OUTSIDE.has(type))).toEqual([]);

  // The owner thinks better of it: the waiting link is judged again.
  await a.replica.commit([{ ...removal, role: 'annotator' }]);
  await clock.run(2000);
  expect(again.of('welcome')).toHaveLength(1);
  expect(again.of('heads').length).toBeGreaterThan(0);
});

test('a challenge that is sent back to where it came from proves nothing', async () => {
  const all = await world();
  const rogue = new Rogue(all.clock, all.a);
  await all.clock.until(() => rogue.of('hello').length > 0, 1000);
  rogue.say(rogue.of('hello')[0]!);
  await all.clock.until(() => rogue.of('proof').length > 0, 1000);
  rogue.say(rogue.of('proof')[0]!);
  await all.clock.run(500);
  expect(all.a.dropped.map(({ why }) => why)).toEqual(['unproven']);
  await expectUnharmed(all);
});

test('a challenge that somebody in the middle passes on, frame by frame, proves nothing to either side', async () => {
  const { clock, project, a } = await world();
  const c = await simulatedPeer(clock, project, project.members[1]!);
  const { random } = simulatedClock(clock);
  const passed: Uint8Array[] = [];
  const [toA, toC] = [a, c].map((victim) => {
    const [sync, blobs] = [simulatedPair(clock), simulatedPair(clock)];
    victim.mesh.connect('the middle', { sync: sync.ends[0], blobs: blobs.ends[0] });
    // Each end sees the certificate of the one in the middle.
    victim.mesh.connected('the middle', random(32));
    return sync.ends[1];
  });
  for (const [from, to] of [[toA!, toC!] as const, [toC!, toA!] as const]) {
    from.listener = {
      opened: () => undefined,
      frame: (bytes) => {
        passed.push(bytes);
        to.send(bytes);
      },
      drained: () => undefined,
      closed: () => undefined,
    };
  }
  await clock.run(2000);
  // Two hellos, and the proofs that came of them.
  expect(passed.length).toBeLessThanOrEqual(4);
  expect([...a.dropped, ...c.dropped].map(({ why }) => why)).toContain('unproven');
  expect(c.admitted).toEqual([]);
  expect(c.lengths[a.author]).toBe(project.founding.length);
});

describe('whoever has not shown who they are is cut off that sends', () => {
  test.each<[string, DropReason, (rogue: Rogue) => void]>([
    ['what is no message', 'garbage', (rogue) => rogue.sayBytes(Uint8Array.of(0xa1, 0x01))],
    ['nothing in a message', 'garbage', (rogue) => rogue.sayBytes(new Uint8Array())],
    ['more than a proof takes', 'oversize', (rogue) => rogue.sayBytes(new Uint8Array(9 << 10))],
    ['a frame of no kind', 'frame', (rogue) => rogue.channel.sendAnything(Uint8Array.of(77))],
    ['what only members may say', 'garbage', (rogue) => rogue.say({ type: 'heads', round: 0, heads: [] })],
    [
      'a proof before its challenge',
      'garbage',
      (rogue) =>
        rogue.say({ type: 'proof', author: testAuthor(9).author, credential: null, signature: new Uint8Array(64) }),
    ],
    ['another version', 'version', (rogue) => rogue.say({ type: 'hello', version: 2, nonce: new Uint8Array(32) })],
    [
      'two challenges',
      'garbage',
      (rogue) => {
        rogue.say({ type: 'hello', version: 1, nonce: new Uint8Array(32) });
        rogue.say({ type: 'hello', version: 1, nonce: new Uint8Array(32) });
      },
    ],
    [
      'a signature that is none',
      'unproven',
      (rogue) => {
        rogue.say({ type: 'hello', version: 1, nonce: new Uint8Array(32).fill(1) });
        rogue.say({ type: 'proof', author: testAuthor(9).author, credential: null, signature: new Uint8Array(64) });
      },
    ],
    ['nothing at all', 'silent', () => undefined],
    [
      'a million small messages',
      'flood',
      (rogue) => {
        for (let n = 0; n < 5000; n++) rogue.say({ type: 'refused', reason: 'stranger' });
      },
    ],
  ])('%s', async (_name, why, attack) => {
    const all = await world();
    const rogue = new Rogue(all.clock, all.a);
    await all.clock.run(10);
    attack(rogue);
    await all.clock.run(30_000);
    expect(all.a.dropped.map((dropped) => dropped.why)).toEqual([why]);
    expect(rogue.isClosed).toBe(true);
    expect(rogue.heard.filter(({ type }) => !OUTSIDE.has(type))).toEqual([]);
    await expectUnharmed(all);
  });
});

test('a device that has not got the beginning listens to whoever is there, and says nothing of its own', async () => {
  const clock = new SimulatedClock(3);
  const project = await simulatedProject(1);
  const joiner = await simulatedPeer(clock, project, project.members[0]!, { knows: 'nothing' });
  await joiner.write('mine');
  joiner.mesh.show({ item: null, isActive: true });
  const rogue = new Rogue(clock, joiner);
  await rogue.join({ project: project.id, signer: testAuthor(99) });
  await clock.run(20_000);
  expect(rogue.of('heads').every(({ heads }) => heads.length === 0)).toBe(true);
  expect(rogue.heard.map(({ type }) => type).filter((type) => !['welcome', 'heads', 'beat'].includes(type))).toEqual(
    [...OUTSIDE].slice(0, 2),
  );
  // Then the founder comes: the stranger is told that they are one.
  const founder = await simulatedPeer(clock, project, project.founder);
  connect(clock, joiner, founder);
  await clock.run(2000);
  expect(joiner.lengths).toEqual(founder.lengths);
  expect(rogue.of('refused').map(({ reason }) => reason)).toEqual(['stranger']);
  expect(joiner.mesh.links.map(({ author }) => author)).toEqual([founder.author]);
});
