import fc from 'fast-check';
import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { fromBase45, toBase45 } from './base45';
import { FRAME_BYTES, FRAMES_LIMIT, frameText, readFrame } from './frame';
import { gatherSeries, toSeries, type Gathered } from './series';

const some = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const seriesOf = async (parcel: Uint8Array<ArrayBuffer>): Promise<string[]> => (await toSeries(parcel)) ?? [];

/** A code as a camera sees it, four pixels to a module. */
function photograph(text: string) {
  const dots = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const size = dots.length * 4;
  const data = new Uint8ClampedArray(size * size * 4);
  for (let at = 0; at < size * size; at += 1) {
    const isDark = dots[Math.floor(at / size / 4)]?.[Math.floor((at % size) / 4)];
    data.set(isDark ? [0, 0, 0, 255] : [255, 255, 255, 255], at * 4);
  }
  return { width: size, height: size, data, modules: dots.length - 8 };
}

test('base 45 is that of RFC 9285', () => {
  expect(toBase45(new TextEncoder().encode('Hello!!'))).toBe('%69 VD92EX0');
  expect(fromBase45('QED8WEX0')).toEqual(new TextEncoder().encode('ietf!'));
  for (const wrong of ['GGW', 'A', '::', 'a12']) expect(fromBase45(wrong)).toBeUndefined();
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void expect(fromBase45(toBase45(bytes))).toEqual(bytes)));
});

test('every code of a series is read by a camera, and none is larger than a cheap one can read', async () => {
  const parcel = some(FRAMES_LIMIT * FRAME_BYTES);
  for (const text of (await seriesOf(parcel)).slice(-8)) {
    const photo = photograph(text);
    expect(photo.modules).toBeLessThanOrEqual(61);
    expect(decodeQR(photo)).toBe(text);
  }
  expect(await toSeries(some(parcel.length + 1))).toBeUndefined();
});

describe('gathering', () => {
  test('two parcels come out of codes in any order, doubled, mixed and among others', async () => {
    const sizes = fc.integer({ min: 1, max: 12_000 });
    await fc.assert(
      fc.asyncProperty(
        sizes,
        sizes,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (a, b, luck) => {
          const parcels = [some(a), some(b)];
          const texts = (await Promise.all(parcels.map(seriesOf))).flat();
          const order = [...texts, 'https://contoh.go.id', texts[0]?.slice(0, -2) ?? '']
            .flatMap((text) => [text, text])
            .map((text) => ({ text, at: luck.next().value }))
            .sort((x, y) => x.at - y.at);
          const series = gatherSeries();
          const whole: Uint8Array[] = [];
          for (const { text } of order) {
            const taken = await series.take(text);
            expect(taken.state).not.toBe('damaged');
            if (taken.state === 'whole') whole.push(taken.parcel);
          }
          for (const parcel of parcels) expect(whole).toContainEqual(parcel);
        }
      ),
      { numRuns: 40 }
    );
  });

  test('it says how far it is', async () => {
    const texts = await seriesOf(some(5 * FRAME_BYTES));
    const series = gatherSeries();
    const says: Gathered[] = [];
    for (const at of [3, 0, 3]) says.push(await series.take(texts[at] ?? ''));
    expect(says.at(-1)).toEqual({ state: 'partial', have: 2, total: 5, missing: [2, 3, 5] });
  });

  test('a character that was read wrongly is noticed, wherever it stands', async () => {
    const [text = ''] = await seriesOf(some(150));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0123456789ABCDEFGHIJ $%*+-./:'), (at, other) => {
        const wrong = text.slice(0, at) + other + text.slice(at + 1);
        if (wrong !== text) expect(readFrame(wrong)).toBeUndefined();
      })
    );
  });

  test('codes that only claim to be one parcel make none', async () => {
    const texts = await seriesOf(some(2 * FRAME_BYTES));
    const frame = readFrame(texts[1] ?? '');
    if (!frame) throw new Error('it is a frame');
    const forged = frameText({ ...frame, payload: some(FRAME_BYTES) });
    const series = gatherSeries();
    expect(await series.take(texts[0] ?? '')).toMatchObject({ state: 'partial', have: 1 });
    expect(await series.take(forged)).toEqual({ state: 'damaged' });
    expect(await series.take(frameText({ ...frame, total: 60 }))).toMatchObject({ have: 1, total: 60 });
    expect(await series.take(texts[1] ?? '')).toMatchObject({ have: 1, total: 2 });
    expect(await series.take(texts[0] ?? '')).toMatchObject({ state: 'whole' });
  });

  test('memory does not grow with what somebody shows', async () => {
    const series = gatherSeries();
    const first = await seriesOf(some(2 * FRAME_BYTES));
    await series.take(first[0] ?? '');
    for (let more = 0; more < 10; more += 1) await series.take((await seriesOf(some(2 * FRAME_BYTES)))[0] ?? '');
    expect(await series.take(first[1] ?? '')).toMatchObject({ state: 'partial', have: 1 });
  });
});
