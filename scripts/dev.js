import './lib/bootstrap.js';
import { bin, nodeForever } from './lib/exec.js';

nodeForever(['server/main.ts']);
nodeForever([bin('vite/bin/vite.js'), 'dev']);
