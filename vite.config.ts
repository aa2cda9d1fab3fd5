import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [sveltekit()],
  // Rolldown's account of slow plugins is of no use here.
  build: { rolldownOptions: { checks: { bundlerTimings: false } } },
  worker: { format: 'es' },
  server: { fs: { allow: ['workers'] } },
});
