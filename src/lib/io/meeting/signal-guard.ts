import { createDecoder, readAny, readVarString, readVarUint8Array } from 'lib0/decoding';
import { fromBase64 } from 'lib0/buffer';
import { isMessage } from './signals';
import type { Signaling } from './y-webrtc-surface';

/** Characters; an offer with all its candidates takes a few thousand. */
const MAX_MESSAGE = 64 << 10;
/** Messages that wait to be read; a server that sends more at once is not listened to. */
const MAX_WAITING = 1_000;

/**
 * Stands between a signaling server and y-webrtc, which takes what it hears at its word and throws where it cannot read it:
 * only answers to its pings and messages that are encrypted with the room's key and say what y-webrtc expects get through, in the
 * order in which they came.
 */
export function guard(signaling: Signaling, key: PromiseLike<CryptoKey | null>): void {
  // y-webrtc has set up the socket by then, and the server has not said anything.
  signaling.on('connect', () => {
    const { ws } = signaling;
    if (!ws || guarded.has(ws)) return;
    guarded.add(ws);
    const hear = ws.onmessage;
    let last = Promise.resolve();
    let waiting = 0;
    ws.onmessage = (event: MessageEvent<unknown>) => {
      if (waiting >= MAX_WAITING) return;
      waiting++;
      last = last.then(async () => {
        if (await isSound(event.data, key)) hear?.call(ws, event);
        waiting--;
      });
    };
  });
}

const guarded = new WeakSet<WebSocket>();

async function isSound(data: unknown, key: PromiseLike<CryptoKey | null>): Promise<boolean> {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE) return false;
  try {
    const message = JSON.parse(data) as { type?: unknown; data?: unknown } | null;
    if (message?.type === 'pong') return true;
    if (message?.type !== 'publish' || typeof message.data !== 'string') return false;
    return isMessage(await decrypted(fromBase64(message.data), await key));
  } catch {
    // Damaged, or encrypted with another key.
    return false;
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
