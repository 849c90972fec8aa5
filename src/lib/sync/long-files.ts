import type { MediaFile } from '$lib/domain/documents/course';
import { piecesOf, readManifest, type Manifest, type Piece } from '$lib/domain/documents/pieces';
import { MediaFailed } from './media-failed';
import type { PieceStore } from './port';

/** A file that has a manifest. */
export type LongFile = MediaFile & { manifest: NonNullable<MediaFile['manifest']> };

export const isLong = (file: MediaFile): file is LongFile => file.manifest !== undefined;

/**
 * The pieces of a long file; undefined while its manifest is not on this device.
 * @throws MediaFailed `damaged` when the manifest is not one of this file
 */
export async function knownPieces(store: Pick<PieceStore, 'piece'>, file: LongFile): Promise<Piece[] | undefined> {
  const manifest = await store.piece(file.manifest.sha256);
  return manifest && piecesOf(manifestOf(file, manifest));
}

function manifestOf(file: LongFile, body: Uint8Array): Manifest {
  try {
    const manifest = readManifest(body);
    if (manifest.size === file.size) return manifest;
  } catch {
    // Told below: nobody could use it.
  }
  throw new MediaFailed('damaged', file.sha256);
}
