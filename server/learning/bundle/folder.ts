import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LIMITS, type Limits } from '../epub/limits.ts';
import { ImportRefused } from '../types.ts';
import type { Bundle } from './types.ts';

/** Deepest folder inside a folder. */
const DEEPEST = 20;

/**
 * Reads a folder into memory. Links are refused, as they may lead out of it.
 * @throws ImportRefused
 */
export async function openFolder(root: string, limits: Limits = LIMITS): Promise<Bundle & { fingerprint: string }> {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  const visit = async (folder: string, depth: number): Promise<void> => {
    if (depth > DEEPEST) throw new ImportRefused('too-large', `${folder} is more than ${DEEPEST} folders deep.`);
    for (const name of (await readdir(path.join(root, folder))).sort()) {
      const place = path.posix.join(folder, name);
      const full = path.join(root, place);
      const info = await lstat(full);
      if (info.isDirectory()) {
        await visit(place, depth + 1);
        continue;
      }
      if (!info.isFile()) throw new ImportRefused('unsafe-name', `${place} is a link or device, not a file.`);
      total += info.size;
      if (info.size > limits.entry || total > limits.total)
        throw new ImportRefused('too-large', `With ${place} the folder is larger than a course may be.`);
      if (files.size >= limits.entries)
        throw new ImportRefused('too-large', `The folder has more than ${limits.entries} files.`);
      files.set(place, new Uint8Array(await readFile(full)));
    }
  };
  await visit('', 0);
  const hash = createHash('sha256');
  for (const [name, body] of files) hash.update(`${name}\0${body.byteLength}\0`).update(body);
  return {
    fingerprint: hash.digest('hex'),
    names: () => [...files.keys()],
    has: (name) => files.has(name),
    read: (name) => files.get(name)
  };
}
