import adapter from '@sveltejs/adapter-static';
import { readFile, writeFile } from 'node:fs/promises';

const FOLDER = 'build';

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
      await writeFile(file, portable);
    },
  };
}
