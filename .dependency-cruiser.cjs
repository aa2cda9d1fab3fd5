// Who may import whom. Every rule has a deliberately violating fixture in tests/fixtures/imports.

const CORE_PACKAGES = [
  '@ipld/dag-cbor',
  '@noble/[^/]+',
  'fast-xml-parser',
  'fflate',
  'hyparquet',
  'hyparquet-writer',
  'papaparse',
  'valibot',
  'yaml',
].join('|');

/** Code of this repository, as opposed to packages and Node's own modules. */
const OWN = '^(src|workers|tests|tools|bin)/';

/**
 * A layer and what it may import from this repository beside itself.
 *
 * @param {string} name
 * @param {string} layer
 * @param {string[]} allowed
 */
const layer = (name, layer, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: layer },
  to: { path: OWN, pathNot: [layer, ...allowed, '\\.css$'] },
});

const APP = '^src/lib/app\\.ts$';
const CANVAS = '^src/lib/canvas/';
const CLI = '^src/cli/';
const COMPUTE = '^src/lib/compute/';
const CORE = '^src/lib/core/';
const IO = '^src/lib/io/';
/** The part of io that runs wherever the web's own types of files and keys exist, Node included. */
const IO_FOR_NODE = '^src/lib/io/(files/|keys\\.ts$)';
const LIB = '^src/lib/';
const ROUTES = '^src/routes/';
const STATE = '^src/lib/state/';
const TESTS = '^tests/';
const UI = '^src/lib/ui/';
const WORKERS = '^workers/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: {},
      // These modules are made by SvelteKit.
      to: { couldNotResolve: true, pathNot: '^\\$(app|env)/|^\\$service-worker$' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: TESTS }, to: { path: TESTS } },
    {
      name: 'core-imports-core',
      severity: 'error',
      from: { path: CORE },
      to: { pathNot: [CORE, 'node_modules/'], couldNotResolve: false },
    },
    {
      name: 'core-imports-listed-packages',
      severity: 'error',
      from: { path: CORE },
      to: { path: 'node_modules/', pathNot: `node_modules/(${CORE_PACKAGES})/` },
    },
    {
      name: 'workers-are-imported-as-types',
      severity: 'error',
      comment: 'A worker is started by new Worker(new URL(...)); its code never runs in the page, its words do travel.',
      from: { pathNot: [WORKERS, TESTS] },
      to: { path: WORKERS, dependencyTypesNot: ['type-only'] },
    },
    layer('io-imports-core', IO, CORE),
    layer('canvas-imports-core', CANVAS, CORE),
    layer('workers-import-core-and-io', WORKERS, CORE, IO),
    layer('compute-imports-core', COMPUTE, CORE, WORKERS),
    layer('state-imports-core-io-compute', STATE, CORE, IO, COMPUTE, WORKERS),
    layer('ui-imports-state-canvas-core', UI, STATE, CANVAS, CORE, WORKERS),
    layer('app-imports-lib', APP, LIB, WORKERS),
    layer('routes-import-app-ui-state', ROUTES, APP, UI, STATE, CORE, WORKERS),
    {
      name: 'routes-import-types-of-core',
      severity: 'error',
      from: { path: ROUTES },
      to: { path: CORE, dependencyTypesNot: ['type-only'] },
    },
    layer('cli-imports-core-and-files', CLI, CORE, IO_FOR_NODE),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^tests/fixtures/', '^\\.svelte-kit/', '^build(-cli)?/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'default'],
      extensions: ['.ts', '.js', '.cjs', '.svelte', '.d.ts'],
    },
  },
};
