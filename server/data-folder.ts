import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Makes a folder and those above it, one by one: made all at once, some places keep Node trying for ever. */
async function make(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (found?.isDirectory()) return;
  if (found) throw new Error('a file stands in the way');
  const above = path.dirname(folder);
  if (above !== folder) await make(above);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/**
 * Makes the server's folder and proves that something can be made in it, before any part relies on it.
 * @throws Error in words for the person at the terminal
 */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await make(folder);
    await rmdir(await mkdtemp(path.join(folder, '.try-')));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`Nothing can be kept in ${folder} (${code ?? message}). Choose another folder with SMARTASN_DATA.`);
  }
}
