import { base, build, files, version } from '$service-worker';
import type { ReleaseRequest } from '#core/release';
import { Release } from './release';

declare const self: ServiceWorkerGlobalScope;

const release = new Release({ scope: `${base}/`, version, files: [...build, ...files] });

self.addEventListener('install', (event) => event.waitUntil(release.install()));

// The first page, which was loaded without a service worker, finds its later parts offline too.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const answer = release.answer(event.request);
  if (answer) event.respondWith(answer);
});

self.addEventListener('message', (event) => {
  // Pages of other versions may ask for what this one does not know.
  const { type } = event.data as Partial<ReleaseRequest>;
  if (type === 'use') event.waitUntil(self.skipWaiting());
  if (type === 'check') event.waitUntil(check(event.ports[0]));
});

async function check(page: MessagePort | undefined): Promise<void> {
  page?.postMessage(await release.check());
  // A version that is being installed, or waits, has a cache that no page holds on to yet.
  const { installing, waiting } = self.registration;
  if (!installing && !waiting) await release.tidy();
}
