import sharp from 'sharp';
import { sha256Of } from '../text.ts';
import type { CourseFile } from '../types.ts';

/** Longest side of a picture: what a large screen shows. */
const LONGEST = 1_600;

/** Most pixels that are decoded: a bomb has more. */
const MOST_PIXELS = 100_000_000;

export interface Smaller extends CourseFile {
  width: number;
  height: number;
}

/** The picture as WebP, which every browser that the app runs in shows; undefined when that would not be smaller. */
export async function smallerPicture({ body, type }: CourseFile): Promise<Smaller | undefined> {
  if (!/^image\/(jpeg|png|webp)$/.test(type)) return undefined;
  try {
    const picture = sharp(body, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate();
    const fitting = picture.resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await fitting.webp({ quality: 75, effort: 4 }).toBuffer({ resolveWithObject: true });
    if (data.byteLength >= body.byteLength) return undefined;
    const made = new Uint8Array(data);
    return { sha256: sha256Of(made), type: 'image/webp', body: made, width: info.width, height: info.height };
  } catch {
    // What cannot be decoded stays as it is.
    return undefined;
  }
}
