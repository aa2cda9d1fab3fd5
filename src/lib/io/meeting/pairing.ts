import { fault } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import type { IceServer } from '#core/model/project';
import { equalBytes } from '#core/log/commit';
import { pairingCode, readPairingCode, type PairingStep } from '#core/peers/pairing-code';
import { readDescription, writeDescription, type Session } from '#core/peers/session-description';
import { err, ok, type Result } from '#core/result';
import { whenConnected } from './fingerprints';
import type { HandOver } from './hand-over';
import { usableIce } from './ice';
import type { ConnectionListener } from './meeting';
import { openChannels } from './peer-channels';

/** Two devices that meet with no server: what they would signal, people carry from one to the other as codes. */
export interface PairingEntry {
  readonly project: ProjectId;
  readonly ice: readonly IceServer[];
  readonly handOver: HandOver;
}

/** One end of a pairing, from its code on. */
export interface Pairing {
  /** Of the connection. */
  readonly id: string;
  /** To be read by the other device. */
  readonly code: string;
  /** Settles once the two are connected, or it is over (`pairing.failed`); not while the other device may still answer. */
  readonly connected: Promise<Result<null>>;
  /** Ends the connection, at whatever point it is. */
  close(): void;
}

export interface Offer extends Pairing {
  /**
   * Takes the other device's answer.
   *
   * @returns `pairing.…`, after which another answer may be tried
   */
  accept(answer: string): Promise<Result<null>>;
}

/** Milliseconds for finding own addresses; a STUN server that does not answer would make it half a minute. */
const GATHER_WITHIN = 4_000;
/** Milliseconds for connecting once both codes are known. People on the answering side carry theirs over first. */
const CONNECT_WITHIN = 20_000;
/** Stream of a channel that carries nothing: it ends when the other side does. */
const LIFE_STREAM = 12;

/** Makes the first code. */
export async function offerPairing(entry: PairingEntry, listener: ConnectionListener): Promise<Offer> {
  const half = new Half(entry, listener);
  const attempt = crypto.getRandomValues(new Uint8Array(8));
  await half.connection.setLocalDescription();
  const session = await half.described();
  return {
    ...half.pairing(pairingCode(entry.project, { step: 'offer', attempt, session })),
    accept: async (text) => {
      const answer = readPairingCode(text, entry.project, 'answer');
      if (!answer.ok) return answer;
      if (!equalBytes(answer.value.attempt, attempt)) return err(fault('pairing.stale', ''));
      const taken = await half.hear('answer', answer.value.session);
      if (taken.ok) half.expect();
      return taken;
    },
  };
}

/**
 * Makes the answer to another device's first code.
 *
 * @returns `pairing.…` where the code is none, or another project's
 */
export async function answerPairing(
  entry: PairingEntry,
  offer: string,
  listener: ConnectionListener,
): Promise<Result<Pairing>> {
  const read = readPairingCode(offer, entry.project, 'offer');
  if (!read.ok) return read;
  const { attempt, session } = read.value;
  const half = new Half(entry, listener);
  const heard = await half.hear('offer', session);
  if (!heard.ok) {
    half.close();
    return heard;
  }
  await half.connection.setLocalDescription();
  const described = await half.described();
  return ok(half.pairing(pairingCode(entry.project, { step: 'answer', attempt, session: described })));
}

/** The connection, and what the listener hears of it. */
class Half {
  readonly connection: RTCPeerConnection;
  readonly #connected: Promise<Result<null>>;
  readonly #id = `pairing/${crypto.randomUUID()}`;
  readonly #listener: ConnectionListener;
  #settle: (outcome: Result<null>) => void = () => undefined;
  #isGone = false;

  constructor({ ice, handOver }: PairingEntry, listener: ConnectionListener) {
    this.#listener = listener;
    const connection = new RTCPeerConnection({ iceServers: usableIce(ice) });
    this.connection = connection;
    this.#connected = new Promise((resolve) => (this.#settle = resolve));
    const life = connection.createDataChannel('life', { negotiated: true, id: LIFE_STREAM });
    life.onclose = () => this.close();
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'failed') this.close();
    });
    whenConnected(connection, (fingerprints) => {
      listener.connected(this.#id, fingerprints);
      this.#settle(ok(null));
    });
    listener.made(openChannels(connection, this.#id, handOver));
  }

  pairing(code: string): Pairing {
    return { id: this.#id, code, connected: this.#connected, close: () => this.close() };
  }

  /** Takes the other side's description in. */
  async hear(step: PairingStep, session: Session): Promise<Result<null>> {
    try {
      await this.connection.setRemoteDescription({ type: step, sdp: writeDescription(session) });
      return ok(null);
    } catch {
      // A second answer, or one that was made up.
      return err(fault('pairing.stale', ''));
    }
  }

  /** The own description, once it holds every address that could be found in time. */
  async described(): Promise<Session> {
    const { connection } = this;
    await new Promise<void>((resolve) => {
      const look = () => connection.iceGatheringState === 'complete' && resolve();
      connection.addEventListener('icegatheringstatechange', look);
      setTimeout(resolve, GATHER_WITHIN);
      look();
    });
    const session = readDescription(connection.localDescription?.sdp ?? '');
    if (!session) throw new Error('this browser describes connections in a way that is not known');
    return session;
  }

  /** From now on it must come about soon. */
  expect(): void {
    setTimeout(() => {
      if (this.connection.connectionState !== 'connected') this.close();
    }, CONNECT_WITHIN);
  }

  close(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.connection.close();
    this.#listener.gone(this.#id);
    this.#settle(err(fault('pairing.failed', '')));
  }
}
