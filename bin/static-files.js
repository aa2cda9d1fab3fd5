import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Threads need this isolation; images of other hosts load all the same. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'credentialless',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Answers GET and HEAD with the files below `folder`; `/` and other folders with their `index.html`. Files under
 * `/_app/immutable/` carry a hash in their names and are cached for good, all others are asked for again by ETag.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, () => Promise<string>>>} [made] JSON that is made for each request, by its path
 * @returns {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>}
 */
export function staticFiles(folder, made = {}) {
  const root = resolve(folder);
  const policy = policyOf(join(root, 'index.html'));

  return async (request, response) => {
    /** @type {(status: number, text: string) => void} */
    const refuse = (status, text) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      refuse(405, 'Only GET and HEAD are answered here.');
      return;
    }
    const path = pathOf(request.url ?? '/');
    if (path === null) {
      refuse(400, 'This is not a path.');
      return;
    }
    const json = await made[path]?.();
    if (json !== undefined) {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : json);
      return;
    }
    const file = await find(root, path);
    if (file === null) {
      refuse(404, 'There is nothing here.');
      return;
    }
    const etag = `"${file.size.toString(16)}-${Math.trunc(file.mtimeMs).toString(16)}"`;
    response.setHeader(
      'cache-control',
      path.startsWith('/_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    response.setHeader('etag', etag);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeaders(new Map(Object.entries(ISOLATION)));
    response.setHeader('content-security-policy', await policy());
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
      'content-length': file.size,
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    // When reading fails or the browser leaves, pipeline has closed both ends: nothing is left to do.
    pipeline(createReadStream(file.path), response, () => undefined);
  };
}

/**
 * What the app's page says that it may load and run, for workers too, and that no other site may frame it, which a page
 * cannot say itself.
 *
 * @param {string} page path of the file
 */
function policyOf(page) {
  let read = { policy: '', mtimeMs: NaN };
  return async () => {
    const mtimeMs = (await stat(page).catch(() => null))?.mtimeMs ?? 0;
    if (mtimeMs !== read.mtimeMs) {
      const html = await readFile(page, 'utf8').catch(() => '');
      const stated = /http-equiv="content-security-policy" content="([^"]*)"/.exec(html)?.[1];
      read = { policy: [...(stated === undefined ? [] : [stated]), "frame-ancestors 'none'"].join('; '), mtimeMs };
    }
    return read.policy;
  };
}

/**
 * @param {string} url of a request, beginning with `/`
 * @returns {string | null} its decoded path, or null when it is malformed
 */
function pathOf(url) {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
    return path.startsWith('/') && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} root
 * @param {string} path
 */
async function find(root, path) {
  const wanted = resolve(join(root, path));
  if (wanted !== root && !wanted.startsWith(root + sep)) return null;
  for (const candidate of [wanted, join(wanted, 'index.html')]) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return { path: candidate, size: found.size, mtimeMs: found.mtimeMs };
  }
  return null;
}
