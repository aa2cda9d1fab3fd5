import type { Signer, Verify } from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import type { AuthorId, ProjectId } from '#core/model/ids';

import type { Clock } from '#io/sync/clock';
import { Mesh, type DropReason, type MeshListener } from '#io/sync/mesh';
import { comment, foundProject, testAuthor, verify, type TestAuthor } from './authors';
import { MemoryReplica, type Durable, type MemoryReplicaOptions } from './memory-replica';
import { annotation, CONTENTS, ITEMS } from './projected-state';
import {
  LOOPBACK,
  simulatedPair,
  type Conditions,
  type SimulatedChannel,
  type SimulatedPair,
} from './simulated-channels';
import type { SimulatedClock } from './simulated-clock';

/** A device in a simulation, and what its mesh told it. */
export class SimulatedPeer {
  readonly replica: MemoryReplica;
  readonly mesh: Mesh;
  readonly admitted: AuthorId[] = [];
  readonly refusals: string[] = [];
  readonly dropped: { readonly id: string; readonly why: DropReason }[] = [];
  /** Called when this side gives a connection up, as a page closes it. */
  onDropped: (id: string) => void = () => undefined;

  constructor(replica: MemoryReplica, clock: Clock) {
    this.replica = replica;
    const listener: MeshListener = {
      admitted: (_id, author) => this.admitted.push(author),
      gone: () => undefined,
      changed: () => undefined,
      refused: (reason) => this.refusals.push(reason),
      dropped: (id, why) => {
        this.dropped.push({ id, why });
        this.onDropped(id);
      },
    };
    this.mesh = new Mesh(replica, clock, listener, cachedVerify);
  }

  get author(): AuthorId {
    return this.replica.signer.author;
  }

  /** Says something. */
  write(...texts: string[]): Promise<void> {
    return this.replica.commit(...texts.map((text) => [comment(text)]));
  }

  /** Labels an item, by its number. */
  annotate(item: number, label: string): Promise<void> {
    return this.replica.commit([annotation(ITEMS[item]!, label)]);
  }

  /** Commits here by author, of the logs that count. */
  get lengths(): Record<AuthorId, number> {
    return Object.fromEntries(
      [...this.replica.counted].map(([author, { length }]) => [author, length] as const).sort(),
    );
  }
}

/** A connection between two devices of a simulation. */
export interface SimulatedConnection {
  readonly id: string;
  readonly between: readonly [SimulatedPeer, SimulatedPeer];
  /** Both sides learn that it is gone. */
  readonly end: () => void;
  /** Nothing arrives any more, and nobody is told. */
  readonly cut: () => void;
}

let connections = 0;

/** Connects two devices: two channels, and a binding that both hold. */
export function connect(
  clock: SimulatedClock,
  one: SimulatedPeer,
  other: SimulatedPeer,
  conditions: Conditions = LOOPBACK,
): SimulatedConnection {
  const id = `connection ${++connections}`;
  const [sync, blobs] = [simulatedPair(clock, conditions), simulatedPair(clock, conditions)];
  const binding = simulatedClock(clock).random(32);
  for (const [side, peer] of [one, other].entries()) {
    peer.mesh.connect(id, { sync: sync.ends[side as 0 | 1], blobs: blobs.ends[side as 0 | 1] });
    clock.later(clock.random.unit() * 20, () => peer.mesh.connected(id, binding));
  }
  const each = (work: (pair: SimulatedPair) => void) => [sync, blobs].forEach(work);
  return {
    id,
    between: [one, other],
    end: () => {
      each((pair) => pair.break());
      for (const peer of [one, other]) peer.mesh.gone(id);
    },
    cut: () => each((pair) => pair.cut()),
  };
}

/** A connection of which the test itself is the other end. */
export function connectTo(clock: SimulatedClock, peer: SimulatedPeer, binding: Uint8Array): SimulatedChannel {
  const id = `connection ${++connections}`;
  const [sync, blobs] = [simulatedPair(clock), simulatedPair(clock)];
  peer.mesh.connect(id, { sync: sync.ends[0], blobs: blobs.ends[0] });
  clock.later(1, () => peer.mesh.connected(id, binding));
  return sync.ends[1];
}

/** The clock as a mesh takes it. */
export const simulatedClock = (clock: SimulatedClock): Clock => ({
  now: () => clock.now,
  later: (ms, work) => clock.later(ms, work),
  random: (bytes) => Uint8Array.from({ length: bytes }, () => clock.random.whole(0, 255)),
  number: () => clock.random.unit(),
});

/** A project whose founder made these authors members, and what each of them has said. */
export interface SimulatedProject {
  readonly id: ProjectId;
  readonly founder: TestAuthor;
  readonly members: readonly TestAuthor[];
  readonly founding: readonly Uint8Array[];
}

/**
 * A project with items, whose founder made some authors members.
 *
 * @param members how many there are beside the founder
 */
export async function simulatedProject(members: number): Promise<SimulatedProject> {
  const founder = testAuthor(seedOf(0));
  const others = Array.from({ length: members }, (_, i) => testAuthor(seedOf(i + 1)));
  const admissions = others.map(({ author }): LogEvent => {
    return { type: 'member.changed', author, role: 'annotator', asOf: { seq: -1, hash: new Uint8Array(32) } };
  });
  const lists = [CONTENTS, admissions].filter(({ length }) => length > 0);
  const { project, commits } = await foundProject(founder, lists);
  return { id: project, founder, members: others, founding: commits };
}

/** A device of the project. */
export async function simulatedPeer(
  clock: SimulatedClock,
  project: SimulatedProject,
  signer: Signer,
  options: Partial<MemoryReplicaOptions> & { readonly knows?: 'founding' | 'nothing' } = {},
): Promise<SimulatedPeer> {
  const { knows = 'founding', ...more } = options;
  const logs =
    knows === 'founding' ? new Map([[project.founder.author, project.founding]]) : new Map<AuthorId, Uint8Array[]>();
  const from: Durable = { logs, forks: [] };
  const replica = await MemoryReplica.of({
    project: project.id,
    signer,
    verify: cachedVerify,
    from,
    now: () => clock.now,
    ...more,
  });
  return new SimulatedPeer(replica, simulatedClock(clock));
}

const seedOf = (n: number): Uint8Array => Uint8Array.of(n & 255, n >> 8, 7, ...new Uint8Array(29));

const judged = new Map<string, Promise<boolean>>();

/** As `verify`, once for each signature, however many devices look at it. */
const cachedVerify: Verify = (publicKey, message, signature) => {
  const name = [publicKey, message, signature].map((bytes) => Buffer.from(bytes).toString('latin1')).join('|');
  const known = judged.get(name) ?? verify(publicKey, message, signature);
  judged.set(name, known);
  return known;
};
