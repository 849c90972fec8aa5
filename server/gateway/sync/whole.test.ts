import { expect, test } from 'vitest';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { gather, packed } from './whole.ts';

async function* blocks(sizes: number[], error?: Error): AsyncGenerator<string> {
  for (const size of sizes) yield 'x'.repeat(size);
  if (error) throw error;
}

test('a short answer is whole, a long one begins with what was read to find out', async () => {
  expect(await gather(blocks([]))).toEqual({ text: '', whole: true });
  expect(await gather(blocks([100, 200]))).toEqual({ text: 'x'.repeat(300), whole: true });
  const rest = blocks([10_000, 10_000, 10_000]);
  expect(await gather(rest)).toEqual({ text: 'x'.repeat(20_000), whole: false });
  expect(await rest.next()).toEqual({ done: false, value: 'x'.repeat(10_000) });
});

test('what was read before an error counts, and an error before everything is one', async () => {
  const error = new Error('the database went away');
  expect(await gather(blocks([100], error))).toEqual({ text: 'x'.repeat(100), whole: false, error });
  await expect(gather(blocks([], error))).rejects.toBe(error);
});

test('each coding gives the text back, and equal answers are compressed once', () => {
  const text = '["e",1764000000000]\n'.repeat(20);
  expect(brotliDecompressSync(Uint8Array.from(packed('br', text))).toString()).toBe(text);
  expect(zstdDecompressSync(Uint8Array.from(packed('zstd', text))).toString()).toBe(text);
  expect(gunzipSync(Uint8Array.from(packed('gzip', text))).toString()).toBe(text);
  expect(packed('br', text)).toBe(packed('br', text));
});

test('what is remembered stays bounded', () => {
  const first = packed('br', 'first');
  for (let index = 0; index < 200; index += 1) packed('gzip', `${index}`.padEnd(10_000));
  expect(packed('br', 'first')).not.toBe(first);
});
