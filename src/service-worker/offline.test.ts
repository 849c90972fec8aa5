import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { someStore } from '$lib/store/testing/fixtures';
import { openFiles } from './media-files';
import { offlineFile } from './offline';

const PIECE = 1_000;
const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const WHOLE = Uint8Array.from({ length: 3 * PIECE + 7 }, (_, index) => (index * 7 + (index >> 8)) % 251);
const SHORT = new TextEncoder().encode('WEBVTT\n\n00:01.000 --> 00:02.000\nHalo');

beforeEach(() => {
  Dexie.dependencies.indexedDB = globalThis.indexedDB = new IDBFactory();
});

test('without anything on this device nothing is found, and nothing is made', async () => {
  expect(await openFiles()).toBeUndefined();
  expect((await offlineFile(shaOf(SHORT), 'text/vtt', null)).status).toBe(404);
  expect(await indexedDB.databases()).toEqual([]);
});

/** Keeps a short and a long file as a download does. */
async function keepBoth() {
  const { store } = await someStore();
  const parts = [0, 1, 2, 3].map((index) => WHOLE.slice(index * PIECE, (index + 1) * PIECE));
  const manifest = new TextEncoder().encode(
    JSON.stringify({ version: 1, size: WHOLE.length, pieceSize: PIECE, pieces: parts.map(shaOf) })
  );
  for (const bytes of [SHORT, manifest, ...parts]) await store.putPiece(shaOf(bytes), bytes);
  await store.joinPieces(shaOf(WHOLE), shaOf(manifest));
  return { store, pieces: parts.map(shaOf) };
}

const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const headersOf = ({ headers }: Response) => [headers.get('content-length'), headers.get('content-range')];

test('a file is answered whole and in ranges, like a server would, and may be stored nowhere', async () => {
  const { store } = await keepBoth();
  const whole = await offlineFile(shaOf(WHOLE), 'audio/mpeg', null);
  expect([whole.status, ...headersOf(whole)]).toEqual([200, '3007', null]);
  expect(await bodyOf(whole)).toEqual(WHOLE);
  const part = await offlineFile(shaOf(WHOLE), 'audio/mpeg', 'bytes=990-2010');
  expect([part.status, ...headersOf(part)]).toEqual([206, '1021', 'bytes 990-2010/3007']);
  expect(await bodyOf(part)).toEqual(WHOLE.slice(990, 2011));
  const over = await offlineFile(shaOf(WHOLE), 'audio/mpeg', 'bytes=3007-');
  expect([over.status, ...headersOf(over)]).toEqual([416, null, 'bytes */3007']);
  const short = await offlineFile(shaOf(SHORT), 'text/vtt', 'bytes=-4');
  expect([short.status, await bodyOf(short)]).toEqual([206, SHORT.slice(-4)]);
  for (const { headers } of [whole, part, over, short])
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
  store.close();
});

test('any range is what a slice of the file is', async () => {
  const { store } = await keepBoth();
  const edge = fc.integer({ min: 0, max: WHOLE.length - 1 });
  await fc.assert(
    fc.asyncProperty(edge, edge, async (a, b) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)];
      const response = await offlineFile(shaOf(WHOLE), 'audio/mpeg', `bytes=${first}-${last}`);
      expect(await bodyOf(response)).toEqual(WHOLE.slice(first, last + 1));
    }),
    { numRuns: 60 }
  );
  store.close();
});

test.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript', '', 'audio/mpeg; x="\r\n"'])(
  'nothing is answered as %s',
  async (type) => {
    const { store } = await keepBoth();
    const { headers } = await offlineFile(shaOf(SHORT), type, null);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    store.close();
  }
);

test('a piece that is gone ends the answer as broken, and a manifest that is gone means that there is no file', async () => {
  const { store, pieces } = await keepBoth();
  const response = await offlineFile(shaOf(WHOLE), 'audio/mpeg', null);
  await store.removePieces(pieces.slice(2));
  await expect(bodyOf(response)).rejects.toThrow();
  await store.removePieces([shaOf(WHOLE)]);
  expect((await offlineFile(shaOf(WHOLE), 'audio/mpeg', null)).status).toBe(404);
  store.close();
});
