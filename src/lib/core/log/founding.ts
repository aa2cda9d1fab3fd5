import { toBase32 } from '../model/base32';
import type { ProjectId } from '../model/ids';
import { DEFAULT_SETTINGS, type Settings } from '../model/project';
import type { Schema } from '../model/schema';
import { emptyLog, type LogHead } from './chain';
import { commitHash, signCommit, type Signer } from './commit';

/** What a project is founded with. */
export interface Founding {
  readonly name: string;
  /** The founder's display name. */
  readonly founder: string;
  /** `version` is ignored: the first is 1. */
  readonly schema: Schema;
  /** What differs from the defaults. */
  readonly settings: Partial<Settings>;
  /** Ed25519 public key, 32 bytes, whose private half is the recovery code. */
  readonly recovery: Uint8Array;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** A project's first commit, and the log that it begins. */
export interface Founded {
  readonly project: ProjectId;
  readonly bytes: Uint8Array;
  readonly head: LogHead;
}

/** Signs a project's first commit, whose hash names it: it says who owns the project and what is asked. */
export async function found(founding: Founding, signer: Signer): Promise<Founded> {
  const { name, founder, schema, settings, recovery, nonce, time } = founding;
  const bytes = await signCommit(
    {
      ...{ seq: 0, prev: null, lamport: 1, time },
      events: [
        { type: 'project.founded', version: 1, name, founder, recovery, nonce },
        { type: 'settings.changed', settings: { ...DEFAULT_SETTINGS, ...settings, name } },
        { type: 'schema.changed', schema: { ...schema, version: 1 } },
      ],
    },
    signer,
  );
  const hash = commitHash(bytes);
  const project = toBase32(hash);
  return { project, bytes, head: { ...emptyLog(project, signer.author), length: 1, hash, lamport: 1 } };
}
