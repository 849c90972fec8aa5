import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const TEMPORARY = '.incoming';

/** A temporary file older than this belongs to no running import, whatever its process id says. */
const STALE_AFTER_MS = 3_600_000;

const inFlight = new Set<string>();

export const isSha256 = (value: string): boolean => /^[0-9a-f]{64}$/.test(value);

export const sha256Of = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

/** Where a file lies: one of 256 folders, so that no folder grows beyond what file systems list quickly. */
export const placeOf = (folder: string, sha256: string): string => path.join(folder, sha256.slice(0, 2), sha256);

/** Creates the folder and removes what an import that died left in it; a running import of any process is spared. */
export async function prepare(folder: string): Promise<void> {
  const temporary = path.join(folder, TEMPORARY);
  await mkdir(temporary, { recursive: true });
  for (const name of await readdir(temporary)) {
    const file = path.join(temporary, name);
    if (await isAbandoned(file, name)) await rm(file, { force: true, recursive: true });
  }
}

async function isAbandoned(file: string, name: string): Promise<boolean> {
  if (inFlight.has(file)) return false;
  const owner = Number(name.split('-')[0]);
  if (!Number.isInteger(owner) || owner <= 0 || owner === process.pid || !isRunning(owner)) return true;
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > STALE_AFTER_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the stored file still is what its name says; a damaged one is written anew by the next `put`. */
export async function isWhole(file: string, sha256: string, size: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.size === size && sha256Of(new Uint8Array(await readFile(file))) === sha256;
}

/** Writes beside, flushes, renames, and flushes the folders: after a power cut the file is whole or absent. */
export async function writeDurably(folder: string, target: string, body: Uint8Array): Promise<void> {
  const temporary = path.join(folder, TEMPORARY, `${process.pid}-${randomUUID()}`);
  inFlight.add(temporary);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(body);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const created = await mkdir(path.dirname(target), { recursive: true });
    await rename(temporary, target);
    await syncFolder(path.dirname(target));
    if (created) await syncFolder(folder);
  } finally {
    await rm(temporary, { force: true });
    inFlight.delete(temporary);
  }
}

/** Windows cannot open folders; there the rename itself is as durable as the system makes it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
