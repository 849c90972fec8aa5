import { createHash } from 'node:crypto';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Course, MediaFile } from '$lib/domain/documents/course';
import { NoSpace } from '$lib/store/types';
import { stayingBeside } from './course-files';
import { courseState, downloadCourse, filesOf, removeCourse } from './media';
import { FakeServer } from './testing/fake-server';

let server: FakeServer;
let pieces: Map<string, Uint8Array<ArrayBuffer>>;

const someStore = (space = Number.POSITIVE_INFINITY) => ({
  hasPieces: (shas: string[]) => Promise.resolve(new Set(shas.filter((sha) => pieces.has(sha)))),
  claimPieces: (files: MediaFile[]) =>
    Promise.resolve(new Set(files.map(({ sha256 }) => sha256).filter((sha) => pieces.has(sha)))),
  putPiece: (sha256: string, body: Uint8Array<ArrayBuffer>) => {
    if (pieces.size >= space) return Promise.reject(new NoSpace());
    return Promise.resolve(void pieces.set(sha256, body));
  },
  piece: (sha: string) => Promise.resolve(pieces.get(sha)),
  joinPieces: () => Promise.reject(new Error('there is no long file')),
  removePieces: (shas: string[]) => Promise.resolve(shas.forEach((sha) => pieces.delete(sha))),
  secret: () => Promise.resolve(server.session.refresh),
  setSecret: () => Promise.resolve(),
  setting: () => Promise.resolve(undefined),
  changeSetting: () => Promise.resolve()
});

function file(size: number, fill: number): MediaFile {
  const body = new Uint8Array(size).fill(fill);
  const sha256 = createHash('sha256').update(body).digest('hex');
  server.media.set(sha256, body);
  return { sha256, size, type: 'application/octet-stream' };
}

const course = (...files: MediaFile[]): Pick<Course, 'cover' | 'chapters'> => ({
  chapters: files.map((one, index) => ({
    id: String(index),
    title: 'Bab',
    form: 'text',
    file: one,
    images: [files[0] ?? one]
  }))
});

beforeEach(() => {
  server = new FakeServer();
  pieces = new Map();
  vi.stubGlobal('fetch', server.fetch);
});

test('every file once, with progress up to the size that was promised', async () => {
  const book = course(file(100, 1), file(50, 2));
  const store = someStore();
  const seen: number[] = [];
  expect(await courseState(store, book)).toEqual({ done: 0, total: 150, complete: false });
  await downloadCourse(store, book, { onProgress: ({ done }) => seen.push(done) });
  expect(await courseState(store, book)).toEqual({ done: 150, total: 150, complete: true });
  expect(server.count('/media/')).toBe(2);
  expect([seen[0], seen.at(-1)]).toEqual([0, 150]);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('only what is missing is fetched', async () => {
  const book = course(file(10, 1), file(20, 2));
  const store = someStore();
  await downloadCourse(store, book);
  const [first] = filesOf(book);
  pieces.delete(first?.sha256 ?? '');
  await downloadCourse(store, book);
  expect(server.count('/media/')).toBe(3);
});

test('a damaged file is fetched once more, and then it is an error; what arrived before stays', async () => {
  const good = file(10, 1);
  const bad = file(20, 2);
  const original = server.media.get(bad.sha256) ?? new Uint8Array();
  server.media.set(
    bad.sha256,
    original.map((byte, index) => (index === 3 ? byte ^ 1 : byte))
  );
  const store = someStore();
  await expect(downloadCourse(store, course(good, bad))).rejects.toMatchObject({ reason: 'damaged' });
  expect(server.count(bad.sha256)).toBe(2);
  expect([...pieces.keys()]).toEqual([good.sha256]);
  server.media.set(bad.sha256, original);
  await downloadCourse(store, course(good, bad));
  expect(pieces.size).toBe(2);
});

test('a link that breaks in the middle of a file goes on from the byte it reached', async () => {
  const big = file(1000, 7);
  const ranges: (string | null)[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const response = await server.fetch(input, init);
    if (!input.includes('/media/')) return response;
    ranges.push(new Headers(init.headers).get('range'));
    const body = new Uint8Array(await response.arrayBuffer()).slice(0, 400);
    return new Response(body, { status: response.status });
  });
  await downloadCourse(someStore(), course(big));
  expect(ranges).toEqual([null, 'bytes=400-', 'bytes=800-']);
  expect(pieces.size).toBe(1);
});

test('a server that asks to wait is asked again after that time, and for the rest', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const big = file(1000, 7);
  const asked: { range: string | null; at: number }[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const response = await server.fetch(input, init);
    if (!input.includes('/media/')) return response;
    asked.push({ range: new Headers(init.headers).get('range'), at: Date.now() });
    if (asked.length === 1) return new Response((await response.arrayBuffer()).slice(0, 400), { status: 200 });
    if (asked.length === 2) return new Response('{}', { status: 429, headers: { 'retry-after': '7' } });
    return response;
  });
  const download = downloadCourse(someStore(), course(big));
  await vi.advanceTimersByTimeAsync(7_000);
  await download;
  expect(asked.map(({ range }) => range)).toEqual([null, 'bytes=400-', 'bytes=400-']);
  expect((asked[2]?.at ?? 0) - (asked[1]?.at ?? 0)).toBe(7_000);
  expect(pieces.size).toBe(1);
});

test('no link at all ends with an error that says so', async () => {
  const book = course(file(10, 1));
  server.fault = ({ path }) => (path.startsWith('/media') ? 'refused' : undefined);
  await expect(downloadCourse(someStore(), book)).rejects.toMatchObject({ code: 'offline' });
});

test('a file that is not on the server, or longer than the course says, is an error at once', async () => {
  const one = file(10, 1);
  await expect(downloadCourse(someStore(), course({ ...one, size: 5 }))).rejects.toMatchObject({ reason: 'damaged' });
  server.media.clear();
  await expect(downloadCourse(someStore(), course(one))).rejects.toMatchObject({ reason: 'missing' });
});

test('a full disk stops the download and leaves what is there', async () => {
  const book = course(file(10, 1), file(10, 2));
  await expect(downloadCourse(someStore(1), book)).rejects.toBeInstanceOf(NoSpace);
  expect(pieces.size).toBe(1);
});

test('the signal stops it', async () => {
  const stop = new AbortController();
  const book = course(file(10, 1), file(10, 2));
  const download = downloadCourse(someStore(), book, {
    signal: stop.signal,
    onProgress: ({ done }) => done >= 10 && stop.abort()
  });
  await expect(download).rejects.toMatchObject({ code: 'aborted' });
});

test('removing a course keeps files that another one shows', async () => {
  const shared = file(10, 1);
  const store = someStore();
  const [one, two] = [course(file(10, 2), shared), course(shared)];
  await downloadCourse(store, one);
  await removeCourse(store, one, [two]);
  expect([...pieces.keys()]).toEqual([shared.sha256]);
});

test('courses that are here keep what they share with one that goes; one that was never taken does not', async () => {
  const shared = file(10, 1);
  const [gone, whole, begun, absent] = [
    course(shared, file(10, 2)),
    course(shared),
    course(file(10, 3), shared, file(10, 4)),
    course(shared, file(10, 5))
  ];
  const store = someStore();
  await downloadCourse(store, gone);
  const [first] = filesOf(begun);
  if (first) pieces.set(first.sha256, new Uint8Array());
  expect(await stayingBeside(store, gone, [whole, begun, absent])).toEqual([whole, begun]);
  await removeCourse(store, gone, await stayingBeside(store, gone, [absent]));
  expect(pieces.has(shared.sha256)).toBe(false);
});
