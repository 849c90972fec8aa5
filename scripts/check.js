import './lib/bootstrap.js';
import { BUILD_STEPS, STATIC_STEPS, step, vitest } from './lib/steps.js';

const steps = [...STATIC_STEPS, ['unit tests', vitest('--project', 'unit', '--reporter', 'dot')], ...BUILD_STEPS];

for (const [name, args] of steps) if (!step(name, args)) process.exit(1);
