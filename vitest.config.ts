import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The plugin compiles the runes of *.svelte.ts; the client build of Svelte is the one that the app runs.
  plugins: [svelte()],
  resolve: { conditions: ['browser'] },
  test: {
    include: ['tests/{unit,property,contract}/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['tests/support/silence.ts'],
    restoreMocks: true,
  },
});
