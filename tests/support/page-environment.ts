import type { Environment } from 'vitest/runtime';

/** Node, for which Vite compiles runes as it does for the page, so that `$effect` and `$derived` are alive. */
export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({
    teardown() {
      // Nothing was set up.
    },
  }),
} satisfies Environment;
