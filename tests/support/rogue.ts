import type { Signer } from '#core/log/commit';
import type { ProjectId } from '#core/model/ids';
import { prove } from '#core/peers/challenge';
import type { Credential } from '#core/peers/invitation';
import { decodeMessage, encodeMessage, MAX_MESSAGE, PROTOCOL, type Message } from '#core/peers/messages';
import { Wire } from '#io/sync/wire';
import type { SimulatedChannel } from './simulated-channels';
import type { SimulatedClock } from './simulated-clock';
import { connectTo, simulatedClock, type SimulatedPeer } from './simulated-peers';

export interface RogueOptions {
  readonly project: ProjectId;
  readonly signer: Signer;
  readonly credential?: Credential | null;
}

/** The other end of a connection to an honest device, in the hands of a test: it shows who it is, and then says what it likes. */
export class Rogue {
  readonly channel: SimulatedChannel;
  readonly heard: Message[] = [];
  readonly #clock: SimulatedClock;
  readonly #wire: Wire;
  readonly #nonce: Uint8Array;
  readonly #binding: Uint8Array;
  isClosed = false;

  constructor(clock: SimulatedClock, victim: SimulatedPeer) {
    const { random } = simulatedClock(clock);
    this.#clock = clock;
    [this.#nonce, this.#binding] = [random(32), random(32)];
    this.channel = connectTo(clock, victim, this.#binding);
    this.#wire = new Wire(this.channel, MAX_MESSAGE, {
      opened: () => undefined,
      message: (bytes) => {
        const read = decodeMessage(bytes);
        if (!read.ok) throw new Error(read.error.message);
        this.heard.push(read.value);
      },
      drained: () => undefined,
      closed: () => (this.isClosed = true),
      violated: (why) => {
        throw new Error(why);
      },
    });
  }

  say(message: Message): void {
    this.sayBytes(encodeMessage(message));
  }

  sayBytes(bytes: Uint8Array): void {
    this.#wire.send(bytes);
  }

  /** What was heard of one type. */
  of<T extends Message['type']>(type: T): Extract<Message, { type: T }>[] {
    return this.heard.filter((message): message is Extract<Message, { type: T }> => message.type === type);
  }

  /** Shows who it is; once this settles it is admitted or refused. */
  async introduce({ project, signer, credential = null }: RogueOptions): Promise<void> {
    this.say({ type: 'hello', version: PROTOCOL, nonce: this.#nonce });
    await this.#clock.until(() => this.of('hello').length > 0, 1000);
    const challenge = { project, binding: this.#binding, mine: this.#nonce, theirs: this.of('hello')[0]!.nonce };
    this.say({ type: 'proof', author: signer.author, credential, signature: await prove(challenge, signer) });
    this.say({ type: 'welcome' });
    await this.#clock.run(200);
  }

  /** As {@link introduce}, and claims to have nothing. */
  async join(options: RogueOptions): Promise<void> {
    await this.introduce(options);
    this.say({ type: 'heads', round: 0, heads: [] });
    await this.#clock.run(200);
  }
}
