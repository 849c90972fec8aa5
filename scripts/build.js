import './lib/bootstrap.js';
import { ensureBuild } from './lib/build.js';

process.exit(ensureBuild());
