import { createPrivateKey, createPublicKey, sign, verify as nodeVerify, type KeyObject } from 'node:crypto';
import type { LogHead } from '#core/log/chain';
import { emptyLog } from '#core/log/chain';
import { authorId, commitHash, signCommit, type Signer, type Verify } from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import { fromBase32 } from '#core/model/base32';
import { hashOf } from '#core/model/hash';
import type { ProjectId } from '#core/model/ids';

/** RFC 8410: an Ed25519 private key is this and the seed, a public key this and the point. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export interface TestAuthor extends Signer {
  readonly publicKey: Uint8Array;
}

/** An author with OpenSSL's Ed25519; equal seeds are equal authors. */
export function testAuthor(seed: number | Uint8Array): TestAuthor {
  const bytes = typeof seed === 'number' ? Buffer.alloc(32, seed) : seed;
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' });
  const publicKey = plain(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length));
  return {
    author: authorId(publicKey),
    publicKey,
    sign: (message) => Promise.resolve(plain(sign(null, message, key))),
  };
}

export const verify: Verify = (publicKey, message, signature) => {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  } catch {
    return Promise.resolve(false);
  }
  return Promise.resolve(nodeVerify(null, message, key, signature));
};

export const founding = (recovery: Uint8Array = new Uint8Array(32)): LogEvent => ({
  type: 'project.founded',
  version: 1,
  name: 'Birds',
  founder: 'Ada',
  recovery,
  nonce: new Uint8Array(16),
});

export const comment = (text: string): LogEvent => ({ type: 'comment.added', item: 'a'.repeat(26), text });

/** Signs commits, one per list of events, onto a log. */
export async function extend(head: LogHead, signer: Signer, lists: readonly (readonly LogEvent[])[]) {
  const commits: Uint8Array[] = [];
  let { length, hash, lamport } = head;
  for (const events of lists) {
    const prev = hash ?? (events[0]?.type === 'project.founded' ? null : fromBase32(head.project));
    const bytes = await signCommit({ seq: length, prev, lamport: ++lamport, time: 1.7e12, events }, signer);
    commits.push(bytes);
    hash = commitHash(bytes);
    length++;
  }
  return { head: { ...head, length, hash, lamport }, commits };
}

/** A founder's log: the founding commit and one commit per further list of events. */
export async function foundProject(founder: Signer, lists: readonly (readonly LogEvent[])[] = []) {
  const { commits: first } = await extend(emptyLog('', founder.author), founder, [[founding()]]);
  const project: ProjectId = hashOf(first[0]!);
  const { head, commits } = await extend(emptyLog(project, founder.author), founder, [[founding()], ...lists]);
  return { project, head, commits };
}

const plain = (buffer: Buffer): Uint8Array => new Uint8Array(buffer);
