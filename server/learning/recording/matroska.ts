import { cutOff, damaged } from './refuse.ts';
import type { Recording } from './types.ts';

const EBML = 0x1a45dfa3;
const DOC_TYPE = 0x4282;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const TITLE = 0x7ba9;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const TRACK_TYPE = 0x83;
const CODEC = 0x86;
const CLUSTER = 0x1f43b675;
const TIMECODE = 0xe7;

/** What a WebM file may hold (webmproject.org, container guidelines). */
const CODECS = new Set(['V_VP8', 'V_VP9', 'V_AV1', 'A_OPUS', 'A_VORBIS']);

interface Element {
  id: number;
  body: Buffer;
}

export const isMatroska = (view: Buffer): boolean => view.length >= 4 && view.readUInt32BE(0) === EBML;

/** A number whose first byte says how long it is (RFC 8794 §4); all ones are "unknown", here -1. */
function sizeAt(view: Buffer, at: number): { value: number; length: number } {
  const first = view.readUInt8(at);
  const length = Math.clz32(first) - 23;
  if (length > 8) throw new Error(`no length at byte ${at}`);
  let value = first & (0xff >> length);
  let ones = value === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const byte = view.readUInt8(at + index);
    ones &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return { value: ones ? -1 : value, length };
}

function* elementsOf(view: Buffer, name: string): Generator<Element> {
  let at = 0;
  while (at < view.length) {
    const idLength = Math.clz32(view.readUInt8(at)) - 23;
    if (idLength > 4) throw damaged(name, `there is no element at byte ${at}.`);
    const id = view.readUIntBE(at, idLength);
    const { value, length } = sizeAt(view, at + idLength);
    const start = at + idLength + length;
    // A live recording does not know how long its segment and clusters are: they go on as long as the file.
    const end = value < 0 ? view.length : start + value;
    if (end > view.length) throw cutOff(name);
    yield { id, body: view.subarray(start, end) };
    at = end;
  }
}

const unsigned = (body: Buffer): number => (body.length === 0 || body.length > 6 ? 0 : body.readUIntBE(0, body.length));

const child = (body: Buffer, id: number, name: string): Buffer | undefined => {
  for (const element of elementsOf(body, name)) if (element.id === id) return element.body;
  return undefined;
};

/** A WebM file; other Matroska files have sound or pictures that browsers do not play. */
export function readMatroska(view: Buffer, name: string): Recording {
  let segment: Buffer | undefined;
  for (const { id, body } of elementsOf(view, name)) {
    if (id === EBML && child(body, DOC_TYPE, name)?.toString('latin1').replace(/\0+$/, '') !== 'webm')
      throw damaged(name, 'it is no WebM, and browsers play nothing else of its kind.');
    if (id === SEGMENT) segment = body;
  }
  if (!segment) throw cutOff(name);
  const facts = { scale: 1_000_000, duration: 0, last: 0, video: false, audio: false, title: '' };
  for (const { id, body } of elementsOf(segment, name)) {
    if (id === INFO) {
      facts.scale = unsigned(child(body, SCALE, name) ?? Buffer.alloc(0)) || facts.scale;
      const duration = child(body, DURATION, name);
      if (duration) facts.duration = duration.length === 8 ? duration.readDoubleBE(0) : duration.readFloatBE(0);
      facts.title = child(body, TITLE, name)?.toString('utf8').replace(/\0+$/, '').trim() ?? '';
    } else if (id === TRACKS) readTracks(body, facts, name);
    else if (id === CLUSTER) facts.last = Math.max(facts.last, unsigned(body.subarray(...timecode(body, name))));
  }
  if (!facts.video && !facts.audio) throw damaged(name, 'it has neither sound nor pictures.');
  const form = facts.video ? 'video' : 'audio';
  const seconds = ((facts.duration || facts.last) * facts.scale) / 1e9;
  return { form, type: `${form}/webm`, seconds, ...(facts.title && { title: facts.title }) };
}

/** The time at which a cluster begins is its first element. */
function timecode(body: Buffer, name: string): [number, number] {
  if (body.length < 2 || body.readUInt8(0) !== TIMECODE) return [0, 0];
  const { value, length } = sizeAt(body, 1);
  if (value < 0 || 1 + length + value > body.length) throw cutOff(name);
  return [1 + length, 1 + length + value];
}

function readTracks(body: Buffer, facts: { video: boolean; audio: boolean }, name: string): void {
  for (const { id, body: track } of elementsOf(body, name)) {
    if (id !== TRACK) continue;
    const kind = unsigned(child(track, TRACK_TYPE, name) ?? Buffer.alloc(0));
    const codec = child(track, CODEC, name)?.toString('latin1').replace(/\0+$/, '') ?? '';
    if (kind > 2) continue;
    if (!CODECS.has(codec)) throw damaged(name, `browsers do not play ${codec.slice(0, 40)} in WebM.`);
    if (kind === 1) facts.video = true;
    if (kind === 2) facts.audio = true;
  }
}
