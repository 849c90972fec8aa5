import type { Piece } from '$lib/domain/documents/pieces';
import { knownPieces, type LongFile } from './long-files';
import { fetchRange } from './media-bytes';
import { MediaFailed } from './media-failed';
import { fetchBytes, fetchFile, hashOf, type FileOptions } from './media-file';
import type { PieceStore } from './port';
import type { Api } from './tokens';

/**
 * Fetches what is missing of a long file, keeps each piece once its hash is checked, and puts the file together. Pieces
 * that follow each other come in one answer, and one piece is in memory at a time.
 */
export async function fetchLong(
  api: Api,
  store: PieceStore,
  file: LongFile,
  { signal, onBytes }: FileOptions = {}
): Promise<void> {
  const { manifest } = file;
  const held = await store.claimPieces([manifest]);
  if (!held.has(manifest.sha256)) await store.putPiece(manifest.sha256, await fetchFile(api, manifest, { signal }));
  const pieces = (await knownPieces(store, file)) ?? [];
  const here = await store.claimPieces(pieces);
  let done = manifest.size + sum(pieces.filter((piece) => here.has(piece.sha256)));
  onBytes?.(done);
  for (const run of runsOf(pieces.filter((piece) => !here.has(piece.sha256))))
    await fetchRun(api, file.sha256, run, {
      signal,
      onBytes: (bytes) => onBytes?.(done + bytes),
      async onPiece(piece, body) {
        await store.putPiece(piece.sha256, body);
        done += piece.size;
      }
    });
  // Whoever removes the course in another tab meanwhile wins.
  await store.joinPieces(file.sha256, manifest.sha256);
}

const sum = (pieces: Piece[]): number => pieces.reduce((all, { size }) => all + size, 0);

/** Pieces that follow each other in the file, together. */
function runsOf(pieces: Piece[]): Piece[][] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.start + last.size === piece.start) runs.at(-1)?.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

interface RunOptions extends FileOptions {
  onPiece: (piece: Piece, body: Uint8Array<ArrayBuffer>) => Promise<void>;
}

/** Fetches pieces that follow each other; a damaged one is fetched once more by itself. */
async function fetchRun(api: Api, sha256: string, run: Piece[], { signal, onBytes, onPiece }: RunOptions) {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) return;
  const rest = [...run];
  let body = new Uint8Array(first.size);
  let filled = 0;
  for await (const chunk of fetchRange(
    api,
    { sha256, start: first.start, end: last.start + last.size, whole: false },
    signal
  )) {
    for (let taken = 0; taken < chunk.length;) {
      const part = chunk.subarray(taken, taken + body.length - filled);
      body.set(part, filled);
      filled += part.length;
      taken += part.length;
      onBytes?.(filled);
      const [piece] = rest;
      if (!piece || filled < piece.size) continue;
      if ((await hashOf(body)) !== piece.sha256) body = await fetchAgain(api, sha256, piece, signal);
      await onPiece(piece, body);
      rest.shift();
      body = new Uint8Array(rest[0]?.size ?? 0);
      filled = 0;
    }
  }
}

async function fetchAgain(api: Api, sha256: string, piece: Piece, signal?: AbortSignal) {
  const wanted = { sha256, start: piece.start, end: piece.start + piece.size, whole: false };
  const body = await fetchBytes(api, wanted, { signal });
  if ((await hashOf(body)) !== piece.sha256) throw new MediaFailed('damaged', sha256);
  return body;
}
