import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './runtime.js';

/** Path of a program that a dependency installs. */
export const bin = (name) => path.join(root, 'node_modules', name);

/** Runs a Node program of the project to its end; returns its exit code. */
export function node(args, env = {}) {
  const child = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: root, env: { ...process.env, ...env } });
  return child.status ?? 1;
}

/** Starts a Node program that lives as long as this process and ends this process with its code. */
export function nodeForever(args, env = {}) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', cwd: root, env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
  return child;
}
