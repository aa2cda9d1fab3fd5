import { once } from 'node:events';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import { isSignaling, signaling } from './signaling.js';
import { staticFiles } from './static-files.js';

// Browsers give cryptography, locks and workers to localhost without a certificate; other machines cannot reach it.
const HOST = '127.0.0.1';
const ATTEMPTS = 100;

/**
 * Serves a folder, and the meeting point of its pages at `/signal`, at `port` or the next free one above it; 0 lets the system
 * choose. By itself it can be reached from this machine alone.
 *
 * @param {object} options
 * @param {string} options.folder
 * @param {number} options.port
 * @param {string} [options.host] address to listen at
 * @param {{ cert: string, key: string }} [options.tls] PEM; with it the server speaks https
 * @param {readonly string[]} [options.origins] whose pages may meet here too, beside its own
 * @returns {Promise<{ url: string, port: number, stop: () => void }>} `stop` ends open connections too; rejects when no port can be
 *   had, or the certificate cannot be used
 */
export async function startServer({ folder, port, host = HOST, tls, origins = [] }) {
  const answer = staticFiles(folder, { '/meeting.json': () => meetingPoints(folder) });
  const meeting = signaling({ origins });
  /** @type {import('node:http').RequestListener} */
  const listener = (request, response) => {
    answer(request, response).catch((/** @type {unknown} */ error) => response.destroy(/** @type {Error} */ (error)));
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (isSignaling(request.url ?? '')) meeting.upgrade(request, socket, head);
    else socket.destroy();
  });
  for (let attempt = 0; ; attempt++) {
    try {
      server.listen(port + attempt, host);
      await once(server, 'listening');
      break;
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EADDRINUSE' || attempt === ATTEMPTS) throw error;
    }
  }
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${address.port}/`,
    port: address.port,
    stop: () => {
      meeting.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * What the app asks its host: at which signaling servers its visitors meet. Here, and where the build says.
 *
 * @param {string} folder
 */
async function meetingPoints(folder) {
  const built = await readFile(join(folder, 'meeting.json'), 'utf8').catch(() => '{}');
  const { signaling: others = [] } = /** @type {{ signaling?: string[] }} */ (JSON.parse(built));
  return JSON.stringify({ signaling: ['./signal', ...others] });
}
