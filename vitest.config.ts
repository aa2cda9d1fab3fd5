import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const folders = 'tests/{unit,property,contract}/**';

export default defineConfig({
  plugins: [svelte()],
  // Svelte's browser build, which the app runs; Node by itself would load the one for servers, without effects.
  resolve: { conditions: ['browser'] },
  test: {
    // Left to itself, it would leave one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Machines are busy at times; what hangs is found nevertheless.
    testTimeout: 20_000,
    setupFiles: ['./tests/support/silence.ts'],
    server: { deps: { inline: ['svelte'] } },
    projects: [
      {
        extends: true,
        test: { name: 'node', include: [`${folders}/*.test.ts`], exclude: [`${folders}/*.svelte.test.ts`] },
      },
      {
        // Tests of state that lives by effects.
        extends: true,
        test: {
          name: 'page',
          include: [`${folders}/*.svelte.test.ts`],
          environment: './tests/support/page-environment.ts',
        },
      },
    ],
  },
});
