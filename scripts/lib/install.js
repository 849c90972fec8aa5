import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root } from './runtime.js';
import { stampOf } from './stamp.js';

const MARK = path.join(root, 'node_modules/.smartasn-lock');

/** Installs the dependencies when the lock file is newer than what is installed; otherwise does nothing. */
export function ensureDependencies() {
  const stamp = stampOf(['package-lock.json']);
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === stamp) return;
  console.log('Installing dependencies …');
  npm(['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  writeFileSync(MARK, stamp);
}
