import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// Who may import whom is a promise of the layout, so the check itself is tested: each file named here breaks one rule
// on purpose, and every other file of that little tree (allowed imports, targets) must stay unreported.
const violations = [
  ['no-cycles', 'src/lib/core/circle-a.ts', 'src/lib/core/circle-b.ts'],
  ['every-import-resolves', 'src/lib/core/imports-nothing.ts', './nowhere'],
  ['nothing-imports-tests', 'tools/imports-test.js', 'tests/target.ts'],
  ['core-imports-core', 'src/lib/core/imports-io.ts', 'src/lib/io/target.ts'],
  ['core-imports-core', 'src/lib/core/imports-node.ts', 'fs'],
  ['core-imports-listed-packages', 'src/lib/core/imports-unlisted-package.ts', 'dexie'],
  ['io-imports-core', 'src/lib/io/imports-compute.ts', 'src/lib/compute/target.ts'],
  ['canvas-imports-core', 'src/lib/canvas/imports-io.ts', 'src/lib/io/target.ts'],
  ['workers-import-core-and-io', 'workers/imports-state.ts', 'src/lib/state/target.svelte.ts'],
  ['compute-imports-core', 'src/lib/compute/imports-io.ts', 'src/lib/io/target.ts'],
  ['workers-are-imported-as-types', 'src/lib/compute/runs-worker-code.ts', 'workers/target.ts'],
  ['state-imports-core-io-compute', 'src/lib/state/imports-canvas.svelte.ts', 'src/lib/canvas/target.ts'],
  ['ui-imports-state-canvas-core', 'src/lib/ui/ImportsIo.svelte', 'src/lib/io/target.ts'],
  ['app-imports-lib', 'src/lib/app.ts', 'src/routes/target.ts'],
  ['routes-import-app-ui-state', 'src/routes/ImportsCompute.svelte', 'src/lib/compute/target.ts'],
  ['routes-import-types-of-core', 'src/routes/runs-core.ts', 'src/lib/core/target.ts'],
  ['cli-imports-core-and-files', 'src/cli/imports-io.ts', 'src/lib/io/target.ts'],
] as const;

interface Report {
  readonly summary: { readonly violations: readonly { rule: { name: string }; from: string; to: string }[] };
}

const root = new URL('../../', import.meta.url);
const load = createRequire(import.meta.url);

test('each import rule reports its violating fixture, and nothing else', () => {
  const output = execFileSync(
    process.execPath,
    [
      fileURLToPath(new URL('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', root)),
      ...['--config', fileURLToPath(new URL('.dependency-cruiser.cjs', root)), '--output-type', 'json'],
      ...['src', 'workers', 'tests', 'tools'],
    ],
    // The JSON report ends with status 0, whatever it reports.
    { cwd: new URL('tests/fixtures/imports/', root), encoding: 'utf8' },
  );
  const reported = (JSON.parse(output) as Report).summary.violations.map(({ rule, from, to }) => [
    rule.name,
    from,
    /node_modules\/([^/]+)/.exec(to)?.[1] ?? to,
  ]);
  expect(reported.sort()).toEqual(violations.map((row) => [...row]).sort());
});

test('every import rule has a violating fixture', () => {
  const { forbidden } = load('../../.dependency-cruiser.cjs') as { forbidden: readonly { name: string }[] };
  const covered = new Set<string>(violations.map(([rule]) => rule));
  expect(forbidden.map((rule) => rule.name).filter((name) => !covered.has(name))).toEqual([]);
});
