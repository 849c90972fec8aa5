import { id3Length, readId3 } from './id3.ts';
import { cutOff, damaged } from './refuse.ts';
import type { Recording } from './types.ts';

/** kbit/s by index (ISO/IEC 11172-3 §2.4.2.3, 13818-3): layer III of MPEG-1, and of MPEG-2 and 2.5. */
const BIT_RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BIT_RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES = [44_100, 48_000, 32_000];

/** Frames that must follow one another before bytes are taken for sound. */
const ENOUGH = 3;

/** Share of the frames that a file says it has; what is shorter has lost its end. */
const WHOLE = 0.99;

interface Frame {
  length: number;
  samples: number;
  rate: number;
  mpeg1: boolean;
  mono: boolean;
}

function frameAt(view: Buffer, at: number): Frame | undefined {
  if (at + 4 > view.length) return undefined;
  const head = view.readUInt32BE(at);
  const version = (head >>> 19) & 3;
  const layer = (head >>> 17) & 3;
  if (head >>> 21 !== 0x7ff || version === 1 || layer !== 1) return undefined;
  const mpeg1 = version === 3;
  const kbits = (mpeg1 ? BIT_RATES_1 : BIT_RATES_2)[(head >>> 12) & 15];
  const base = SAMPLE_RATES[(head >>> 10) & 3];
  if (!kbits || !base) return undefined;
  const rate = base / (mpeg1 ? 1 : version === 2 ? 2 : 4);
  const samples = mpeg1 ? 1152 : 576;
  const length = Math.floor(((samples / 8) * kbits * 1_000) / rate) + ((head >>> 9) & 1);
  return { length, samples, rate, mpeg1, mono: ((head >>> 6) & 3) === 3 };
}

/** Where sound begins: behind the tags, at the first of several frames in a row. */
function startOf(view: Buffer): number {
  let at = 0;
  for (let tag = id3Length(view, at); tag > 0; tag = id3Length(view, at)) at += tag;
  // Encoders pad behind the tag; looking far would find frames in anything.
  for (const end = Math.min(view.length, at + 4_096); at < end; at += 1) if (isRun(view, at)) return at;
  return -1;
}

function isRun(view: Buffer, start: number): boolean {
  let at = start;
  for (let count = 0; count < ENOUGH; count += 1) {
    const frame = frameAt(view, at);
    if (!frame) return false;
    at += frame.length;
  }
  return true;
}

export const isMpeg = (view: Buffer): boolean =>
  id3Length(view) > 0 || (frameAt(view, 0) !== undefined && isRun(view, 0));

/** The count of frames that an encoder wrote into the first one ("Xing", "Info"); undefined when there is none. */
function declaredFrames(view: Buffer, at: number, { mpeg1, mono }: Frame): number | undefined {
  const place = at + 4 + (mpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17);
  if (place + 12 > view.length) return undefined;
  const mark = view.toString('latin1', place, place + 4);
  return (mark === 'Xing' || mark === 'Info') && view.readUInt32BE(place + 4) & 1
    ? view.readUInt32BE(place + 8)
    : undefined;
}

/** An MP3 file. Every frame is counted, so that the length is true whatever a header claims. */
export function readMpeg(view: Buffer, name: string): Recording {
  const start = startOf(view);
  const first = start < 0 ? undefined : frameAt(view, start);
  if (!first) throw id3Length(view) >= view.length ? cutOff(name) : damaged(name, 'there is no sound behind its tag.');
  const declared = declaredFrames(view, start, first);
  let seconds = 0;
  let frames = 0;
  let at = start;
  while (at < view.length) {
    const frame = frameAt(view, at);
    if (!frame || at + frame.length > view.length) break;
    // The frame that only holds the count makes no sound.
    if (frames > 0 || declared === undefined) seconds += frame.samples / frame.rate;
    frames += 1;
    at += frame.length;
  }
  if (declared !== undefined && frames - 1 < declared * WHOLE) throw cutOff(name);
  return { form: 'audio', type: 'audio/mpeg', seconds, ...readId3(view.subarray(0, id3Length(view))) };
}
