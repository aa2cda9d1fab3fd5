#!/usr/bin/env node
// Serves the built app: node bin/serve.js [--port N]
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startServer } from './server.js';

const DEFAULT_PORT = 4173;

const folder = fileURLToPath(new URL('../build', import.meta.url));
const port = readPort();

if (port === null) {
  console.error('concord: usage: node bin/serve.js [--port N], with N from 0 to 65535');
  process.exitCode = 2;
} else if (!existsSync(`${folder}/index.html`)) {
  console.error('concord: the app is not built yet; `npm start` builds and serves it');
  process.exitCode = 1;
} else {
  const { url, server } = await startServer({ folder, port });
  console.log(`Concord is at ${url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

/** @returns {number | null} null when the command line cannot be understood */
function readPort() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string', default: String(DEFAULT_PORT) } } });
    const port = /^\d+$/.test(values.port) ? Number(values.port) : NaN;
    return port <= 65_535 ? port : null;
  } catch {
    return null;
  }
}
