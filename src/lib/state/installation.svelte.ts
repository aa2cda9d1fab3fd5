/** What Chromium's browsers send when the app can be installed; other browsers have a menu for it. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** What the installation needs of the browser. */
export interface InstallDevice {
  readonly window: Pick<Window, 'addEventListener'>;
  /** Whether this page is the installed app. */
  readonly isApp: boolean;
  /** Whether this is Safari on a phone or tablet, whose pages are deleted after seven days without a visit. */
  readonly isIosPage: boolean;
}

/** `here`: this is the installed app; `offered`: one button installs it; `home-screen`: the menu of iOS does. */
export type Installation = 'here' | 'offered' | 'home-screen' | 'page';

/** Whether the app is installed, and how it can be. */
export class InstallState {
  readonly #device: InstallDevice;
  #offer = $state.raw<InstallOffer | null>(null);
  #isDone = $state(false);

  constructor(device: InstallDevice) {
    this.#device = device;
    device.window.addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#offer = event as InstallOffer;
    });
    device.window.addEventListener('appinstalled', () => {
      this.#offer = null;
      this.#isDone = true;
    });
  }

  get state(): Installation {
    if (this.#device.isApp || this.#isDone) return 'here';
    if (this.#device.isIosPage) return 'home-screen';
    return this.#offer ? 'offered' : 'page';
  }

  /** Lets the browser ask the person; an offer can be taken up once. */
  async install(): Promise<void> {
    const offer = this.#offer;
    this.#offer = null;
    await offer?.prompt();
  }
}
