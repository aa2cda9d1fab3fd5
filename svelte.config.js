import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { portableAdapter } from './tools/portable-adapter.js';
import { sourceVersion } from './tools/sources.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    // The hash router works under any sub-path of any static host, and what stands behind # is never sent to one.
    router: { type: 'hash' },
    adapter: portableAdapter(),
    paths: { relative: true },
    version: { name: sourceVersion() },
    serviceWorker: {
      // state/updates does it, so that a new version does not take over under somebody's hands.
      register: false,
      // What an installer shows is not needed offline, and where to meet is asked anew each time.
      files: (file) => !file.startsWith('screenshots/') && file !== 'meeting.json',
    },
    typescript: {
      // Tests, tools and the command line run in Node: tsconfig.tools.json checks them, with Node's types, which the app must not see.
      config(config) {
        const include = /** @type {string[]} */ (config.include);
        config.include = include.filter((path) => !/^\.\.\/(tests?\/|vite\.config)/.test(path));
        /** @type {string[]} */ (config.exclude).push('../src/cli/**');
      },
    },
  },
};
