// npm run check: everything about the code that can be told without running it.
import { runChecks } from './checks.js';

const { failed } = await runChecks();
if (failed > 0) console.log(`${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
