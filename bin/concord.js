#!/usr/bin/env node
// The command line: node bin/concord.js <command>. `npm run build` makes what it runs.
import { existsSync } from 'node:fs';

const program = new URL('../build-cli/concord.js', import.meta.url);

if (existsSync(program)) {
  await import(program.href);
} else {
  console.error('concord: the command line is not built yet; run `npm ci && npm run build`');
  process.exitCode = 1;
}
