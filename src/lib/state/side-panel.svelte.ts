export type PanelTab = 'regions' | 'guidelines' | 'item' | 'history';

const KEY = 'concord.panel';
const TABS: readonly PanelTab[] = ['regions', 'guidelines', 'item', 'history'];

/** The panel beside the item: whether it is unfolded and which tab it shows, remembered on this device. */
export class SidePanel {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #tab = $state<PanelTab>('guidelines');
  #open = $state(false);

  /**
   * @param start.beside whether there is room for it beside the item; where there is not, it starts folded
   * @param start.useful whether there are guidelines: then it is unfolded, and shows them, where nothing is remembered
   */
  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, start: { beside: boolean; useful: boolean }) {
    this.#storage = storage;
    const [state, tab] = storage.getItem(KEY)?.split(' ') ?? [];
    this.#open = start.beside && (state === undefined ? start.useful : state === 'open');
    this.#tab = TABS.find((known) => known === tab) ?? (start.useful ? 'guidelines' : 'regions');
  }

  get tab() {
    return this.#tab;
  }
  get open() {
    return this.#open;
  }

  show(tab: PanelTab): void {
    this.#tab = tab;
    this.#open = true;
    this.#remember();
  }

  fold(): void {
    this.#open = false;
    this.#remember();
  }

  toggle(): void {
    if (this.#open) this.fold();
    else this.show(this.#tab);
  }

  #remember(): void {
    try {
      this.#storage.setItem(KEY, `${this.#open ? 'open' : 'folded'} ${this.#tab}`);
    } catch {
      // A full or forbidden storage costs the memory between visits and nothing else.
    }
  }
}
