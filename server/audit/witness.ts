import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { UUID_PATTERN } from '../../src/lib/domain/ids.ts';
import type { Head } from './entry.ts';

/**
 * What this machine remembers of a chain outside the database, so that its end cannot be cut off or written on: entries
 * up to `confirmed` are stored, those up to `pending` were on their way.
 */
export interface Witness {
  confirmed: Head;
  pending: Head;
}

const folderOf = (data: string): string => path.join(data, 'audit');

/** Keeps the witness of a chain; durable before it returns. */
export async function writeWitness(data: string, chain: string, witness: Witness): Promise<void> {
  const folder = folderOf(data);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${chain}.json`);
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(witness));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** The witnesses of all chains that this machine wrote. */
export async function readWitnesses(data: string): Promise<Map<string, Witness>> {
  const names = await readdir(folderOf(data)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const chains = names.map((name) => name.replace(/\.json$/, '')).filter((name) => UUID_PATTERN.test(name));
  const found = chains.map(async (chain): Promise<[string, Witness]> => {
    const text = await readFile(path.join(folderOf(data), `${chain}.json`), 'utf8');
    return [chain, JSON.parse(text) as Witness];
  });
  return new Map(await Promise.all(found));
}
