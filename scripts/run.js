import './lib/bootstrap.js';
import { node } from './lib/exec.js';

process.exit(node(process.argv.slice(2)));
