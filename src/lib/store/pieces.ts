import type { Context } from './context';

const keysOf = ({ codec }: Context, shas: string[]) => Promise.all(shas.map((sha) => codec.blind('piece', sha)));

/** `Store.putPiece`. */
export async function putPiece({ db, codec }: Context, sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const k = await codec.blind('piece', sha256);
  const v = await codec.sealBytes('pieces', k, bytes);
  await db.pieces.put({ k, n: bytes.length, v });
}

/** `Store.piece`. */
export async function piece({ db, codec }: Context, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const k = await codec.blind('piece', sha256);
  const row = await db.pieces.get(k);
  return row && codec.openBytes('pieces', k, row.v);
}

/** `Store.hasPieces`. */
export async function hasPieces(context: Context, shas: string[]): Promise<Set<string>> {
  const keys = await keysOf(context, shas);
  const here = new Set(await context.db.pieces.where('k').anyOf(keys).primaryKeys());
  return new Set(shas.filter((_, i) => here.has(keys[i] ?? '')));
}

/** `Store.removePieces`. */
export const removePieces = async (context: Context, shas: string[]): Promise<void> =>
  context.db.pieces.bulkDelete(await keysOf(context, shas));

/** `Store.pieceBytes`: sums the index of sizes, so no piece is read. */
export async function pieceBytes({ db }: Context): Promise<number> {
  const sizes = await db.pieces.orderBy('n').keys();
  return sizes.reduce<number>((sum, size) => sum + Number(size), 0);
}
