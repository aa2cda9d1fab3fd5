import adapter from '@sveltejs/adapter-static';
import { readFile, writeFile } from 'node:fs/promises';
import { contentSecurityPolicy } from './content-security-policy.js';
import { pageScripts, pageStyles } from './page-scripts.js';

const FOLDER = 'build';

/**
 * The page, fetching the first page's own scripts and styles together with those of all pages instead of after them:
 * behind the hash router SvelteKit cannot know which page is asked for. They are a few kilobytes to whoever opens another.
 *
 * @param {string} page
 */
async function preloadingFirstPage(page) {
  const scripts = (await pageScripts('/')).map((file) => `<link href="${addressOf(file)}" rel="modulepreload">`);
  const styles = (await pageStyles('/')).map((file) => `<link href="${addressOf(file)}" rel="stylesheet">`);
  const links = [...scripts, ...styles].filter((link) => !page.includes(link.slice(0, link.indexOf(' rel'))));
  return page.replace('</head>', `${links.join('')}</head>`);
}

/** @param {string} file in the build */
const addressOf = (file) => `./${file.slice(file.indexOf('_app/'))}`;

/**
 * The page with its policy, which stands before everything that it judges.
 *
 * @param {string} page
 */
async function withPolicy(page) {
  // SvelteKit announces each page to screen readers in an element that it hides by a style attribute.
  const root = await readFile('.svelte-kit/generated/root.svelte', 'utf8');
  const styles = Array.from(root.matchAll(/ style="([^"]*)"/g), ([, style = '']) => style);
  const policy = `<meta http-equiv="content-security-policy" content="${contentSecurityPolicy(page, styles)}" />`;
  const guarded = page.replace('<meta charset="utf-8" />', `$&${policy}`);
  if (guarded === page) throw new Error('The page does not begin by naming its encoding');
  return guarded;
}

/** Signaling servers that this build names to all its visitors, beside those that its host brings. */
async function nameSignaling() {
  const named = (process.env.CONCORD_SIGNALING ?? '').split(/[\s,]+/).filter((address) => address !== '');
  const unknown = named.find((address) => !/^wss?:\/\//.test(address));
  if (unknown !== undefined) throw new Error(`CONCORD_SIGNALING names ${unknown}, which does not begin with wss://`);
  if (named.length > 0) await writeFile(`${FOLDER}/meeting.json`, `${JSON.stringify({ signaling: named })}\n`);
}

/**
 * adapter-static, with a page that works under any path of a host. With the hash router SvelteKit writes its scripts'
 * addresses from the host's root, whatever `paths.relative` says; the page is always at its folder's root, so here
 * they become relative to it.
 *
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function portableAdapter() {
  const inner = adapter({ pages: FOLDER, assets: FOLDER });
  return {
    ...inner,
    async adapt(builder) {
      await inner.adapt(builder);
      const file = `${FOLDER}/index.html`;
      const page = await readFile(file, 'utf8');
      const portable = page.replaceAll(/(["'])\/(?=_app\/|service-worker\.js)/g, '$1./');
      if (portable === page) throw new Error('SvelteKit writes addresses in another way than before');
      await writeFile(file, await withPolicy(await preloadingFirstPage(portable)));
      await nameSignaling();
    },
  };
}
