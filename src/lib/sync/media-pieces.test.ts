import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { MediaFile } from '$lib/domain/documents/course';
import { PIECE_SIZE } from '$lib/domain/documents/pieces';
import { openStore } from '$lib/store';
import { someStore } from '$lib/store/testing/fixtures';
import { NoSpace, type Store } from '$lib/store/types';
import { courseBytes, stayingBeside } from './course-files';
import { courseState, downloadCourse, removeCourse, removeOtherQualities } from './media';
import { chooseQuality, qualityOf } from './quality';
import { FakeServer } from './testing/fake-server';

const TAIL = 1_000;

let server: FakeServer;
let store: Store;
let asked: string[];

const shaOf = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');

/** Bytes of whole pieces with these fills, and a tail. */
function bytes(fills: number[]): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(fills.length * PIECE_SIZE + TAIL);
  fills.forEach((fill, index) => body.fill(fill, index * PIECE_SIZE, (index + 1) * PIECE_SIZE));
  return body;
}

/** A long file on the server as publishing makes it. */
function long(fills: number[], size?: number): MediaFile {
  const body = bytes(fills);
  const pieces = [];
  for (let start = 0; start < body.length; start += PIECE_SIZE)
    pieces.push(shaOf(body.subarray(start, start + PIECE_SIZE)));
  const manifest = new TextEncoder().encode(
    JSON.stringify({ version: 1, size: body.length, pieceSize: PIECE_SIZE, pieces })
  );
  for (const one of [body, manifest]) server.media.set(shaOf(one), one);
  return {
    sha256: shaOf(body),
    size: size ?? body.length,
    type: 'audio/mpeg',
    manifest: { sha256: shaOf(manifest), size: manifest.length }
  };
}

const course = (...files: MediaFile[]) => ({
  chapters: files.map((file, index) => ({
    id: String(index),
    title: 'Bab',
    form: 'audio' as const,
    file,
    images: []
  }))
});

/** Requests of files from now on, as ranges; the answer of one may be changed. */
function watch(change: (response: Response, number: number) => Response | Promise<Response> = (response) => response) {
  asked = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const response = await server.fetch(input, init);
    if (!input.includes('/media/')) return response;
    asked.push(new Headers(init.headers).get('range') ?? 'whole');
    return change(response, asked.length);
  });
}

/** An answer of which only so many bytes come. */
const cut = async (response: Response, length: number) =>
  new Response((await response.arrayBuffer()).slice(0, length), { status: response.status });

beforeEach(async () => {
  Dexie.dependencies.indexedDB = globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
  ({ store } = await someStore());
  await store.setSecret('refresh', server.session.refresh);
  watch();
});
afterEach(() => store.close());

test('a long file comes in one answer, is kept in pieces, and is exactly as large as promised', async () => {
  const file = long([1, 2, 3]);
  const seen: number[] = [];
  const total = file.size + (file.manifest?.size ?? 0);
  expect(await courseState(store, course(file))).toEqual({ done: 0, total, complete: false });
  await downloadCourse(store, course(file), { onProgress: ({ done }) => seen.push(done) });
  expect(asked).toEqual(['whole', `bytes=0-${file.size - 1}`]);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect([seen[0], seen.at(-1)]).toEqual([0, total]);
  expect(await courseState(store, course(file))).toEqual({ done: total, total, complete: true });
  expect(await store.piece(file.sha256)).toEqual(bytes([1, 2, 3]));
  expect(await store.pieceBytes()).toBe(total);
});

test('what was stopped in the middle goes on at the next missing piece, in another tab as well', async () => {
  const { store: first, vault } = await someStore();
  await first.setSecret('refresh', server.session.refresh);
  const file = long([1, 2, 3]);
  const stop = new AbortController();
  watch((response, number) => (number === 2 ? cut(response, 1.5 * PIECE_SIZE) : response));
  const download = downloadCourse(first, course(file), {
    signal: stop.signal,
    onProgress: ({ done }) => done > 1.4 * PIECE_SIZE && stop.abort()
  });
  await expect(download).rejects.toMatchObject({ code: 'aborted' });
  const later = await openStore(vault);
  onTestFinished(() => later.close());
  expect(await courseState(later, course(file))).toMatchObject({
    done: PIECE_SIZE + (file.manifest?.size ?? 0),
    complete: false
  });
  watch();
  await downloadCourse(later, course(file));
  expect(asked).toEqual([`bytes=${PIECE_SIZE}-${file.size - 1}`]);
  expect(await later.piece(file.sha256)).toEqual(bytes([1, 2, 3]));
  first.close();
});

test('a link that breaks goes on from the byte it reached', async () => {
  const file = long([1, 2]);
  watch((response, number) => (number === 2 ? cut(response, PIECE_SIZE + 10) : response));
  await downloadCourse(store, course(file));
  expect(asked.slice(1)).toEqual([`bytes=0-${file.size - 1}`, `bytes=${PIECE_SIZE + 10}-${file.size - 1}`]);
  expect(await store.piece(file.sha256)).toEqual(bytes([1, 2]));
});

test('a server that knows no ranges is understood', async () => {
  const file = long([1, 2]);
  const body = bytes([1, 2]);
  watch((response, number) => {
    if (number === 1) return response;
    return number === 2 ? cut(new Response(body), PIECE_SIZE + 10) : new Response(body);
  });
  await downloadCourse(store, course(file));
  expect(await store.piece(file.sha256)).toEqual(body);
});

test('a byte that was flipped on the way costs one piece', async () => {
  const file = long([1, 2, 3]);
  watch(async (response, number) => {
    if (number !== 2) return response;
    const body = new Uint8Array(await response.arrayBuffer());
    body[PIECE_SIZE + 77] = 0;
    return new Response(body, { status: 206 });
  });
  await downloadCourse(store, course(file));
  expect(asked.slice(2)).toEqual([`bytes=${PIECE_SIZE}-${2 * PIECE_SIZE - 1}`]);
  expect(await store.piece(file.sha256)).toEqual(bytes([1, 2, 3]));
});

test('a byte that was flipped on the server is found, and the pieces before it stay', async () => {
  const file = long([1, 2, 3]);
  const body = bytes([1, 2, 3]);
  body[PIECE_SIZE + 77] = 0;
  server.media.set(file.sha256, body);
  await expect(downloadCourse(store, course(file))).rejects.toMatchObject({ reason: 'damaged' });
  expect(await courseState(store, course(file))).toMatchObject({ done: PIECE_SIZE + (file.manifest?.size ?? 0) });
  server.media.set(file.sha256, bytes([1, 2, 3]));
  await downloadCourse(store, course(file));
  expect(await store.piece(file.sha256)).toEqual(bytes([1, 2, 3]));
});

test('a manifest of another length is an error at once', async () => {
  const file = long([1, 2], 3 * PIECE_SIZE);
  await expect(downloadCourse(store, course(file))).rejects.toMatchObject({ reason: 'damaged' });
  expect(asked).toEqual(['whole']);
});

test('what two files share is fetched once and stays when one goes', async () => {
  const [one, two] = [long([1, 2]), long([1, 3])];
  await downloadCourse(store, course(one));
  watch();
  await downloadCourse(store, course(two));
  expect(asked).toEqual(['whole', `bytes=${PIECE_SIZE}-${2 * PIECE_SIZE - 1}`]);
  expect(await stayingBeside(store, course(one), [course(two)])).toEqual([course(two)]);
  await removeCourse(store, course(one), [course(two)]);
  expect(await store.piece(two.sha256)).toEqual(bytes([1, 3]));
  expect(await store.piece(one.sha256)).toBeUndefined();
  await removeCourse(store, course(two));
  expect(await store.pieceBytes()).toBe(0);
});

test('who takes what a colleague on this browser has asks the server for nothing but the manifest it holds too', async () => {
  const { store: other } = await someStore();
  onTestFinished(() => other.close());
  const file = long([1, 2]);
  await downloadCourse(store, course(file));
  await other.setSecret('refresh', server.session.refresh);
  watch();
  await downloadCourse(other, course(file));
  expect(asked).toEqual([]);
  expect(await other.piece(file.sha256)).toEqual(bytes([1, 2]));
});

test('a disk that fills up keeps what it has', async () => {
  const file = long([1, 2, 3]);
  let left = 2;
  const small: Store = {
    ...store,
    putPiece: (...piece) => ((left -= 1) < 0 ? Promise.reject(new NoSpace()) : store.putPiece(...piece))
  };
  await expect(downloadCourse(small, course(file))).rejects.toBeInstanceOf(NoSpace);
  expect(await courseState(store, course(file))).toMatchObject({ done: PIECE_SIZE + (file.manifest?.size ?? 0) });
});

test('an older copy of a long file, kept as one, counts as here', async () => {
  const file = long([4]);
  await store.putPiece(file.sha256, bytes([4]));
  expect(await courseState(store, course(file))).toMatchObject({ complete: true });
  await downloadCourse(store, course(file));
  expect(asked).toEqual([]);
});

test('the chosen quality decides what is fetched, and the other recording goes once it is replaced', async () => {
  const [best, low] = [long([1, 2, 3]), long([4])];
  const [chapter] = course(best).chapters;
  const film = {
    _id: 'course:film',
    chapters: chapter ? [{ ...chapter, variants: [{ quality: 'low' as const, file: low }] }] : []
  };
  const bytesOf = (file: MediaFile) => file.size + (file.manifest?.size ?? 0);
  await chooseQuality(store, film._id, 'low');
  await downloadCourse(store, film);
  expect(await courseState(store, film)).toMatchObject({ total: bytesOf(low), complete: true });
  expect(await store.pieceBytes()).toBe(bytesOf(low));
  await chooseQuality(store, film._id, 'high');
  expect(await courseState(store, film)).toMatchObject({ done: 0, total: bytesOf(best), complete: false });
  await downloadCourse(store, film);
  expect(await courseBytes(store, film)).toBe(bytesOf(low) + bytesOf(best));
  await removeOtherQualities(store, film, []);
  expect(await store.pieceBytes()).toBe(bytesOf(best));
  expect(await courseBytes(store, film)).toBe(bytesOf(best));
  await chooseQuality(store, 'course:other', 'audio');
  expect(await qualityOf(store, film._id)).toBe('high');
  expect(await qualityOf(store, 'course:third')).toBe('audio');
});
