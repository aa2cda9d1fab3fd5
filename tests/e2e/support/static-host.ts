import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** As servers say it that know nothing of this app; what is missing goes out as bytes. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'application/x-javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/**
 * A static host with habits of its own: no headers but a type, an app below a path, `index.html` moved to its folder, a
 * page for what is not there. What it serves can be changed, as a deployment does, and it can go away.
 */
export class StaticHost {
  folder: string;
  /** Paths within the folder that are answered with 404 for now. */
  readonly gone = new Set<string>();
  /** Address of the app, ending in `/`. */
  readonly url: string;
  readonly #server: Server;
  readonly #path: string;

  /** @param path below which the folder is served, as in `/some/place/` */
  static async start(folder: string, path: string): Promise<StaticHost> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new StaticHost(folder, path, server);
  }

  private constructor(folder: string, path: string, server: Server) {
    this.folder = folder;
    this.#path = path;
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(new URL(request.url ?? '/', this.url).pathname).then(({ status, headers, body }) =>
        response.writeHead(status, headers).end(body),
      );
    });
  }

  /** Refuses every connection from now on. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(path: string): Promise<{ status: number; headers: Record<string, string>; body: string | Buffer }> {
    const within = path.startsWith(this.#path) ? path.slice(this.#path.length) : null;
    if (within === 'index.html') return { status: 301, headers: { location: this.#path }, body: '' };
    const file = within === '' ? 'index.html' : within;
    const body =
      file === null || this.gone.has(file) ? null : await readFile(join(this.folder, file)).catch(() => null);
    if (file === null || body === null)
      return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Nothing here</h1>' };
    return { status: 200, headers: { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }, body };
  }
}
