import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../bin/server.js';

let parent: string;
let served: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'concord-'));
  const folder = join(parent, 'build');
  await mkdir(join(folder, '_app', 'immutable'), { recursive: true });
  await mkdir(join(parent, 'build-secret'));
  await writeFile(join(parent, 'secret.txt'), 'secret');
  await writeFile(join(parent, 'build-secret', 'a.txt'), 'secret');
  await writeFile(join(folder, 'index.html'), '<p>Concord</p>');
  await writeFile(join(folder, '_app', 'immutable', 'a.wasm'), 'wasm');
  await writeFile(join(folder, 'app.webmanifest'), '{}');
  await writeFile(join(folder, 'ä b.js'), '1');
  served = await startServer({ folder, port: 0 });
});

afterAll(async () => {
  served.stop();
  await rm(parent, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends the path as it is: fetch would tidy it first. */
function ask(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: new URL(served.url).port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  ['/', 'text/html; charset=utf-8', 'no-cache', '<p>Concord</p>'],
  ['/?a=/../b', 'text/html; charset=utf-8', 'no-cache', '<p>Concord</p>'],
  ['/app.webmanifest', 'application/manifest+json', 'no-cache', '{}'],
  ['/%C3%A4%20b.js', 'text/javascript; charset=utf-8', 'no-cache', '1'],
  ['/_app/immutable/a.wasm', 'application/wasm', 'public, max-age=31536000, immutable', 'wasm'],
])('%s is served as %s', async (path, type, caching, body) => {
  const answer = await ask(path);
  expect([answer.status, answer.headers['content-type'], answer.headers['cache-control'], answer.body]).toEqual([
    200,
    type,
    caching,
    body,
  ]);
});

test.each([
  ['/../secret.txt', 404],
  ['/..%2fsecret.txt', 404],
  ['/_app/%2e%2e/%2e%2e/secret.txt', 404],
  ['/../build-secret/a.txt', 404],
  ['/_app', 404],
  ['/nowhere', 404],
  ['/%', 400],
  ['/index.html%00.txt', 400],
])('%s is refused with %d', async (path, status) => {
  const answer = await ask(path);
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain('secret');
});

test('what is unchanged is not sent again, and nothing can be written', async () => {
  const { headers } = await ask('/app.webmanifest');
  expect(await ask('/app.webmanifest', 'GET', { 'if-none-match': String(headers.etag) })).toMatchObject({
    status: 304,
    body: '',
  });
  expect(await ask('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect((await ask('/', 'POST')).status).toBe(405);
});

test('a taken port leads to the next free one', async () => {
  const taken = Number(new URL(served.url).port);
  const next = await startServer({ folder: parent, port: taken });
  next.stop();
  expect(Number(new URL(next.url).port)).toBeGreaterThan(taken);
});
