import { cp, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { contentSecurityPolicy } from '../../../tools/content-security-policy';

const TEXT = /\.(?:js|css|html|json)$/;
/** What the first page of the next version says, instead of what it says now. */
export const WORDS = { before: 'Label images and texts in your browser.', after: 'Label in your browser.' };

/**
 * A later version of the built app: every hashed file has another name, one sentence is another one, and nothing of the
 * version before is left. The folder that holds it.
 */
export async function nextBuild(build = 'build'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-next-'));
  await cp(build, folder, { recursive: true });
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hashed = files.filter((file) => file.includes('/immutable/')).map((file) => basename(file));
  const { version } = JSON.parse(await readFile(join(folder, '_app/version.json'), 'utf8')) as { version: string };
  const changes: [string, string][] = [
    [WORDS.before, WORDS.after],
    [version, nextVersion(version)],
    ...hashed.map((name): [string, string] => [name, nextName(name)]),
  ];
  for (const file of files.filter((file) => TEXT.test(file))) {
    const text = await readFile(file, 'utf8');
    await writeFile(file, withPolicy(changes.reduce((changed, [from, to]) => changed.replaceAll(from, to), text)));
  }
  for (const file of files) if (file.includes('/immutable/')) await rename(file, nextName(file));
  return folder;
}

const nextVersion = (version: string) => [...version].reverse().join('');

const nextName = (path: string) => path.replace(/\.(\w+)$/, '.next.$1');

/** The page's inline script names files, so its hash is another one. */
function withPolicy(text: string): string {
  const stated = /(http-equiv="content-security-policy" content=")([^"]*)"/.exec(text);
  if (!stated) return text;
  const scripts = /script-src[^;]*/.exec(contentSecurityPolicy(text, []))![0];
  return text.replace(stated[2]!, stated[2]!.replace(/script-src [^;]*/, scripts));
}
