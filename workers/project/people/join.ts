import { Dexie } from 'dexie';
import { fault } from '#core/errors';
import { emptyLog } from '#core/log/chain';
import { commitHash, decodeCommit, nextLamport, signCommit, type Signer } from '#core/log/commit';
import { MAX_NAME } from '#core/log/event-schemas';
import type { LogEvent } from '#core/log/events';
import { proofMessage } from '#core/log/proofs';
import { leastOf } from '#core/log/roles';
import { fromBase32, toBase32 } from '#core/model/base32';
import type { ProjectId } from '#core/model/ids';
import { isExpired, verifyCertificate } from '#core/peers/credential';
import type { Settings } from '#core/model/project';
import type { Credential, Invitation } from '#core/peers/invitation';
import { err, ok, type Result } from '#core/result';
import { seedSigner, verify } from '#io/keys';
import { ProjectStore } from '#io/storage/project-store';
import type { Library } from '../library';
import type { Session } from '../session';

type Joined = Extract<LogEvent, { type: 'member.joined' }>;

/** What joining changes on this device: the first entry of an own log, and what is shown to whom one meets. */
interface Entry {
  readonly event: Joined;
  readonly credential: Credential;
}

/** Where joining happens. */
interface Device {
  readonly library: Library;
  /** Opens a project that this device has already. */
  open(id: ProjectId): Promise<Result<Session>>;
}

/**
 * Joins a project by an invite. The project stands in the list at once, with this author's first commit, which names the
 * invite; everything else comes from whom the device meets. A project that is here already is joined only where the
 * invite gives a greater role than this author has.
 *
 * @returns the project; `invite-link.wrong`, `invite.…`, `name.missing`, `text.too-long`
 */
export async function join(device: Device, invitation: Invitation, name: string): Promise<Result<ProjectId>> {
  const called = name.trim();
  if (called === '') return err(fault('name.missing', 'name'));
  if (called.length > MAX_NAME) return err(fault('text.too-long', 'name', { limit: MAX_NAME }));
  const judged = await judge(invitation);
  if (!judged.ok) return judged;
  const signer = await device.library.signer();
  const entry = await entryFor(invitation, called, signer);
  const { project } = invitation.certificate;
  const isHere = await device.library.has(project);
  return isHere ? joinHere(device, invitation, entry) : joinNew(device.library, signer, invitation, entry);
}

/** Whether the invitation is what an honest device joins by. Whether its issuer is an owner, and it still stands, peers know. */
async function judge({ certificate, seed }: Invitation): Promise<Result<null>> {
  if (seedSigner(seed).author !== toBase32(certificate.invite)) return err(fault('invite-link.wrong', ''));
  if (!(await verifyCertificate(certificate, verify))) return err(fault('invite.forged', ''));
  return isExpired(certificate, Date.now()) ? err(fault('invite.expired', '')) : ok(null);
}

async function entryFor({ certificate, seed }: Invitation, name: string, signer: Signer): Promise<Entry> {
  const proof = await seedSigner(seed).sign(proofMessage('join', certificate.project, signer.author));
  return {
    event: { type: 'member.joined', name, invite: certificate.invite, proof },
    credential: { kind: 'join', certificate, name, proof },
  };
}

async function joinNew(
  library: Library,
  signer: Signer,
  invitation: Invitation,
  entry: Entry,
): Promise<Result<ProjectId>> {
  const { project } = invitation.certificate;
  const left = await library.left(project);
  const first = left ? left.first : await firstCommit(invitation, signer, entry.event);
  const store = new ProjectStore(project);
  const stored = await begin(store, project, signer, first);
  if (stored.ok) {
    await store.write('credential', entry.credential);
    await noteInvitation(store, invitation);
    // What was written here before is with others; until it is back, nothing can follow it.
    if (left && left.length > 1) await store.write('ownLength', left.length);
  }
  store.close();
  if (!stored.ok) {
    await Dexie.delete(store.name);
    return stored;
  }
  const openedAt = Date.now();
  const line = { content: 'empty', items: 0, done: 0, bytes: 0, openedAt } as const;
  await library.note({ id: project, name: invitation.projectName, ...line });
  return ok(project);
}

/** Stores the first commit of an own log; where an attempt before this one got so far, that one's stays. */
async function begin(
  store: ProjectStore,
  project: ProjectId,
  { author }: Signer,
  bytes: Uint8Array,
): Promise<Result<null>> {
  if ((await store.heads.get(author)) !== undefined) return ok(null);
  const commit = decodeCommit(bytes);
  if (!commit.ok) return commit;
  const empty = emptyLog(project, author);
  const after = { ...empty, length: 1, hash: commitHash(bytes), lamport: commit.value.lamport };
  return store.append([{ before: empty, after, commits: [bytes] }]);
}

function firstCommit({ certificate, lamport }: Invitation, signer: Signer, event: Joined): Promise<Uint8Array> {
  const prev = fromBase32(certificate.project);
  return signCommit({ seq: 0, prev, lamport: nextLamport(0, lamport), time: Date.now(), events: [event] }, signer);
}

async function joinHere(
  device: Device,
  invitation: Invitation,
  { event, credential }: Entry,
): Promise<Result<ProjectId>> {
  const { project, role } = invitation.certificate;
  const opened = await device.open(project);
  // Whoever goes there now is asked whether to use it here.
  if (!opened.ok) return opened.error.code === 'project.elsewhere' ? ok(project) : opened;
  const session = opened.value;
  await session.idle();
  const has = session.role;
  const isBelow = has !== role && leastOf(has, role) === has;
  if (!isBelow || hasJoinedBy(session, event.invite)) return ok(project);
  const joined = await session.join(event);
  if (!joined.ok) return joined;
  await session.store.write('credential', credential);
  await noteInvitation(session.store, invitation);
  return ok(project);
}

function hasJoinedBy({ projection, author }: Session, invite: Uint8Array): boolean {
  const id = toBase32(invite);
  return projection.facts.some(
    (fact) => fact.author === author && fact.event.type === 'member.joined' && toBase32(fact.event.invite) === id,
  );
}

/** The project's settings as far as the invite told them, until the founding commit is here. */
export const foretold = (
  settings: Settings,
  { projectName, servers }: Pick<Invitation, 'projectName' | 'servers'>,
): Settings => ({ ...settings, name: projectName, meeting: { ...settings.meeting, servers } });

const noteInvitation = (store: ProjectStore, { certificate, projectName, inviterName, servers }: Invitation) =>
  store.write('invitation', { projectName, inviterName, role: certificate.role, servers });
