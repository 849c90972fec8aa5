import { ImportRefused } from '../types.ts';
import { isMatroska, readMatroska } from './matroska.ts';
import { isMp4, readMp4 } from './mp4.ts';
import { isMpeg, readMpeg } from './mpeg.ts';
import { isOgg, readOgg } from './ogg.ts';
import { isWav, readWav } from './wav.ts';
import type { Recording } from './types.ts';

export type { Recording } from './types.ts';

type Reader = (view: Buffer, name: string) => Recording;

const READERS: [is: (view: Buffer) => boolean, read: Reader][] = [
  [isMp4, readMp4],
  [isOgg, readOgg],
  [isWav, readWav],
  [isMatroska, readMatroska],
  // Last, as its mark is the shortest.
  [isMpeg, readMpeg]
];

/**
 * Reads what a recording is, how long, and its words; undefined when it is none of the kinds that the app plays: MP3,
 * MP4 (M4A), Ogg (Opus, Vorbis), WAV and WebM. The bytes decide, never the name.
 * @throws ImportRefused when it is cut off, damaged or locked
 */
export function readRecording(bytes: Uint8Array, name: string): Recording | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = READERS.find(([is]) => is(view))?.[1];
  if (!reader) return undefined;
  try {
    return reader(view, name);
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    // Reading past the end throws: a length in the file led there.
    throw new ImportRefused('unreadable', `${name} is damaged or cut off: ${(error as Error).message}`);
  }
}
