// npm start: builds the app if its sources changed, then serves it. `npm start -- --port N` picks the port.
import { buildIfStale } from './build.js';

if (await buildIfStale()) await import('../bin/serve.js');
else process.exitCode = 1;
