import sharp from 'sharp';
import { findAll, parseXml } from './xml.ts';

/** Longest side of a drawn picture in pixels: sharp on a phone, small on the way there. */
const LONGEST = 1_200;

/** Bytes of a drawing; what is larger was traced from a photograph and is no drawing. */
const LARGEST = 2 * 1024 * 1024;

/** Pixels that a drawing may claim for itself, and seconds that drawing it may take. */
const PIXELS = 64_000_000;
const SECONDS = 5;

/**
 * An SVG drawing as a WebP picture: what it holds besides (scripts, links, outside content) has no way into one. The
 * drawing is parsed here first, so that no entity is expanded; nothing outside it is loaded, as it has no address.
 */
export async function draw(bytes: Uint8Array, path: string): Promise<Uint8Array | undefined> {
  if (bytes.byteLength > LARGEST) return undefined;
  try {
    const root = parseXml(bytes, path);
    if (root.name !== 'svg' || findAll(root, 'image').some(isOutside)) return undefined;
    const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: PIXELS }).metadata();
    const longest = Math.max(width, height);
    if (longest === 0) return undefined;
    // Drawings tell a size for paper; twice of it is sharp on most phones.
    const density = Math.max(1, Math.min(72 * 2, (72 * LONGEST) / longest));
    const drawn = await sharp(bytes, { density, limitInputPixels: PIXELS })
      .timeout({ seconds: SECONDS })
      .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true })
      .webp({ lossless: true, effort: 4 })
      .toBuffer();
    return new Uint8Array(drawn);
  } catch {
    return undefined;
  }
}

const isOutside = ({ attributes }: { attributes: Map<string, string> }): boolean =>
  !(attributes.get('href') ?? '').startsWith('data:');
