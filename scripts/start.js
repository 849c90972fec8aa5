import './lib/bootstrap.js';
import { ensureBuild } from './lib/build.js';
import { nodeForever } from './lib/exec.js';

const failed = ensureBuild();
if (failed) process.exit(failed);
nodeForever(['server/main.ts', ...process.argv.slice(2)]);
