import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { portableAdapter } from './tools/portable-adapter.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    // The hash router works under any sub-path of any static host, and what stands behind # is never sent to one.
    router: { type: 'hash' },
    adapter: portableAdapter(),
    paths: { relative: true },
    typescript: {
      // Tests and tools run in Node: tsconfig.tools.json checks them, with Node's types, which the app must not see.
      config(config) {
        const include = /** @type {string[]} */ (config.include);
        config.include = include.filter((path) => !/^\.\.\/(tests?\/|vite\.config)/.test(path));
      },
    },
  },
};
