import { readChanges, writeChanges, type KeyChanges } from './key-map';

export type Theme = 'system' | 'light' | 'dark';

const THEME_KEY = 'concord.theme';
const NAME_KEY = 'concord.name';
const KEYS_KEY = 'concord.keys';

/** What a person prefers on this device; nobody else ever sees it, but for their name, which their work carries. */
export class Preferences {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #document: Document;
  #theme = $state<Theme>('system');
  #name = $state('');
  #keys = $state.raw<KeyChanges>({});

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, document: Document) {
    this.#storage = storage;
    this.#document = document;
    const theme = storage.getItem(THEME_KEY);
    if (theme === 'light' || theme === 'dark') this.#theme = theme;
    this.#name = storage.getItem(NAME_KEY) ?? '';
    this.#keys = readChanges(storage.getItem(KEYS_KEY));
    this.#show();
  }

  get theme() {
    return this.#theme;
  }
  set theme(theme) {
    this.#theme = theme;
    this.#store(THEME_KEY, theme);
    this.#show();
  }

  /** How others see the person; '' until they say so. */
  get name() {
    return this.#name;
  }
  set name(name) {
    this.#name = name;
    this.#store(NAME_KEY, name);
  }

  /** The keys that differ from those that Concord comes with. */
  get keys() {
    return this.#keys;
  }
  set keys(keys) {
    this.#keys = keys;
    this.#store(KEYS_KEY, writeChanges(keys));
  }

  /** app.html does the same before the first paint, from the same key. */
  #show(): void {
    const { documentElement, head } = this.#document;
    if (this.#theme === 'system') delete documentElement.dataset.theme;
    else documentElement.dataset.theme = this.#theme;
    for (const meta of head.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
      const own = `(prefers-color-scheme: ${meta.dataset.scheme ?? ''})`;
      meta.media = this.#theme === 'system' ? own : this.#theme === meta.dataset.scheme ? 'all' : 'not all';
    }
  }

  #store(key: string, value: string): void {
    try {
      this.#storage.setItem(key, value);
    } catch {
      // A full or forbidden storage costs the memory between visits and nothing else.
    }
  }
}
