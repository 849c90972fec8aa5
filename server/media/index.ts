import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isSha256, isWhole, placeOf, prepare, sha256Of, writeDurably } from './files.ts';
import { streamOf } from './range.ts';
import type { MediaStore } from './types.ts';

/**
 * Opens the content-addressed files below `folder`, creating it when missing. Several processes may share a folder:
 * files never change once they are there, and half-written ones have no name that could be asked for.
 */
export async function openMediaStore(folder: string): Promise<MediaStore> {
  const root = path.resolve(folder);
  await mkdir(root, { recursive: true });
  await prepare(root);
  return {
    async put(body) {
      const sha256 = sha256Of(body);
      const place = placeOf(root, sha256);
      if (!(await isWhole(place, sha256, body.byteLength))) await writeDurably(root, place, body);
      return sha256;
    },

    async has(sha256) {
      return (await sizeOf(root, sha256)) !== undefined;
    },

    async open(sha256, range) {
      const size = await sizeOf(root, sha256);
      if (size === undefined) return undefined;
      const start = Math.min(Math.max(range?.start ?? 0, 0), size);
      const end = Math.min(Math.max(range?.end ?? size, start), size);
      return { size, stream: streamOf(placeOf(root, sha256), start, end) };
    }
  };
}

async function sizeOf(root: string, sha256: string): Promise<number | undefined> {
  if (!isSha256(sha256)) return undefined;
  try {
    const found = await stat(placeOf(root, sha256));
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export type { MediaStore } from './types.ts';
