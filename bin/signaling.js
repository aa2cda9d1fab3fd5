import { WebSocket, WebSocketServer } from 'ws';

/** What one server carries, and for one connection. A meeting takes some kilobytes when somebody comes, and next to nothing then. */
export const LIMITS = {
  /** Bytes of one message; an offer takes a few thousand. */
  message: 64 * 1024,
  /** Messages of one connection: so many at once, and then so many a second. */
  burst: 400,
  rate: 40,
  /** Topics that one connection listens to, and characters of a topic. */
  topics: 16,
  topic: 128,
  /** Connections in all, and from one address; those that come from this machine itself, as through a proxy, share the first. */
  connections: 2_000,
  perAddress: 64,
  /** Bytes that wait to be sent to somebody who does not take them. */
  backlog: 1024 * 1024,
};

/** Milliseconds between looks at whether the other side is still there; who has not answered by the next one is gone. */
const LOOK_EVERY = 30_000;

/** Close codes: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const POLICY = 1008;

/**
 * The meeting point of browsers: passes on what is published on a topic to whoever subscribed to it, in the protocol of y-webrtc
 * (`subscribe`, `unsubscribe`, `publish`, `ping`). It keeps nothing and can read nothing: peers encrypt what they say, and a topic is
 * 256 bits that only they know.
 *
 * Pages of this server's own origin are served, what is no page (no `Origin`), and pages of the origins that are named: what a
 * stranger's page could do here is only to take up room.
 *
 * @param {{ origins?: readonly string[], limits?: Partial<typeof LIMITS> }} [options] `origins`: as in `https://label.example.org`; `*`
 *   for all
 * @returns {{ upgrade: (request: import('node:http').IncomingMessage, socket: import('node:stream').Duplex, head: Buffer) => void, close: () => void }}
 */
export function signaling({ origins = [], limits = {} } = {}) {
  const { message, burst, rate, topics: mostTopics, topic: longest, ...most } = { ...LIMITS, ...limits };
  const server = new WebSocketServer({ noServer: true, maxPayload: message, perMessageDeflate: false });
  /** @type {Map<string, Set<WebSocket>>} */
  const listeners = new Map();
  /** @type {Map<string, number>} */
  const addresses = new Map();

  /** @param {WebSocket} socket @param {string} text */
  const send = (socket, text) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    // Whoever does not read would have the server keep it for them.
    if (socket.bufferedAmount > most.backlog) socket.terminate();
    else socket.send(text);
  };

  /** @param {WebSocket} socket @param {Set<string>} mine @param {unknown} topic */
  const subscribe = (socket, mine, topic) => {
    if (typeof topic !== 'string' || topic.length > longest || mine.has(topic)) return;
    if (mine.size >= mostTopics) {
      socket.close(POLICY, 'too many topics');
      return;
    }
    mine.add(topic);
    const there = listeners.get(topic) ?? new Set();
    listeners.set(topic, there.add(socket));
  };

  /** @param {WebSocket} socket @param {Set<string>} mine @param {unknown} topic */
  const unsubscribe = (socket, mine, topic) => {
    if (typeof topic !== 'string' || !mine.delete(topic)) return;
    const there = listeners.get(topic);
    there?.delete(socket);
    if (there?.size === 0) listeners.delete(topic);
  };

  /** @param {WebSocket} socket @param {string} address */
  const serve = (socket, address) => {
    /** @type {Set<string>} */
    const mine = new Set();
    const spend = allowance(burst, rate);
    let isThere = true;
    const look = setInterval(() => {
      if (!isThere) socket.terminate();
      isThere = false;
      socket.ping();
    }, LOOK_EVERY);
    socket.on('pong', () => (isThere = true));
    // A message that is too long, or no text: `ws` closes the connection by itself.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(look);
      for (const topic of mine) unsubscribe(socket, mine, topic);
      count(addresses, address, -1);
    });
    socket.on('message', (data, isBinary) => {
      // It may have said more before it heard that it is cut off.
      if (socket.readyState !== WebSocket.OPEN) return;
      isThere = true;
      const text = !isBinary && Buffer.isBuffer(data) ? data.toString() : '';
      const said = parsed(text);
      if (!spend()) socket.close(POLICY, 'too many messages');
      else if (said === null) socket.close(POLICY, 'not understood');
      else if (said.type === 'ping') send(socket, '{"type":"pong"}');
      else if (said.type === 'publish' && typeof said.topic === 'string') {
        for (const there of listeners.get(said.topic) ?? []) if (there !== socket) send(there, text);
      } else if (Array.isArray(said.topics)) {
        const change = said.type === 'subscribe' ? subscribe : said.type === 'unsubscribe' ? unsubscribe : null;
        for (const topic of said.topics) change?.(socket, mine, topic);
      }
    });
  };

  return {
    upgrade: (request, socket, head) => {
      const address = groupOf(request.socket.remoteAddress ?? '');
      const isOurs = isWelcome(request, origins);
      const isFull =
        server.clients.size >= most.connections ||
        (address !== LOCAL && (addresses.get(address) ?? 0) >= most.perAddress);
      if (!isOurs || isFull) {
        const status = isOurs ? '503 Service Unavailable' : '403 Forbidden';
        socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, (accepted) => {
        count(addresses, address, 1);
        serve(accepted, address);
      });
    },
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** Whether a request's path is that of the meeting point, at the root or below the path that a proxy left in front. @param {string} url */
export const isSignaling = (url) => /^\/(?:[^?]*\/)?signal(?:\?|$)/.test(url);

const LOCAL = 'local';

/**
 * Whom a limit per address counts together: a network of IPv6, because one device has as many addresses there as it likes.
 *
 * @param {string} address
 */
function groupOf(address) {
  const v4 = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (v4 === '::1' || v4.startsWith('127.')) return LOCAL;
  return v4.includes(':') ? v4.split(':').slice(0, 4).join(':') : v4;
}

/** @param {import('node:http').IncomingMessage} request @param {readonly string[]} origins */
function isWelcome({ headers: { origin, host } }, origins) {
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** @param {string} text @returns {{ type?: unknown, topic?: unknown, topics?: unknown } | null} */
function parsed(text) {
  try {
    const said = JSON.parse(text);
    return typeof said === 'object' ? said : null;
  } catch {
    return null;
  }
}

/** A bucket of tokens: `burst` at first, `rate` more each second. @param {number} burst @param {number} rate */
function allowance(burst, rate) {
  let left = burst;
  let at = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(burst, left + ((now - at) * rate) / 1_000);
    at = now;
    left -= 1;
    return left >= 0;
  };
}

/** @param {Map<string, number>} counts @param {string} key @param {number} change */
function count(counts, key, change) {
  const next = (counts.get(key) ?? 0) + change;
  if (next > 0) counts.set(key, next);
  else counts.delete(key);
}
