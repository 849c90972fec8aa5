import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, readManifest, slicesOf, type Manifest } from './pieces.ts';

const sha = (index: number) => index.toString(16).padStart(64, '0');

const manifestOf = (size: number, pieceSize: number): Manifest => ({
  version: 1,
  size,
  pieceSize,
  pieces: Array.from({ length: Math.ceil(size / pieceSize) }, (_, index) => sha(index))
});

const file = fc.record({ size: fc.integer({ min: 0, max: 2_000 }), pieceSize: fc.integer({ min: 1, max: 300 }) });

test('pieces lie one after the other and add up to the file', () => {
  fc.assert(
    fc.property(file, ({ size, pieceSize }) => {
      let end = 0;
      for (const piece of piecesOf(manifestOf(size, pieceSize))) {
        expect(piece.start).toBe(end);
        expect(piece.size).toBeGreaterThan(0);
        end += piece.size;
      }
      expect(end).toBe(size);
    })
  );
});

test('the slices of a range, put together, are the bytes of the range, and no piece is opened in vain', () => {
  fc.assert(
    fc.property(file, fc.nat(), fc.nat(), ({ size, pieceSize }, a, b) => {
      const [start = 0, end = 0] = [a % (size + 1), b % (size + 1)].sort((one, other) => one - other);
      const bytes = Array.from({ length: size }, (_, index) => index);
      const slices = slicesOf(manifestOf(size, pieceSize), { start, end });
      for (const { from, to } of slices) expect(to).toBeGreaterThan(from);
      const joined = slices.flatMap((one) => bytes.slice(one.start, one.start + one.size).slice(one.from, one.to));
      expect(joined).toEqual(bytes.slice(start, end));
    })
  );
});

test('a manifest whose pieces do not add up is none', () => {
  const written = (manifest: Manifest) => new TextEncoder().encode(JSON.stringify(manifest));
  const good = manifestOf(10, 4);
  expect(readManifest(written(good))).toEqual(good);
  expect(() => readManifest(written({ ...good, size: 13 }))).toThrow('add up');
  expect(() => readManifest(new TextEncoder().encode('no manifest'))).toThrow();
});
