import { pack, type Coding } from '../coding.ts';

/** Answers up to so many characters are sent whole. */
const WHOLE = 16 * 1024;

/** Compressed answers that are remembered: bytes of what they were made of. */
const CAPACITY = 1024 * 1024;

/** The beginning of an answer, or all of it. */
export interface Head {
  text: string;
  whole: boolean;
  /** What went wrong after the first block; the text before it still counts. */
  error?: unknown;
}

/** Takes blocks until it is clear whether the answer is short. Throws what goes wrong before the first block. */
export async function gather(blocks: AsyncGenerator<string>): Promise<Head> {
  const first = await blocks.next();
  let text = first.done ? '' : first.value;
  try {
    while (text.length <= WHOLE) {
      const next = await blocks.next();
      if (next.done) return { text, whole: true };
      text += next.value;
    }
    return { text, whole: false };
  } catch (error) {
    return { text, whole: false, error };
  }
}

const known = new Map<string, NonSharedBuffer>();
let size = 0;

/** What `make` makes, made once as long as there is room to remember it. The key says all that goes into it. */
export function remembered(key: string, make: () => NonSharedBuffer): NonSharedBuffer {
  const before = known.get(key);
  if (before) return before;
  const bytes = make();
  if (size + key.length > CAPACITY) {
    known.clear();
    size = 0;
  }
  known.set(key, bytes);
  size += key.length;
  return bytes;
}

/**
 * A short answer, compressed. Devices that stand at the same place get the same answer, so a thousand that are woken
 * by one post cost one compression.
 */
export const packed = (coding: Coding, text: string): NonSharedBuffer =>
  remembered(coding + text, () => pack(coding, text));
