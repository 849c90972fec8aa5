import { bin, node } from './exec.js';

const paraglide = bin('@inlang/paraglide-js/bin/run.js');

/** What is checked without running anything; each step is a name and the arguments of Node. */
export const STATIC_STEPS = [
  [
    'words compile',
    [paraglide, 'compile', '--project', './project.inlang', '--outdir', './src/lib/paraglide', '--silent']
  ],
  ['routes', [bin('@sveltejs/kit/svelte-kit.js'), 'sync']],
  [
    'types',
    [bin('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']
  ],
  [
    'lint and layers',
    [
      bin('eslint/bin/eslint.js'),
      '.',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint'
    ]
  ],
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '--cache', '.']],
  ['structure', ['scripts/lint/structure.js']],
  ['both languages', ['scripts/lint/messages.js']]
];

export const BUILD_STEPS = [
  ['build', ['scripts/build.js']],
  ['budget', ['scripts/lint/budget.js']]
];

export const vitest = (...args) => [bin('vitest/vitest.mjs'), 'run', ...args];
export const playwright = (...args) => [bin('@playwright/test/cli.js'), 'test', ...args];

/** Runs one step and says how it went; returns whether it passed. */
export function step(name, args, env = {}) {
  const started = Date.now();
  const passed = node(args, env) === 0;
  console.log(`${passed ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return passed;
}
