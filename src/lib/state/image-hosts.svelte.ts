const KEY = 'concord.image-hosts';
/** The list is read at every start; whoever has more hosts is asked again for those that came first. */
const AT_MOST = 1_000;

/** The host of an image's address, as people know it: `example.com`, with its port where it has one. */
export const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');

/**
 * The hosts whose images may be loaded. Loading one tells its host who looks at what, so it happens only where the person
 * asked for it: by importing a table of addresses, or by a button.
 */
export class ImageHosts {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #hosts = $state.raw<ReadonlySet<string>>(new Set());

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    this.#hosts = parse(storage.getItem(KEY));
  }

  /** Whether the image at an address may be loaded. */
  shows(address: string): boolean {
    return this.#hosts.has(hostOf(address));
  }

  /** The person asked for the images of these hosts. */
  show(hosts: readonly string[]): void {
    if (hosts.every((host) => this.#hosts.has(host))) return;
    const all = [...this.#hosts].filter((host) => !hosts.includes(host)).concat(hosts);
    this.#hosts = new Set(all.slice(-AT_MOST));
    try {
      this.#storage.setItem(KEY, JSON.stringify([...this.#hosts]));
    } catch {
      // A full or forbidden storage costs the memory between visits and nothing else.
    }
  }
}

function parse(stored: string | null): ReadonlySet<string> {
  try {
    const hosts: unknown = JSON.parse(stored ?? '[]');
    return new Set(Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : []);
  } catch {
    // What cannot be read is forgotten: the person is asked again.
    return new Set();
  }
}
