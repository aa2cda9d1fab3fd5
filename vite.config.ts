import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/**
 * The basic components with their icons, but for those that few pages have, such as the tools of labeling, and the words of core,
 * without what encodes and checks them: that takes libraries.
 */
const BASICS =
  /\/src\/lib\/(?:ui\/(?:shell\/)?(?!QrCode|Windowed|Markdown)[^/]+$|ui\/import\/File|state\/(?!pairing|joining|key-changer|arrival|paced|quality|review|gold|snapshots|labeler|draft|box-|span-|items?-|items\.|row-)|io\/files\/(?:drop|pick)|compute\/|core\/(?:model\/(?!canonical|cbor|chunk|item\.|packed|prediction|schema-edits|schema-merge|schema-shape)|page-errors|result))|@lucide(?!.*\/icons\/(?:copy-|tags|images|eye|zoom-|mouse-|message-|lock|reply|circle-question))|node_modules\/(?:comlink|svelte|esm-env|@sveltejs\/kit)\//;

export default defineConfig({
  plugins: [sveltekit()],
  // Rolldown's account of slow plugins is of no use here.
  build: { rolldownOptions: { checks: { bundlerTimings: false } } },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              // What nearly every page uses comes as one file: forty small ones take longer than their bytes.
              groups: [{ name: 'basics', test: BASICS, minShareCount: 2 }],
            },
          },
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { fs: { allow: ['workers'] } },
});
