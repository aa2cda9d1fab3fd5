import { quietExperiments } from './quiet-experiments';
import { run } from './run';

quietExperiments();
process.exitCode = await run(process.argv.slice(2));
