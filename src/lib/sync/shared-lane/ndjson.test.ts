import { expect, test } from 'vitest';
import { parseLines } from './ndjson';

async function* chunksOf(...parts: Uint8Array[]) {
  yield* parts;
}

async function collect(...parts: Uint8Array[]): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const some of parseLines(chunksOf(...parts))) rows.push(...some);
  return rows;
}

const ROWS = [
  ['d', 0, { _id: 'post:1', text: 'Selamat pagi ☀️ 𝌆 – kawan' }],
  ['c', 0, 'tanda'],
  ['e', 1]
];
const BYTES = new TextEncoder().encode(ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''));

test('rows are the same wherever the bytes are split, also inside a character', async () => {
  for (let at = 0; at <= BYTES.length; at += 1) {
    expect(await collect(BYTES.slice(0, at), BYTES.slice(at))).toEqual(ROWS);
  }
});

test('an answer cut at any byte gives the whole rows before the cut and nothing else', async () => {
  const text = new TextDecoder().decode(BYTES);
  for (let at = 0; at <= BYTES.length; at += 1) {
    const whole = BYTES.slice(0, at).filter((byte) => byte === 10).length;
    expect(await collect(BYTES.slice(0, at))).toEqual(ROWS.slice(0, whole));
  }
  expect(text.endsWith('\n')).toBe(true);
});

test('a broken line is trouble of the server, blank lines are nothing', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(await collect(bytes('\n[1]\n\r\n'))).toEqual([[1]]);
  await expect(collect(bytes('[1\n'))).rejects.toMatchObject({ code: 'server' });
});
