import { releaseLock, type ReleaseReport } from '#core/release';
import { isFile, policyOf, withHeaders } from './response';

/** As many as browsers fetch from one host at once over HTTP/1. */
const AT_ONCE = 6;

/** Which requests are answered from a cache; those that it lacks, by the network. */
export interface Route {
  readonly condition: {
    readonly or: readonly { readonly urlPattern: URLPatternInit; readonly requestMethod: 'GET' }[];
  };
  readonly source: { readonly cacheName: string };
}

/** What is known of a build. */
interface Build {
  /** Path of the app on its origin, ending in `/`; the page has this address. */
  readonly scope: string;
  readonly version: string;
  /** Paths of all other files. */
  readonly files: readonly string[];
}

/**
 * One version of the app on this device: a cache that holds its page and all files that any page or worker of it loads.
 *
 * Files with a hash in their names are the same in all versions, so a new one takes over those that are here already,
 * and pages of an old one find theirs in its cache, which stays while such a page lives.
 */
export class Release {
  readonly #scope: string;
  readonly #version: string;
  readonly #files: ReadonlySet<string>;

  constructor({ scope, version, files }: Build) {
    this.#scope = scope;
    this.#version = version;
    this.#files = new Set(files);
  }

  /**
   * Stores the page and all files. The page comes last: a version that has it has been whole.
   *
   * @throws when anything cannot be had, or the host's page is not of this version; what is stored by then is not
   *   fetched again by the next attempt
   */
  async install(): Promise<void> {
    const page = await this.#fetchPage();
    const missing = await this.#fill(page);
    if (missing > 0) throw new Error(`${missing} files of version ${this.#version} could not be fetched`);
    await (await this.#open()).put(this.#scope, page);
  }

  /**
   * The page and its scripts and styles. Workers are not among them: should one be missing, what the network gives needs
   * the headers that {@link answer} adds, or an isolated page refuses it.
   */
  routes(): readonly Route[] {
    const paths = [
      this.#scope,
      ...[...this.#files].filter((path) => this.#isHashed(path) && !path.includes('/workers/')),
    ];
    const or = paths.map((pathname) => ({ urlPattern: { pathname, search: '' }, requestMethod: 'GET' }) as const);
    return [{ condition: { or }, source: { cacheName: this.#cacheName(this.#version) } }];
  }

  /** What answers a request; null: the network, as if there were no service worker. */
  answer(request: Request): Promise<Response> | null {
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin || request.headers.has('range')) return null;
    if (request.mode === 'navigate') return this.#isPage(pathname) ? this.#page(request) : null;
    if (this.#files.has(pathname)) return this.#file(request, pathname);
    return this.#isHashed(pathname) ? this.#formerFile(request, pathname) : null;
  }

  /** Fetches again what was evicted, and tells what is here. */
  async check(): Promise<ReleaseReport> {
    const cache = await this.#open();
    const files = this.#files.size + 1;
    const stored = await cache.match(this.#scope);
    const page = stored ?? (await this.#fetchPage().catch(() => null));
    if (!page) return { version: this.#version, files, missing: files };
    const missing = await this.#fill(page);
    if (!stored && missing === 0) await cache.put(this.#scope, page);
    return { version: this.#version, files, missing };
  }

  /** Deletes versions that no page runs any more. */
  async tidy(): Promise<void> {
    const { held = [] } = await navigator.locks.query();
    const needed = new Set(held.map(({ name }) => name));
    for (const [version, name] of await this.#others())
      if (!needed.has(releaseLock(this.#scope, version))) await caches.delete(name);
  }

  #isPage(path: string): boolean {
    return path === this.#scope || path === `${this.#scope}index.html`;
  }

  /** Whether the content of a file decides its name. */
  #isHashed(path: string): boolean {
    return path.startsWith(`${this.#scope}_app/immutable/`);
  }

  async #page(request: Request): Promise<Response> {
    return (await this.#stored(this.#scope)) ?? fetch(request);
  }

  async #file(request: Request, path: string): Promise<Response> {
    const stored = await this.#stored(path);
    if (stored) return stored;
    const response = await fetch(request);
    if (isFile(path, response)) {
      const page = await this.#stored(this.#scope);
      return withHeaders(response, page ? policyOf(await page.text()) : null);
    }
    await this.#heed(path, response);
    return response;
  }

  /** A file that a page of another version asks for. */
  async #formerFile(request: Request, path: string): Promise<Response> {
    return (await this.#elsewhere(path).catch(() => undefined)) ?? fetch(request);
  }

  /** A browser that is short of space, or damaged, must not stop what the network could answer. */
  async #stored(path: string): Promise<Response | undefined> {
    try {
      return await (await this.#open()).match(path);
    } catch {
      return undefined;
    }
  }

  /**
   * Where the host has a file no more, it has another version by now, and this one cannot be made whole again: the next
   * visit gets the host's page.
   */
  async #heed(path: string, { status }: Response): Promise<void> {
    if (!this.#isHashed(path) || (status !== 404 && status !== 410)) return;
    const cache = await this.#open().catch(() => null);
    await cache?.delete(this.#scope).catch(() => false);
  }

  /** Fetches the files that are not stored; how many could not be had. */
  async #fill(page: Response): Promise<number> {
    const cache = await this.#open();
    const policy = policyOf(await page.clone().text());
    const stored = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
    const wanted = [...this.#files].filter((path) => !stored.has(path));
    let missing = 0;
    const work = async () => {
      for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
        const response = await this.#fetchFile(path).catch(() => null);
        if (response) await cache.put(path, withHeaders(response, policy));
        else missing++;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return missing;
  }

  async #fetchFile(path: string): Promise<Response | null> {
    if (!this.#isHashed(path)) {
      const response = await fetch(path, { cache: 'no-cache' });
      return isFile(path, response) ? response : null;
    }
    const held = await this.#elsewhere(path);
    if (held) return held;
    const response = await fetch(path);
    if (isFile(path, response)) return response;
    await this.#heed(path, response);
    return null;
  }

  /** The host's page, with its headers; throws when it is of another version: hosts and what lies before them may lag. */
  async #fetchPage(): Promise<Response> {
    const response = await fetch(this.#scope, { cache: 'no-cache' });
    const page = await response.clone().text();
    const loaded = page.match(/_app\/immutable\/[\w./-]+/g) ?? [];
    const isOwn = loaded.length > 0 && loaded.every((path) => this.#files.has(this.#scope + path));
    if (!isFile(this.#scope, response) || !isOwn) throw new Error(`The host's page is not of version ${this.#version}`);
    return withHeaders(response, policyOf(page));
  }

  async #elsewhere(path: string): Promise<Response | undefined> {
    for (const [, name] of await this.#others()) {
      const found = await (await caches.open(name)).match(path);
      if (found) return found;
    }
    return undefined;
  }

  /** The other versions that are here: version and name of the cache. */
  async #others(): Promise<[version: string, name: string][]> {
    const prefix = this.#cacheName('');
    const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
    return names
      .map((name): [string, string] => [name.slice(prefix.length), name])
      .filter(([v]) => v !== this.#version);
  }

  #open(): Promise<Cache> {
    return caches.open(this.#cacheName(this.#version));
  }

  /** Several apps below one origin share its caches, so the name holds the path. */
  #cacheName(version: string): string {
    return `concord ${this.#scope} ${version}`;
  }
}
