import { ensureRuntime } from './runtime.js';
import { ensureDependencies } from './install.js';

ensureRuntime();
ensureDependencies();
