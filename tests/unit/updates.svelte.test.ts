import { expect, test } from 'vitest';
import { releaseLock, type ReleaseReport } from '#core/release';
import { Updates } from '#state/updates';
import { Unsaved } from '../../src/lib/state/unsaved';

/** A service worker that answers what it is asked; an old one does not. */
class FakeWorker extends EventTarget {
  readonly heard: unknown[] = [];
  readonly #report: ReleaseReport | null;

  constructor(report: ReleaseReport | null) {
    super();
    this.#report = report;
  }

  postMessage(message: unknown, [port]: MessagePort[] = []): void {
    this.heard.push(message);
    if (this.#report) port?.postMessage(this.#report);
  }
}

class FakeRegistration extends EventTarget {
  active: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
  updates = 0;

  update(): Promise<void> {
    this.updates++;
    return Promise.resolve();
  }
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null = null;
  readonly registration: FakeRegistration | null;

  constructor(registration: FakeRegistration | null) {
    super();
    this.registration = registration;
  }

  register(): Promise<FakeRegistration> {
    return this.registration ? Promise.resolve(this.registration) : Promise.reject(new TypeError('no such script'));
  }
}

const WHOLE: ReleaseReport = { version: '1', files: 3, missing: 0 };

function device(container: FakeContainer | undefined) {
  const locks: string[] = [];
  const given = { time: 0, reloads: 0, locks };
  const unsaved = new Unsaved();
  const updates = new Updates(
    {
      workers: container as unknown as ServiceWorkerContainer | undefined,
      locks: {
        request: (name: string) => {
          locks.push(name);
          return new Promise(() => undefined);
        },
      },
      scope: '/app/',
      now: () => given.time,
      reload: () => given.reloads++,
    },
    '1',
    unsaved,
  );
  return { updates, unsaved, given };
}

test('a browser without service workers, or one that refuses ours, works and says so', async () => {
  for (const container of [undefined, new FakeContainer(null)]) {
    const { updates, given } = device(container);
    await updates.start();
    expect(updates.offline).toBe('none');
    expect(given.locks).toEqual([releaseLock('/app/', '1')]);
  }
});

test('the first visit: the service worker takes over, which is no update', async () => {
  const registration = new FakeRegistration();
  const container = new FakeContainer(registration);
  const installing = new FakeWorker(WHOLE);
  registration.installing = installing;
  const { updates } = device(container);
  await updates.start();
  expect(updates.offline).toBe('partly');
  registration.installing = null;
  registration.active = container.controller = installing;
  installing.dispatchEvent(new Event('statechange'));
  container.dispatchEvent(new Event('controllerchange'));
  await expect.poll(() => updates.offline).toBe('ready');
  expect(updates.update).toBe('none');
});

/** A page whose app is here, and a new version that waits. */
async function waiting() {
  const registration = new FakeRegistration();
  const container = new FakeContainer(registration);
  registration.active = container.controller = new FakeWorker(WHOLE);
  const next = new FakeWorker(WHOLE);
  const made = device(container);
  await made.updates.start();
  registration.installing = next;
  registration.dispatchEvent(new Event('updatefound'));
  registration.installing = null;
  registration.waiting = next;
  next.dispatchEvent(new Event('statechange'));
  return { ...made, registration, container, next };
}

test('a new version is used only when everything is kept, and then the page is loaded again', async () => {
  const { updates, unsaved, given, container, next } = await waiting();
  expect(updates.update).toBe('waiting');
  let kept = 0;
  unsaved.watch(() => {
    kept++;
    return Promise.resolve(null);
  });
  await updates.use('ask');
  expect(kept).toBe(1);
  expect(next.heard).toEqual([{ type: 'use' }]);
  expect(given.reloads).toBe(0);
  container.dispatchEvent(new Event('controllerchange'));
  expect(given.reloads).toBe(1);
});

test('what would be lost is told first, and is lost only when the person says so', async () => {
  const { updates, unsaved, next } = await waiting();
  const release = unsaved.watch(() => Promise.resolve('the files that you chose'));
  await updates.use('ask');
  expect(updates.lost).toEqual(['the files that you chose']);
  expect(next.heard).toEqual([]);
  updates.defer();
  expect(updates.lost).toEqual([]);
  release();
  await updates.use('ask');
  expect(next.heard).toEqual([{ type: 'use' }]);
});

test('another tab has begun to use a new version: this one says so, and one reload follows', async () => {
  const { updates, given, registration, container } = await waiting();
  registration.waiting = null;
  container.dispatchEvent(new Event('controllerchange'));
  expect(updates.update).toBe('replaced');
  await updates.use('ask');
  expect(given.reloads).toBe(1);
});

test('looks for a new version at most once an hour', async () => {
  const { updates, given, registration } = await waiting();
  await updates.attend();
  given.time = 3_599_999;
  await updates.attend();
  expect(registration.updates).toBe(0);
  given.time = 3_600_000;
  await updates.attend();
  await updates.attend();
  expect(registration.updates).toBe(1);
});
