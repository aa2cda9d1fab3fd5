import type { ProjectId } from '#core/model/ids';

/** How long the tab that holds a project has to finish what it is writing before the project is taken from it. */
const HAND_OVER_MS = 3_000;
/**
 * How long to wait for a holder that does not say that it is there: a page that is reloaded finds the lock of its former
 * self, whose worker the browser takes up to two seconds to end.
 */
const SILENCE_MS = 2_500;

/** `who`: is somebody holding this project? `here`: yes. `hand over`: finish and let go. */
type Message = 'who' | 'here' | 'hand over';

type Held = Awaited<ReturnType<typeof hold>>;

/**
 * The right to write to a project: one Web Lock per project, so at most one tab of this browser has it. Another tab may
 * ask for it ("use here"): the holder finishes and lets go; one that does not answer loses it.
 */
export class Ownership {
  readonly #held: NonNullable<Held>;
  readonly #channel: BroadcastChannel;

  /**
   * @param onLost called once when another tab took the project; `finish` is awaited before it gets it
   * @returns null when another tab holds it and `steal` is false
   */
  static async acquire(
    id: ProjectId,
    { steal }: { steal: boolean },
    finish: () => Promise<void>,
  ): Promise<Ownership | null> {
    const name = `concord-project-${id}`;
    const held =
      (await hold(name, { ifAvailable: true })) ??
      (await askFor(name, steal)) ??
      (steal ? await hold(name, { steal: true }) : null);
    return held ? new Ownership(name, held, finish) : null;
  }

  private constructor(name: string, held: NonNullable<Held>, finish: () => Promise<void>) {
    this.#held = held;
    this.#channel = new BroadcastChannel(name);
    let isLost = false;
    const lose = () => {
      if (isLost) return;
      isLost = true;
      void finish().finally(() => {
        this.release();
      });
    };
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data === 'hand over') lose();
      else if (data === 'who' && !isLost) this.#channel.postMessage('here' satisfies Message);
    };
    void held.stolen.then(lose);
  }

  release(): void {
    this.#channel.close();
    this.#held.release();
  }
}

/** Waits for a lock that is held: until it is let go, the holder says that it is there, or the time is up. */
async function askFor(name: string, steal: boolean): Promise<Held> {
  const patience = new AbortController();
  const giveUp = () => {
    patience.abort();
  };
  const timer = setTimeout(giveUp, steal ? HAND_OVER_MS : SILENCE_MS);
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data === 'here') giveUp();
  };
  channel.postMessage((steal ? 'hand over' : 'who') satisfies Message);
  const held = await hold(name, { signal: patience.signal });
  clearTimeout(timer);
  channel.close();
  return held;
}

/** Requests a Web Lock and keeps it until `release`; null when it was not to be had. */
function hold(name: string, options: LockOptions): Promise<{ release: () => void; stolen: Promise<void> } | null> {
  return new Promise((resolve) => {
    let isHeld = false;
    let markStolen: () => void;
    const stolen = new Promise<void>((settle) => (markStolen = settle));
    const request = navigator.locks.request(name, options, (lock) => {
      if (!lock) return null;
      isHeld = true;
      return new Promise<void>((release) => {
        resolve({ release, stolen });
      });
    });
    request.then(
      () => {
        resolve(null);
      },
      () => {
        if (isHeld) markStolen();
        else resolve(null);
      },
    );
  });
}
