/** What a picture is by its own bytes; names and media types in a book are claims. */
export interface PictureKind {
  type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  width: number;
  height: number;
}

/** The kind and size in pixels of a picture, or undefined when it is none of the four kinds the app shows. */
export function identify(bytes: Uint8Array): PictureKind | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view);
  return found && found.width > 0 && found.height > 0 ? found : undefined;
}

const starts = (view: Buffer, at: number, text: string): boolean =>
  view.toString('latin1', at, at + text.length) === text;

function png(view: Buffer): PictureKind | undefined {
  if (view.length < 33 || !starts(view, 0, '\x89PNG\r\n\x1a\n') || !starts(view, 12, 'IHDR')) return undefined;
  return { type: 'image/png', width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

function gif(view: Buffer): PictureKind | undefined {
  if (view.length < 13 || !(starts(view, 0, 'GIF87a') || starts(view, 0, 'GIF89a'))) return undefined;
  return { type: 'image/gif', width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
}

/** RFC 9649: lossy (VP8), lossless (VP8L) and extended (VP8X) each keep their size elsewhere. */
function webp(view: Buffer): PictureKind | undefined {
  if (view.length < 30 || !starts(view, 0, 'RIFF') || !starts(view, 8, 'WEBP')) return undefined;
  const type = 'image/webp';
  if (starts(view, 12, 'VP8 '))
    return { type, width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff };
  if (starts(view, 12, 'VP8L')) {
    const bits = view.readUInt32LE(21);
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (starts(view, 12, 'VP8X')) return { type, width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 };
  return undefined;
}

/** Walks the segments to the first frame header (SOF), which holds the size (ITU-T T.81 §B.2.2). */
function jpeg(view: Buffer): PictureKind | undefined {
  if (view.length < 4 || view.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 <= view.length && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
    } else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { type: 'image/jpeg', height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) };
    } else {
      at += 2 + Math.max(view.readUInt16BE(at + 2), 2);
    }
  }
  return undefined;
}
