import { someVault } from './testing/fixtures';
import { beforeEach, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { keepMediaOf, openStore } from './index';
import { dumpDatabases } from './testing/dump';

const BYTES = new TextEncoder().encode('Bab satu: air bersih. '.repeat(20));
const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const SHA = shaOf(BYTES);
const FILE = { sha256: SHA, size: BYTES.length };

const person = async () => {
  const vault = await someVault();
  return { vault, store: await openStore(vault) };
};

/** How many rows the shared files have: of contents, and of places that keep one. */
async function rows(): Promise<[files: number, holders: number]> {
  const db = await new Dexie('smartasn-media').open();
  const counts = await Promise.all([db.table('files').count(), db.table('holders').count()]);
  db.close();
  return counts;
}

beforeEach(() => {
  Dexie.dependencies.indexedDB = globalThis.indexedDB = new IDBFactory();
});

test('a file that two persons keep is there once, and who takes it second fetches nothing', async () => {
  const [a, b] = [await person(), await person()];
  await a.store.putPiece(SHA, BYTES);
  expect(await b.store.claimPieces([FILE, { sha256: 'b'.repeat(64), size: 3 }])).toEqual(new Set([SHA]));
  expect(await b.store.piece(SHA)).toEqual(BYTES);
  expect(await b.store.pieceBytes()).toBe(BYTES.length);
  await b.store.putPiece(SHA, BYTES);
  expect(await rows()).toEqual([1, 2]);
});

test('what another person keeps is not shown to who did not take it', async () => {
  const [a, b] = [await person(), await person()];
  await a.store.putPiece(SHA, BYTES);
  expect(await b.store.hasPieces([SHA])).toEqual(new Set());
  expect(await b.store.piece(SHA)).toBeUndefined();
  expect(await b.store.pieceBytes()).toBe(0);
});

test('a removal takes the file from nobody else, and the last one takes it from the disk', async () => {
  const [a, b] = [await person(), await person()];
  await a.store.putPiece(SHA, BYTES);
  await b.store.claimPieces([FILE]);
  await a.store.removePieces([SHA]);
  expect(await a.store.piece(SHA)).toBeUndefined();
  expect(await b.store.piece(SHA)).toEqual(BYTES);
  await b.store.removePieces([SHA]);
  expect(await rows()).toEqual([0, 0]);
});

test('the files of a place that is no more go, those that another place keeps stay', async () => {
  const [a, b] = [await person(), await person()];
  await a.store.putPiece(SHA, BYTES);
  await a.store.putPiece('c'.repeat(64), new Uint8Array(3));
  await b.store.claimPieces([FILE]);
  await keepMediaOf([b.vault.slot.id]);
  expect(await rows()).toEqual([1, 1]);
  expect(await b.store.piece(SHA)).toEqual(BYTES);
  await keepMediaOf([]);
  expect(await rows()).toEqual([0, 0]);
});

test('the disk names no file and shows no content', async () => {
  const { store } = await person();
  await store.putPiece(SHA, BYTES);
  const dump = await dumpDatabases();
  expect(dump).toContain('smartasn-media');
  for (const word of [SHA, 'air bersih']) expect(dump).not.toContain(word);
});

/** A file of three pieces of 100, 100 and 7 bytes, of which the first two are the same. */
function longFile() {
  const pieces = [new Uint8Array(100).fill(1), new Uint8Array(100).fill(1), new Uint8Array(7).fill(2)];
  const whole = new Uint8Array(pieces.flatMap((piece) => [...piece]));
  const manifest = new TextEncoder().encode(
    JSON.stringify({ version: 1, size: whole.length, pieceSize: 100, pieces: pieces.map(shaOf) })
  );
  return { pieces, whole, manifest, sha256: shaOf(whole) };
}

test('a long file is here once all its pieces are, and costs no more than they do', async () => {
  const { store } = await person();
  const { pieces, whole, manifest, sha256 } = longFile();
  const [first, , last] = pieces;
  if (first) await store.putPiece(shaOf(first), first);
  expect(await store.joinPieces(sha256, shaOf(manifest))).toBe(false);
  await store.putPiece(shaOf(manifest), manifest);
  expect(await store.joinPieces(sha256, shaOf(manifest))).toBe(false);
  expect(await store.piece(sha256)).toBeUndefined();
  if (last) await store.putPiece(shaOf(last), last);
  expect(await store.joinPieces(sha256, shaOf(manifest))).toBe(true);
  expect(await store.hasPieces([sha256])).toEqual(new Set([sha256]));
  expect(await store.piece(sha256)).toEqual(whole);
  expect(await store.pieceBytes()).toBe(107 + manifest.length);
});

test('a long file is put together only from what this place keeps itself', async () => {
  const [a, b] = [await person(), await person()];
  const { pieces, manifest, sha256, whole } = longFile();
  for (const body of [manifest, ...pieces]) await a.store.putPiece(shaOf(body), body);
  await a.store.joinPieces(sha256, shaOf(manifest));
  expect(await b.store.joinPieces(sha256, shaOf(manifest))).toBe(false);
  const parts = [manifest, ...pieces].map((body) => ({ sha256: shaOf(body), size: body.length }));
  await b.store.claimPieces(parts);
  expect(await b.store.joinPieces(sha256, shaOf(manifest))).toBe(true);
  await a.store.removePieces([sha256, ...parts.map((part) => part.sha256)]);
  expect(await b.store.piece(sha256)).toEqual(whole);
});
