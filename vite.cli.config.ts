import { defineConfig } from 'vite';

/** The command line: one program for Node that needs no packages beside it. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'build-cli',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      output: { entryFileNames: 'concord.js', chunkFileNames: '[name].js' },
      checks: { bundlerTimings: false },
    },
  },
});
