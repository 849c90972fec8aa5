import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bin, node } from './exec.js';
import { root } from './runtime.js';
import { stampOf } from './stamp.js';

const SOURCES = [
  'src',
  'static',
  'messages',
  'project.inlang/settings.json',
  'svelte.config.js',
  'vite.config.ts',
  'package-lock.json'
];

/**
 * Builds the app into `build/` (or `SMARTASN_BUILD`) unless it is there and fresh.
 * `SMARTASN_VERSION` names the build; the default is the stamp of its sources, so equal sources give equal builds.
 */
export function ensureBuild() {
  const target = path.resolve(root, process.env.SMARTASN_BUILD ?? 'build');
  const mark = path.join(target, '.stamp');
  const version = process.env.SMARTASN_VERSION ?? stampOf(SOURCES).slice(0, 12);
  const stamp = stampOf(SOURCES) + version;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === stamp) return 0;
  console.log('Building the app …');
  const code = node([bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    SMARTASN_VERSION: version,
    SMARTASN_BUILD: target
  });
  if (code === 0) writeFileSync(mark, stamp);
  return code;
}
