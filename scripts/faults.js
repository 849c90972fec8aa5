import './lib/bootstrap.js';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { node } from './lib/exec.js';
import { vitest } from './lib/steps.js';

const { values } = parseArgs({ options: { schedules: { type: 'string' }, seed: { type: 'string' } } });
const schedules = Number(values.schedules ?? 200);
const seed = Number(values.seed ?? randomInt(1_000_000_000));
const began = performance.now();

console.log(
  `${schedules} schedules from seed ${seed}; one again: npm run test:faults -- --schedules 1 --seed <its number>`
);
const code = node(vitest('--project', 'faults', '--maxWorkers', '2', '--reporter', 'dot'), {
  FAULT_SCHEDULES: String(schedules),
  FAULT_SEED: String(seed)
});
const seconds = (performance.now() - began) / 1000;
console.log(`seed ${seed}: ${schedules} schedules, ${(schedules / seconds).toFixed(2)} a second`);
process.exit(code);
