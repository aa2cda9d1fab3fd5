import { once } from 'node:events';
import { createServer } from 'node:http';
import { staticFiles } from './static-files.js';

// Browsers give cryptography, locks and workers to localhost without a certificate; other machines cannot reach it.
const HOST = '127.0.0.1';
const ATTEMPTS = 100;

/**
 * Serves a folder on this machine alone, at `port` or the next free one above it; 0 lets the system choose.
 *
 * @param {{ folder: string, port: number }} options
 * @returns {Promise<{ url: string, server: import('node:http').Server }>} rejects when no port can be had
 */
export async function startServer({ folder, port }) {
  const answer = staticFiles(folder);
  const server = createServer((request, response) => {
    answer(request, response).catch((/** @type {unknown} */ error) => response.destroy(/** @type {Error} */ (error)));
  });
  for (let attempt = 0; ; attempt++) {
    try {
      server.listen(port + attempt, HOST);
      await once(server, 'listening');
      break;
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EADDRINUSE' || attempt === ATTEMPTS) throw error;
    }
  }
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://${HOST}:${address.port}/`, server };
}
