import './lib/bootstrap.js';
import { bin, node } from './lib/exec.js';

const steps = [
  [
    'paraglide',
    [
      bin('@inlang/paraglide-js/bin/run.js'),
      'compile',
      '--project',
      './project.inlang',
      '--outdir',
      './src/lib/paraglide',
      '--silent'
    ]
  ],
  ['svelte-kit sync', [bin('@sveltejs/kit/svelte-kit.js'), 'sync']],
  [
    'types',
    [bin('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']
  ],
  [
    'lint',
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
  ['messages', ['scripts/lint/messages.js']],
  ['unit tests', [bin('vitest/vitest.mjs'), 'run', '--project', 'unit', '--reporter', 'dot']],
  ['build', ['scripts/build.js']],
  ['budget', ['scripts/lint/budget.js']]
];

for (const [name, args] of steps) {
  const started = Date.now();
  const code = node(args);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (code !== 0) process.exit(code);
}
