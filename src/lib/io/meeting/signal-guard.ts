import { createDecoder, readAny, readVarString, readVarUint8Array } from 'lib0/decoding';
import { fromBase64 } from 'lib0/buffer';
import { isMessage, type Message } from './signals';
import type { Signaling } from './y-webrtc-surface';

/** Characters; an offer with all its candidates takes a few thousand. */
const MAX_MESSAGE = 64 << 10;
/** Messages that wait to be read; a server that sends more at once is not listened to. */
const MAX_WAITING = 1_000;

/**
 * Stands between a signaling server and y-webrtc, which takes what it hears at its word and throws where it cannot read it.
 * What gets through, in the order in which it came: answers to pings, and messages that are encrypted with the room's key, say what
 * y-webrtc expects, and are heeded.
 */
export function guard(
  signaling: Signaling,
  key: PromiseLike<CryptoKey | null>,
  heeds: (message: Message) => boolean,
): void {
  let guarded: WebSocket | null = null;
  // y-webrtc has set up the socket by then, and the server has not said anything.
  signaling.on('connect', () => {
    const { ws } = signaling;
    if (!ws || ws === guarded) return;
    guarded = ws;
    const hear = ws.onmessage;
    let last = Promise.resolve();
    let waiting = 0;
    ws.onmessage = (event: MessageEvent<unknown>) => {
      if (waiting >= MAX_WAITING) return;
      waiting++;
      last = last.then(async () => {
        const heard = await read(event.data, key);
        waiting--;
        if (heard === 'pong' || (heard && heeds(heard))) hear?.call(ws, event);
      });
    };
  });
}

/** null: it is damaged, encrypted with another key, or of another protocol. */
async function read(data: unknown, key: PromiseLike<CryptoKey | null>): Promise<Message | 'pong' | null> {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE) return null;
  try {
    const envelope = JSON.parse(data) as { type?: unknown; data?: unknown } | null;
    if (envelope?.type === 'pong') return 'pong';
    if (envelope?.type !== 'publish' || typeof envelope.data !== 'string') return null;
    const message = await decrypted(fromBase64(envelope.data), await key);
    return isMessage(message) ? message : null;
  } catch {
    return null;
  }
}

/** As y-webrtc does it. @throws where the key is another */
async function decrypted(bytes: Uint8Array, key: CryptoKey | null): Promise<unknown> {
  const decoder = createDecoder(bytes);
  if (key === null || readVarString(decoder) !== 'AES-GCM') return null;
  const iv = readVarUint8Array(decoder) as Uint8Array<ArrayBuffer>;
  const sealed = readVarUint8Array(decoder) as Uint8Array<ArrayBuffer>;
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed);
  return readAny(createDecoder(new Uint8Array(plain)));
}
