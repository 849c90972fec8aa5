import './lib/bootstrap.js';
import { parseArgs } from 'node:util';
import { ensureBuild } from './lib/build.js';
import { ensureChromium } from './lib/chromium.js';
import { node } from './lib/exec.js';
import { playwright } from './lib/steps.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' }, kinds: { type: 'string' } }
});
const failed = ensureBuild();
if (failed) process.exit(failed);
const chromium = ensureChromium();
process.exit(
  node(playwright('tests/e2e/kills/', '--reporter', 'list'), {
    ...(chromium && { CHROMIUM_PATH: chromium }),
    ...(values.rounds && { SMARTASN_KILL_ROUNDS: values.rounds }),
    ...(values.seed && { SMARTASN_KILL_SEED: values.seed }),
    ...(values.kinds && { SMARTASN_KILL_KINDS: values.kinds })
  })
);
