import type { ConcordError } from '#core/errors';
import type { Offer, Pairing as PairingEnd } from '#io/meeting/pairing';
import type { Meeting } from './meeting.svelte';

/**
 * - `choosing`: which device begins;
 * - `offering`: the first code is shown, and the other device's answer asked for;
 * - `reading`: the other device's first code is asked for;
 * - `answering`: the answer is shown, for the other device to read;
 * - `connected`: done.
 */
export type PairingStep = 'choosing' | 'offering' | 'reading' | 'answering' | 'connected';

/** Two devices being connected by hand: what a dialog shows, one step after the other. */
export class Pairing {
  readonly #meeting: Pick<Meeting, 'offer' | 'answer'>;
  #step = $state<PairingStep>('choosing');
  #code = $state('');
  #isBusy = $state(false);
  #failure = $state.raw<ConcordError | null>(null);
  #end: PairingEnd | null = null;
  #offer: Offer | null = null;
  /** Counts beginnings, so that what was given up changes nothing later. */
  #turn = 0;

  constructor(meeting: Pick<Meeting, 'offer' | 'answer'>) {
    this.#meeting = meeting;
  }

  get step() {
    return this.#step;
  }
  /** To be shown to the other device; '' while it is made. */
  get code() {
    return this.#code;
  }
  /** A code is being made, or a connection. */
  get isBusy() {
    return this.#isBusy;
  }
  get failure() {
    return this.#failure;
  }

  /** This device begins. */
  async begin(): Promise<void> {
    this.#step = 'offering';
    const turn = this.#turn;
    await this.#busy(async () => {
      const offer = await this.#meeting.offer();
      if (turn !== this.#turn) offer.close();
      else {
        this.#offer = offer;
        this.#show(offer);
      }
    });
  }

  /** The other device has begun. */
  read(): void {
    this.#step = 'reading';
  }

  /** Takes a code of the other device, typed, pasted or scanned. */
  async take(text: string): Promise<void> {
    if (this.#isBusy) return;
    await this.#busy(async () => {
      this.#failure = null;
      const taken = await (this.#step === 'offering' ? this.#accept(text) : this.#answer(text));
      if (taken) this.#failure = taken;
    });
  }

  /** Back to the first step; what is not connected yet is given up. */
  reset(): void {
    this.#turn++;
    const end = this.#end;
    this.#end = null;
    this.#offer = null;
    if (this.#step !== 'connected') end?.close();
    this.#step = 'choosing';
    this.#code = '';
    this.#failure = null;
  }

  async #accept(text: string): Promise<ConcordError | null> {
    const offer = this.#offer;
    if (!offer) return null;
    const accepted = await offer.accept(text);
    if (!accepted.ok) return accepted.error;
    await offer.connected;
    return null;
  }

  async #answer(text: string): Promise<ConcordError | null> {
    const turn = this.#turn;
    const answered = await this.#meeting.answer(text);
    if (!answered.ok) return answered.error;
    if (turn === this.#turn) {
      this.#step = 'answering';
      this.#show(answered.value);
    } else answered.value.close();
    return null;
  }

  #show(end: PairingEnd): void {
    this.#end = end;
    this.#code = end.code;
    void end.connected.then((outcome) => {
      // The person has begun anew, or closed the dialog.
      if (this.#end !== end) return;
      if (outcome.ok) this.#step = 'connected';
      else {
        this.reset();
        this.#failure = outcome.error;
      }
    });
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    try {
      await work();
    } finally {
      this.#isBusy = false;
    }
  }
}
