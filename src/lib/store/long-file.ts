import { piecesOf, readManifest, slicesOf, type Manifest } from '$lib/domain/documents/pieces';
import type { FileRow } from './media-db';
import { fileName, openFile, openManifestName } from './media-seal';

/** Reads a row of the files by its name, from a page or from the service worker. */
export type GetFile = (k: string) => Promise<FileRow | undefined>;

type Bytes = Uint8Array<ArrayBuffer>;

// Cryptography is waited for through `Promise.resolve`, as in codec.ts.

/** A short file or a piece of a long one, opened. */
export async function bytesOf(get: GetFile, sha256: string): Promise<Bytes | undefined> {
  const row = await get(await fileName(sha256));
  return row && !row.m ? Promise.resolve(openFile(sha256, row.v)) : undefined;
}

/** What is kept of a file: its bytes, or the manifest of a long one that is here as a whole. */
export async function contentOf(get: GetFile, sha256: string): Promise<Bytes | Manifest | undefined> {
  const row = await get(await fileName(sha256));
  if (!row?.m) return row && Promise.resolve(openFile(sha256, row.v));
  const manifest = await bytesOf(get, await Promise.resolve(openManifestName(sha256, row.v)));
  return manifest && readManifest(manifest);
}

/** The bytes of a range of a long file, piece by piece: no more than one is in memory. */
export async function* readRange(
  get: GetFile,
  manifest: Manifest,
  range: { start: number; end: number }
): AsyncGenerator<Bytes, void> {
  for (const { sha256, from, to } of slicesOf(manifest, range)) {
    const piece = await bytesOf(get, sha256);
    if (!piece) throw new Error('a piece of this file is not here any more');
    yield piece.subarray(from, to);
  }
}

/** All bytes of a long file, for what has to have it as a whole; undefined when a piece is missing. */
export async function joined(get: GetFile, manifest: Manifest): Promise<Bytes | undefined> {
  const whole = new Uint8Array(manifest.size);
  for (const { sha256, start } of piecesOf(manifest)) {
    const piece = await bytesOf(get, sha256);
    if (!piece) return undefined;
    whole.set(piece, start);
  }
  return whole;
}
