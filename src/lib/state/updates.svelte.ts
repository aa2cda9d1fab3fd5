import { releaseLock, type ReleaseReport, type ReleaseRequest } from '#core/release';
import type { Unsaved } from './unsaved';

/** Between two looks for a new version, while the page stays open. */
const LOOK_EVERY_MS = 3_600_000;
/** A service worker of another version may not know what it is asked, and one that is busy is asked again later. */
const ANSWER_WITHIN_MS = 20_000;

/** What the updates need of the browser. */
export interface UpdateDevice {
  /** undefined where the browser has no service workers, as in some private windows. */
  readonly workers: ServiceWorkerContainer | undefined;
  readonly locks: Pick<LockManager, 'request'>;
  /** Path of the app on its origin, ending in `/`. */
  readonly scope: string;
  /** A monotonic clock, milliseconds. */
  now(): number;
  /** Loads the page again, once what it has told the worker is durable. */
  reload(): void;
}

/**
 * - `unknown`: not asked yet; `none`: this browser keeps no app offline;
 * - `partly`: something is still to be fetched; `ready`: everything works without a network.
 */
export type Offline = 'unknown' | 'none' | 'partly' | 'ready';

/** `waiting`: a new version is here; `replaced`: another tab has begun to use one, and this page runs the old one. */
export type Update = 'none' | 'waiting' | 'replaced';

/**
 * The app's own version: that it is kept on this device, and that a new one takes over only when the person says so, with
 * nothing lost. Pages of the old one go on working.
 */
export class Updates {
  readonly version: string;
  readonly #device: UpdateDevice;
  readonly #unsaved: Unsaved;
  #registration: ServiceWorkerRegistration | null = null;
  #offline = $state<Offline>('unknown');
  #update = $state<Update>('none');
  #isDeferred = $state(false);
  #isBusy = $state(false);
  #lost = $state.raw<readonly string[]>([]);
  #lookedAt = 0;

  constructor(device: UpdateDevice, version: string, unsaved: Unsaved) {
    this.#device = device;
    this.version = version;
    this.#unsaved = unsaved;
    const lives = () => new Promise(() => undefined);
    void device.locks.request(releaseLock(device.scope, version), { mode: 'shared' }, lives);
  }

  get offline() {
    return this.#offline;
  }
  get update() {
    return this.#update;
  }
  /** Whether the person put the new version off, for as long as this page lives. */
  get isDeferred() {
    return this.#isDeferred;
  }
  /** What would be lost by using the new version now, in words; the person was told, and has not decided. */
  get lost() {
    return this.#lost;
  }
  get isBusy() {
    return this.#isBusy;
  }

  /** Registers the service worker, which fetches the whole app: call it when the page has done what it was opened for. */
  async start(): Promise<void> {
    const { workers, scope } = this.#device;
    if (!workers) {
      this.#offline = 'none';
      return;
    }
    // The first service worker ever takes over pages that had none, which is no update.
    let isServed = workers.controller !== null;
    workers.addEventListener('controllerchange', () => {
      if (isServed) this.#update = 'replaced';
      isServed = true;
    });
    const registered = await workers
      .register(`${scope}service-worker.js`, { scope, updateViaCache: 'none' })
      .catch(() => null);
    if (!registered) {
      this.#offline = 'none';
      return;
    }
    this.#registration = registered;
    this.#lookedAt = this.#device.now();
    const look = () => {
      this.#look(registered);
    };
    registered.addEventListener('updatefound', () => {
      registered.installing?.addEventListener('statechange', look);
    });
    registered.installing?.addEventListener('statechange', look);
    look();
  }

  /** The person came back to the page: a new version may have appeared since. */
  async attend(): Promise<void> {
    if (!this.#registration || this.#device.now() - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = this.#device.now();
    // Without a network there is nothing new.
    await this.#registration.update().catch(() => undefined);
  }

  defer(): void {
    this.#isDeferred = true;
    this.#lost = [];
  }

  /**
   * Keeps what is unsaved and reloads the page with the new version.
   *
   * @param losing `ask`: where something would be lost, tells it and waits; `accept`: the person knows
   */
  async use(losing: 'ask' | 'accept'): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const lost = await this.#unsaved.keep();
    this.#isBusy = false;
    this.#lost = lost;
    if (lost.length > 0 && losing === 'ask') return;
    const { workers } = this.#device;
    const waiting = this.#registration?.waiting;
    // Another tab was faster: the new version serves already.
    if (!waiting || !workers) {
      this.#device.reload();
      return;
    }
    this.#isBusy = true;
    const reload = () => {
      this.#device.reload();
    };
    workers.addEventListener('controllerchange', reload, { once: true });
    waiting.postMessage({ type: 'use' } satisfies ReleaseRequest);
  }

  #look(registration: ServiceWorkerRegistration): void {
    const { active, waiting } = registration;
    if (waiting && active && this.#update === 'none') this.#update = 'waiting';
    if (active) void this.#check(active);
    else this.#offline = 'partly';
  }

  async #check(active: ServiceWorker): Promise<void> {
    const report = await ask(active);
    if (report) this.#offline = report.missing === 0 ? 'ready' : 'partly';
  }
}

/** null: it did not answer. */
function ask(worker: ServiceWorker): Promise<ReleaseReport | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => {
      resolve(null);
    }, ANSWER_WITHIN_MS);
    port1.onmessage = ({ data }: MessageEvent<ReleaseReport>) => {
      clearTimeout(timer);
      port1.close();
      resolve(data);
    };
    worker.postMessage({ type: 'check' } satisfies ReleaseRequest, [port2]);
  });
}
