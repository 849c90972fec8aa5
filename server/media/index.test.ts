import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeOf, sha256Of } from './files.ts';
import { openMediaStore } from './index.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'media-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
};

const incoming = () => readdir(path.join(folder, '.incoming'));

test('a stored file is found by its SHA-256 and comes back whole', async () => {
  const store = await openMediaStore(folder);
  const body = crypto.getRandomValues(new Uint8Array(60_000));
  const sha256 = await store.put(body);
  expect(sha256).toBe(sha256Of(body));
  expect(await store.put(body)).toBe(sha256);
  expect(await store.has(sha256)).toBe(true);
  const opened = await (await openMediaStore(folder)).open(sha256);
  expect(opened?.size).toBe(body.length);
  expect(opened && (await bytesOf(opened.stream))).toEqual(body);
  expect(await incoming()).toEqual([]);
});

test('a range is exactly the asked bytes, clamped to the file', async () => {
  const store = await openMediaStore(folder);
  const body = Uint8Array.from({ length: 150_000 }, (_, index) => (index * 7) % 251);
  const sha256 = await store.put(body);
  const edge = fc.integer({ min: 0, max: 160_000 });
  await fc.assert(
    fc.asyncProperty(edge, edge, async (start, end) => {
      const opened = await store.open(sha256, { start, end });
      expect(opened?.size).toBe(body.length);
      expect(opened && (await bytesOf(opened.stream))).toEqual(body.slice(start, Math.max(start, end)));
    }),
    { numRuns: 40 }
  );
});

test('an empty file is a file', async () => {
  const store = await openMediaStore(folder);
  const opened = await store.open(await store.put(new Uint8Array()));
  expect(opened?.size).toBe(0);
  expect(opened && (await bytesOf(opened.stream))).toEqual(new Uint8Array());
});

test('names that are no SHA-256 are not here, and never leave the folder', async () => {
  const store = await openMediaStore(folder);
  for (const name of ['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, 'a'.repeat(64)]) {
    expect(await store.has(name)).toBe(false);
    expect(await store.open(name)).toBeUndefined();
  }
});

test('a damaged file is replaced by the next put', async () => {
  const store = await openMediaStore(folder);
  const body = new TextEncoder().encode('isi yang benar');
  const sha256 = await store.put(body);
  await writeFile(placeOf(folder, sha256), 'isi yang salah');
  await store.put(body);
  const opened = await store.open(sha256);
  expect(opened && (await bytesOf(opened.stream))).toEqual(body);
});

test('opening removes what a dead import left, not what a running one writes', async () => {
  await openMediaStore(folder);
  const dead = path.join(folder, '.incoming', '2147483646-dead');
  const alive = path.join(folder, '.incoming', `${process.ppid}-alive`);
  const hung = path.join(folder, '.incoming', `${process.ppid}-hung`);
  for (const file of [dead, alive, hung]) await writeFile(file, 'half');
  const long = new Date(Date.now() - 2 * 3_600_000);
  await utimes(hung, long, long);
  await openMediaStore(folder);
  expect(await incoming()).toEqual([path.basename(alive)]);
});

test('many puts of the same bytes at once store one file', async () => {
  const store = await openMediaStore(folder);
  const body = crypto.getRandomValues(new Uint8Array(5_000));
  const names = await Promise.all(Array.from({ length: 20 }, () => store.put(body)));
  expect(new Set(names).size).toBe(1);
  expect(await readdir(path.dirname(placeOf(folder, names[0] ?? '')))).toHaveLength(1);
});
