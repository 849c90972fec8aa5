import { cutOff, damaged } from './refuse.ts';
import type { Recording } from './types.ts';

/** Whole numbers, floating point, and the extensible form of both: what every browser plays. */
const PLAYABLE = new Set([1, 3, 0xfffe]);

export const isWav = (view: Buffer): boolean =>
  view.length >= 12 && view.toString('latin1', 0, 4) === 'RIFF' && view.toString('latin1', 8, 12) === 'WAVE';

/** A WAV file: chunks, of which `fmt ` says how many bytes a second are, and `data` how many there are. */
export function readWav(view: Buffer, name: string): Recording {
  let rate = 0;
  let at = 12;
  while (at + 8 <= view.length) {
    const id = view.toString('latin1', at, at + 4);
    const size = view.readUInt32LE(at + 4);
    if (id === 'data') {
      if (rate === 0) throw damaged(name, 'its sound comes before its form.');
      if (at + 8 + size > view.length) throw cutOff(name);
      return { form: 'audio', type: 'audio/wav', seconds: size / rate };
    }
    if (id === 'fmt ') {
      if (!PLAYABLE.has(view.readUInt16LE(at + 8))) throw damaged(name, 'its compression cannot be played.');
      rate = view.readUInt32LE(at + 16);
    }
    at += 8 + size + (size % 2);
  }
  throw cutOff(name);
}
