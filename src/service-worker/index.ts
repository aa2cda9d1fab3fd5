import { base, build, files, version } from '$service-worker';
import type { ReleaseRequest } from '#core/release';
import { Release, type Route } from './release';

/** https://www.w3.org/TR/service-workers/#register-router-method, which TypeScript does not know yet. */
interface RoutingEvent extends ExtendableEvent {
  addRoutes(routes: readonly Route[]): Promise<void>;
}

declare const self: ServiceWorkerGlobalScope;

const release = new Release({ scope: `${base}/`, version, files: [...build, ...files] });

self.addEventListener('install', (event) => {
  event.waitUntil(release.install());
  // Browsers that can do so answer from the cache without starting the service worker; it answers where they refuse.
  if ('addRoutes' in event) event.waitUntil((event as RoutingEvent).addRoutes(release.routes()).catch(() => undefined));
});

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
  const report = await release.check();
  page?.postMessage(report);
  // A version that is being installed, or waits, has a cache that no page holds on to yet.
  const { installing, waiting } = self.registration;
  if (!installing && !waiting) await release.tidy();
}
