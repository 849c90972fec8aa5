import decodeQR from 'qr/decode.js';

export interface Look {
  /** Longest side that is looked at, px. */
  side: number;
  /** Only the square in the middle: who holds a camera aims. */
  isAimed?: boolean;
  /** Longest time for a code that is hard to read, ms. */
  patience?: number;
}

const canvas = document.createElement('canvas');

/** What the code in a picture says; undefined when none can be read. */
export function codeIn(
  picture: CanvasImageSource,
  { width, height }: { width: number; height: number },
  { side, isAimed = false, patience }: Look
): string | undefined {
  const [w, h] = isAimed ? [Math.min(width, height), Math.min(width, height)] : [width, height];
  const scale = Math.min(1, side / Math.max(w, h));
  canvas.width = Math.round(w * scale);
  canvas.height = Math.round(h * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || !canvas.width || !canvas.height) return undefined;
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h, 0, 0, canvas.width, canvas.height);
  const options = patience === undefined ? {} : { effort: Infinity, timeLimit: patience };
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), options);
  } catch {
    return undefined;
  }
}

/** The same for an image file. */
export async function codeInFile(file: File): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  try {
    return codeIn(picture, picture, { side: 1_600, patience: 3_000 });
  } finally {
    picture.close();
  }
}
