import { Dexie } from 'dexie';
import { piecesOf, readManifest } from '$lib/domain/documents/pieces';
import type { Context } from './context';
import { contentOf, joined, type GetFile } from './long-file';
import { openMediaDb } from './media-db';
import { fileName, sealFile, sealManifestName } from './media-seal';

/**
 * Files of courses are kept once for all places of this browser, and each place says which of them it keeps. What
 * builds before that kept for one person alone (`db.pieces`) stays readable there.
 */
const namesOf = (shas: string[]) => Promise.all(shas.map(fileName));
const oldKeysOf = ({ codec }: Context, shas: string[]) => Promise.all(shas.map((sha) => codec.blind('piece', sha)));

/** `Store.putPiece`. */
export async function putPiece({ media, place }: Context, sha256: string, bytes: Uint8Array<ArrayBuffer>) {
  const [k, v] = await Promise.all([fileName(sha256), sealFile(sha256, bytes)]);
  await media.transaction('rw', media.files, media.holders, async () => {
    if (!(await media.files.where('k').equals(k).count())) await media.files.put({ k, v });
    await media.holders.put({ p: place, k, n: bytes.length });
  });
}

/** `Store.joinPieces`. */
export async function joinPieces(context: Context, sha256: string, manifest: string): Promise<boolean> {
  const { media, place } = context;
  const found = await contentOf((k) => media.files.get(k), manifest);
  if (!(found instanceof Uint8Array)) return false;
  const pieces = piecesOf(readManifest(found)).map((one) => one.sha256);
  const parts = await namesOf([...new Set([manifest, ...pieces])]);
  const [k, v] = await Promise.all([fileName(sha256), sealManifestName(sha256, manifest)]);
  return media.transaction('rw', media.files, media.holders, async () => {
    const held = media.holders.where('[p+k]').anyOf(parts.map((part) => [place, part]));
    if ((await held.count()) !== parts.length) return false;
    if (!(await media.files.where('k').equals(k).count())) await media.files.put({ k, v, m: 1 });
    await media.holders.put({ p: place, k, n: 0 });
    return true;
  });
}

/** `Store.claimPieces`. */
export async function claimPieces(context: Context, files: { sha256: string; size: number }[]): Promise<Set<string>> {
  const { media, place } = context;
  const shas = files.map(({ sha256 }) => sha256);
  const names = await namesOf(shas);
  await media.transaction('rw', media.files, media.holders, async () => {
    const here = new Set(await media.files.where('k').anyOf(names).primaryKeys());
    const taken = files.flatMap(({ size }, i) => {
      const k = names[i] ?? '';
      return here.has(k) ? [{ p: place, k, n: size }] : [];
    });
    await media.holders.bulkPut(taken);
  });
  return hasPieces(context, shas);
}

/** `Store.piece`. */
export async function piece(context: Context, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { db, media, codec, place } = context;
  const get: GetFile = (k) => media.files.get(k);
  const held = await media.holders.get([place, await fileName(sha256)]);
  const found = held && (await contentOf(get, sha256));
  if (found) return found instanceof Uint8Array ? found : joined(get, found);
  const [old = ''] = await oldKeysOf(context, [sha256]);
  const kept = await db.pieces.get(old);
  return kept && codec.openBytes('pieces', old, kept.v);
}

/** `Store.hasPieces`. */
export async function hasPieces(context: Context, shas: string[]): Promise<Set<string>> {
  const { db, media, place } = context;
  const [names, olds] = await Promise.all([namesOf(shas), oldKeysOf(context, shas)]);
  const [held, old] = await Promise.all([
    media.holders
      .where('[p+k]')
      .anyOf(names.map((k) => [place, k]))
      .primaryKeys(),
    db.pieces.where('k').anyOf(olds).primaryKeys()
  ]);
  const here = new Set([...held.map(([, k]) => k), ...old]);
  return new Set(shas.filter((_, i) => here.has(names[i] ?? '') || here.has(olds[i] ?? '')));
}

/** `Store.removePieces`. A file goes when no place keeps it any more. */
export async function removePieces(context: Context, shas: string[]): Promise<void> {
  const { db, media, place } = context;
  const names = await namesOf(shas);
  await media.transaction('rw', media.files, media.holders, async () => {
    await media.holders.bulkDelete(names.map((k): [string, string] => [place, k]));
    const keepers = await media.holders.where('k').anyOf(names).primaryKeys();
    const kept = new Set(keepers.map(([, k]) => k));
    await media.files.bulkDelete(names.filter((k) => !kept.has(k)));
  });
  await db.pieces.bulkDelete(await oldKeysOf(context, shas));
}

/** `Store.pieceBytes`: sums sizes that stand beside the files, so no file is read. */
export async function pieceBytes({ db, media, place }: Context): Promise<number> {
  const held = await media.holders.where('[p+k]').between([place, Dexie.minKey], [place, Dexie.maxKey]).toArray();
  const old = await db.pieces.orderBy('n').keys();
  return [...held.map(({ n }) => n), ...old.map(Number)].reduce((sum, size) => sum + size, 0);
}

/**
 * Lets go of the files of places that are no more. A place is destroyed without its key and perhaps by a process that
 * dies midway, so this is done after the fact, whenever the app begins.
 */
export async function keepMediaOf(places: string[]): Promise<void> {
  const media = openMediaDb();
  try {
    await media.transaction('rw', media.files, media.holders, async () => {
      const held = await media.holders.toCollection().primaryKeys();
      const orphans = held.filter(([p]) => !places.includes(p));
      if (!orphans.length) return;
      await media.holders.bulkDelete(orphans);
      const kept = new Set(held.filter(([p]) => places.includes(p)).map(([, k]) => k));
      await media.files.bulkDelete(orphans.map(([, k]) => k).filter((k) => !kept.has(k)));
    });
  } finally {
    media.close();
  }
}
