import sharp from 'sharp';
import { sha256Of } from '../text.ts';
import type { CourseFile } from '../types.ts';

/** Bytes of a cover: a catalogue shows many, and a weak link carries them all. */
const MOST = 30 * 1024;

/** From the best looking to the smallest; one of them fits. */
const STEPS = [
  { side: 480, quality: 72 },
  { side: 400, quality: 55 },
  { side: 320, quality: 40 },
  { side: 200, quality: 25 }
];

/** The cover as a WebP picture of at most 30 KB with its own proportions; undefined when it cannot be decoded. */
export async function smallCover({ body }: CourseFile): Promise<CourseFile | undefined> {
  try {
    for (const { side, quality } of STEPS) {
      const small = await sharp(body, { limitInputPixels: 100_000_000 })
        .timeout({ seconds: 10 })
        .rotate()
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .webp({ quality, effort: 5 })
        .toBuffer();
      if (small.byteLength <= MOST) {
        const bytes = new Uint8Array(small);
        return { sha256: sha256Of(bytes), type: 'image/webp', body: bytes };
      }
    }
  } catch {
    return undefined;
  }
  return undefined;
}
