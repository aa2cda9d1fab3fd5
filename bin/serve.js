#!/usr/bin/env node
// Serves the built app and its meeting point: node bin/serve.js [--port N] [--host ADDRESS [--cert FILE --key FILE]] [--origin URL]…
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { selfSigned } from './self-signed.js';
import { startServer } from './server.js';

const USAGE = `usage: node bin/serve.js [--port N] [--host ADDRESS [--cert FILE --key FILE]] [--origin URL]

  --port N         where to begin to look for a free port, 0 to 65535; 4173 where nothing is said
  --host ADDRESS   can be reached from other devices there; 0.0.0.0: at every address of this machine
  --cert, --key    PEM files of a certificate that those devices trust; without them one is made that they do not
  --origin URL     pages of this origin, served elsewhere, may meet here too; can be repeated; * for all`;

const UNTRUSTED = `This certificate was made just now, and no device trusts it. On the other devices:
  - the browser warns; "Advanced", then going on to the address, opens the app all the same;
  - the app cannot be installed, and does not open without this server, since browsers refuse service workers here;
  - Safari may refuse to meet others through this server: use a pairing code (People), or a trusted certificate.
For all of it give a certificate that the devices trust: --cert FILE --key FILE (docs/DEPLOY.md says how to get one).`;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

const options = readOptions();
const folder = fileURLToPath(new URL('../build', import.meta.url));

if (options === null) {
  console.error(`concord: ${USAGE}`);
  process.exitCode = 2;
} else if (!existsSync(`${folder}/index.html`)) {
  console.error('concord: the app is not built yet; `npm start` builds and serves it');
  process.exitCode = 1;
} else {
  await serve(options).catch((/** @type {unknown} */ error) => {
    console.error(`concord: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
}

/** @param {NonNullable<ReturnType<typeof readOptions>>} options */
async function serve({ port, host, files, origins }) {
  const isOpen = !LOOPBACK.has(host);
  const addresses = isOpen ? addressesAt(host) : [host];
  const given = files && { cert: await readFile(files.cert, 'utf8'), key: await readFile(files.key, 'utf8') };
  const tls = given ?? (isOpen ? await selfSigned(addresses) : undefined);
  const started = await startServer({ folder, port, host, origins, ...(tls && { tls }) });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, started.stop);

  const urls = addresses.map((address) => {
    const name = isIPv6(address) ? `[${address}]` : address;
    return `${tls ? 'https' : 'http'}://${name}:${started.port}/`;
  });
  console.log(`Concord is at ${urls.join('\n           or ')}`);
  if (tls && !given) console.log(`\n${UNTRUSTED}`);
}

/**
 * Where other devices find this one.
 *
 * @param {string} host address to listen at
 */
function addressesAt(host) {
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const found = Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    // Addresses of one link alone need the name of an interface, which browsers do not take.
    .filter(
      ({ internal, address, family }) => !internal && !/^fe80:/i.test(address) && (host === '::' || family === 'IPv4'),
    )
    .map(({ address }) => address);
  return found.length > 0 ? found : ['127.0.0.1'];
}

/** null when the command line cannot be understood. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4173' },
        host: { type: 'string', default: '127.0.0.1' },
        cert: { type: 'string' },
        key: { type: 'string' },
        origin: { type: 'string', multiple: true, default: [] },
      },
    });
    const { host, cert, key } = values;
    const port = /^\d+$/.test(values.port) ? Number(values.port) : NaN;
    const origins = values.origin.map((origin) => (origin === '*' ? origin : new URL(origin).origin));
    if (!(port <= 65_535) || host === '' || (cert === undefined) !== (key === undefined)) return null;
    return { port, host, origins, files: cert === undefined || key === undefined ? null : { cert, key } };
  } catch {
    return null;
  }
}
