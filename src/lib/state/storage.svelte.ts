/** From here on the person is told: a share of the quota, and bytes that are left. */
const NEARLY_FULL = { share: 0.85, left: 500_000_000 };

/** Remembers that the browser was asked: one that asks the person must not do so at every visit. */
const ASKED = 'concord.asked-to-keep';

/** What the storage needs of the browser. */
export interface StorageDevice {
  /** undefined in browsers that tell nothing of their storage. */
  readonly manager: Pick<StorageManager, 'persist' | 'persisted' | 'estimate'> | undefined;
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * Whether the browser keeps what is stored: `cleared`: it may delete all of it when the disk is short of room;
 * `silent`: it does not say.
 */
export type Keeping = 'unknown' | 'kept' | 'cleared' | 'silent';

/** Bytes of this app on this device. */
export interface Room {
  readonly used: number;
  /** What the browser allows, used included. */
  readonly quota: number;
}

/** The room that the browser gives, and whether it promises to keep what is stored there. */
export class StorageState {
  readonly #device: StorageDevice;
  #keeping = $state<Keeping>('unknown');
  #room = $state.raw<Room | null>(null);

  constructor(device: StorageDevice) {
    this.#device = device;
  }

  get keeping() {
    return this.#keeping;
  }
  /** null: not known, or the browser does not say. */
  get room() {
    return this.#room;
  }
  /** Bytes that can still be stored; null: not known. */
  get left(): number | null {
    return this.#room && Math.max(0, this.#room.quota - this.#room.used);
  }
  /** Whether it is time to make room. */
  get isNearlyFull(): boolean {
    const { room, left } = this;
    return room !== null && (room.used > NEARLY_FULL.share * room.quota || left! < NEARLY_FULL.left);
  }

  /** Looks at what the browser says now; it asks nobody. */
  async look(): Promise<void> {
    const { manager } = this.#device;
    // Private windows of some browsers refuse to tell.
    const kept = await manager?.persisted().catch(() => null);
    this.#keeping = kept === true ? 'kept' : kept === false ? 'cleared' : 'silent';
    const { usage, quota } = (await manager?.estimate().catch(() => null)) ?? {};
    this.#room = usage === undefined || quota === undefined ? null : { used: usage, quota };
  }

  /** There is something to keep now: asks the browser once to do so. */
  async askOnce(): Promise<void> {
    await this.look();
    if (this.#keeping !== 'cleared' || this.#device.memory.getItem(ASKED) !== null) return;
    await this.ask();
  }

  /** Asks the browser to keep what is stored; some ask the person. */
  async ask(): Promise<void> {
    await this.#device.manager?.persist().catch(() => false);
    try {
      this.#device.memory.setItem(ASKED, '');
    } catch {
      // A full or forbidden storage costs the memory between visits and nothing else.
    }
    await this.look();
  }
}
