import * as v from 'valibot';
import { bytes, sha256 } from './fields.ts';

/** Length of a piece, in bytes: what a weak link moves in a minute or two, and what memory holds at a time. */
export const PIECE_SIZE = 512 * 1024;

/** The manifest of a long file: the hashes of its pieces in order, each `pieceSize` long but the last. */
export const manifest = v.pipe(
  v.looseObject({
    version: v.literal(1),
    size: bytes,
    pieceSize: v.pipe(bytes, v.minValue(1)),
    pieces: v.pipe(v.array(sha256), v.maxLength(20_000))
  }),
  v.check(({ size, pieceSize, pieces }) => pieces.length === Math.ceil(size / pieceSize), 'The pieces do not add up')
);

export type Manifest = v.InferOutput<typeof manifest>;

/** A piece of a file: `size` bytes from `start` on. */
export interface Piece {
  sha256: string;
  size: number;
  start: number;
}

/** The pieces of a file in order. */
export const piecesOf = ({ size, pieceSize, pieces }: Manifest): Piece[] =>
  pieces.map((name, index) => {
    const start = index * pieceSize;
    return { sha256: name, size: Math.min(pieceSize, size - start), start };
  });

/** A manifest from its file. Throws when it is none. */
export const readManifest = (file: Uint8Array): Manifest =>
  v.parse(manifest, JSON.parse(new TextDecoder().decode(file)));

/** What of a file lies in one of its pieces: the bytes from `from` to before `to` of the piece. */
export interface Slice extends Piece {
  from: number;
  to: number;
}

/** The pieces that hold the bytes from `start` to before `end` of a file, and which bytes of each. */
export function slicesOf(whole: Manifest, { start, end }: { start: number; end: number }): Slice[] {
  if (end <= start) return [];
  const first = Math.floor(start / whole.pieceSize);
  return piecesOf(whole)
    .slice(first, Math.ceil(end / whole.pieceSize))
    .map((piece) => ({
      ...piece,
      from: Math.max(start - piece.start, 0),
      to: Math.min(end - piece.start, piece.size)
    }));
}
