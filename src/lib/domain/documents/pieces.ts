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
