import type { Verify } from '#core/log/commit';
import type { AuthorId } from '#core/model/ids';
import { isProven, NONCE_BYTES, prove } from '#core/peers/challenge';
import type { Credential } from '#core/peers/invitation';
import { PROTOCOL, type Message } from '#core/peers/messages';
import type { Replica } from './replica';

/** What came of what the other side said: nothing yet, who it is, or why it is given up. */
export type Answer =
  | { readonly kind: 'more' }
  | { readonly kind: 'proven'; readonly author: AuthorId; readonly credential: Credential | null }
  | { readonly kind: 'failed'; readonly why: 'garbage' | 'version' | 'unproven' };

type Hello = Extract<Message, { type: 'hello' }>;
type Proof = Extract<Message, { type: 'proof' }>;

/** One side of the mutual challenge that a connection begins with: see `core/peers/challenge.ts`. */
export class Handshake {
  readonly #replica: Replica;
  readonly #verify: Verify;
  readonly #send: (message: Message) => void;
  readonly #nonce: Uint8Array;
  #binding: Uint8Array | null = null;
  #hello: Hello | null = null;
  #proof: Proof | null = null;
  #hasBegun = false;
  #isProving = false;
  #isJudged = false;

  constructor(
    replica: Replica,
    verify: Verify,
    random: (bytes: number) => Uint8Array,
    send: (message: Message) => void,
  ) {
    this.#replica = replica;
    this.#verify = verify;
    this.#send = send;
    this.#nonce = random(NONCE_BYTES);
  }

  /** The channel opened. */
  begin(): Promise<Answer> {
    this.#hasBegun = true;
    this.#send({ type: 'hello', version: PROTOCOL, nonce: this.#nonce });
    return this.#goOn();
  }

  /** The certificates of both ends are known. */
  bind(binding: Uint8Array): Promise<Answer> {
    this.#binding ??= binding;
    return this.#goOn();
  }

  hear(message: Hello | Proof): Promise<Answer> | Answer {
    if (message.type === 'hello') {
      if (this.#hello) return failed('garbage');
      if (message.version !== PROTOCOL) return failed('version');
      this.#hello = message;
    } else {
      if (!this.#hello || this.#proof) return failed('garbage');
      this.#proof = message;
    }
    return this.#goOn();
  }

  async #goOn(): Promise<Answer> {
    if (!this.#hasBegun || !this.#binding || !this.#hello) return { kind: 'more' };
    const { project, signer, credential } = this.#replica;
    const challenge = { project, binding: this.#binding, mine: this.#nonce, theirs: this.#hello.nonce };
    if (!this.#isProving) {
      this.#isProving = true;
      const signature = await prove(challenge, signer);
      this.#send({ type: 'proof', author: signer.author, credential, signature });
    }
    // Whichever call comes to it first judges it.
    const proof = this.#proof;
    if (!proof || this.#isJudged) return { kind: 'more' };
    this.#isJudged = true;
    const { author, credential: shown, signature } = proof;
    if (!(await isProven(challenge, signer.author, author, signature, this.#verify))) return failed('unproven');
    return { kind: 'proven', author, credential: shown };
  }
}

const failed = (why: 'garbage' | 'version' | 'unproven'): Answer => ({ kind: 'failed', why });
