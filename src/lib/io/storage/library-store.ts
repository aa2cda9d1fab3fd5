import { Dexie, type EntityTable } from 'dexie';
import type { ProjectId } from '#core/model/ids';
import { createEncryptionKey, type EncryptionKey } from '../encryption-key';
import { createIdentity, createRawIdentity, type Identity } from '../keys';

/** What the list of projects shows without opening any. */
export interface StoredProject {
  readonly id: ProjectId;
  readonly name: string;
  readonly content: 'texts' | 'images' | 'mixed' | 'empty';
  readonly items: number;
  /** Items completed or skipped. */
  readonly done: number;
  /** Bytes of the stored images; texts and labels are negligible beside them. */
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  /** `sample`: the sample project, of which there is one on a device. */
  readonly origin?: 'sample';
}

interface StoredIdentity {
  readonly id: 'device';
  readonly identity: Identity;
}

interface StoredEncryptionKey {
  readonly id: 'device';
  readonly key: EncryptionKey;
}

/**
 * A project that was deleted from this device, where this author had written: its log must go on where it ended, or whoever
 * has it would see two stories.
 */
export interface LeftProject {
  readonly id: ProjectId;
  /** Bytes of this author's first commit. */
  readonly first: Uint8Array;
  /** Commits that this author made. */
  readonly length: number;
}

/** The projects of this device, and the key pair that signs on it. */
export class LibraryStore extends Dexie {
  declare readonly projects: EntityTable<StoredProject, 'id'>;
  declare readonly identities: EntityTable<StoredIdentity, 'id'>;
  declare readonly left: EntityTable<LeftProject, 'id'>;
  declare readonly encryptionKeys: EntityTable<StoredEncryptionKey, 'id'>;

  constructor() {
    super('concord', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ projects: 'id', identities: 'id' });
    this.version(2).stores({ left: 'id' });
    this.version(3).stores({ encryptionKeys: 'id' });
  }

  /** The device's identity, made on first use; with raw bytes where the browser cannot store a key. */
  async identity(): Promise<Identity> {
    const known = await this.identities.get('device');
    if (known) return known.identity;
    try {
      return await this.#keep(await createIdentity());
    } catch (error) {
      if (!isUnstorable(error)) throw error;
      return this.#keep(createRawIdentity());
    }
  }

  /** What others encrypt to this device with, made on first use. */
  async encryptionKey(): Promise<EncryptionKey> {
    const known = await this.encryptionKeys.get('device');
    if (known) return known.key;
    try {
      return await this.#keepEncryptionKey(await createEncryptionKey('protected'));
    } catch (error) {
      if (!isUnstorable(error)) throw error;
      return this.#keepEncryptionKey(await createEncryptionKey('raw'));
    }
  }

  /** Two tabs may get here at once: the first identity stored is everybody's. */
  #keep(identity: Identity): Promise<Identity> {
    return this.transaction('rw', this.identities, async () => {
      const winner = await this.identities.get('device');
      if (winner) return winner.identity;
      await this.identities.add({ id: 'device', identity });
      return identity;
    });
  }
  #keepEncryptionKey(key: EncryptionKey): Promise<EncryptionKey> {
    return this.transaction('rw', this.encryptionKeys, async () => {
      const winner = await this.encryptionKeys.get('device');
      if (winner) return winner.key;
      await this.encryptionKeys.add({ id: 'device', key });
      return key;
    });
  }
}

/** Whether the browser cannot store what was given: some cannot store keys. */
const isUnstorable = (error: unknown): boolean => error instanceof Error && error.name.includes('DataClone');
