import { ImportRefused } from '../types.ts';
import { cutOff, damaged } from './refuse.ts';
import type { Recording, Tags } from './types.ts';

const FIELDS: Record<string, 'title' | 'author' | 'album' | 'genre'> = {
  '©nam': 'title',
  '©ART': 'author',
  '©alb': 'album',
  '©gen': 'genre'
};

/** Boxes that are looked at before the file is called an attack. */
const MOST_BOXES = 100_000;

interface Box {
  type: string;
  body: Buffer;
}

export const isMp4 = (view: Buffer): boolean => view.length >= 12 && view.toString('latin1', 4, 8) === 'ftyp';

/** The boxes of a container (ISO/IEC 14496-12 §4.2). */
function* boxesOf(view: Buffer, name: string): Generator<Box> {
  let at = 0;
  for (let count = 0; at + 8 <= view.length; count += 1) {
    if (count > MOST_BOXES) throw damaged(name, 'it has more boxes than any recording.');
    let size = view.readUInt32BE(at);
    let head = 8;
    if (size === 1) {
      if (at + 16 > view.length) throw cutOff(name);
      size = Number(view.readBigUInt64BE(at + 8));
      head = 16;
    }
    if (size === 0) size = view.length - at;
    if (size < head) throw damaged(name, `the box at byte ${at} is shorter than its head.`);
    if (at + size > view.length) throw cutOff(name);
    yield { type: view.toString('latin1', at + 4, at + 8), body: view.subarray(at + head, at + size) };
    at += size;
  }
}

function find(view: Buffer, name: string, path: string[]): Buffer | undefined {
  const [type, ...rest] = path;
  if (type === undefined) return view;
  for (const box of boxesOf(view, name)) if (box.type === type) return find(box.body, name, rest);
  return undefined;
}

/** An MP4 file (M4A, MOV of the web). */
export function readMp4(view: Buffer, name: string): Recording {
  const boxes = [...boxesOf(view, name)];
  const moov = boxes.find(({ type }) => type === 'moov')?.body;
  if (!moov || !boxes.some(({ type }) => type === 'mdat')) throw cutOff(name);
  const kinds = new Set<string>();
  for (const { type, body } of boxesOf(moov, name)) {
    if (type !== 'trak') continue;
    const handler = find(body, name, ['mdia', 'hdlr']);
    if (handler) kinds.add(handler.toString('latin1', 8, 12));
    const format = find(body, name, ['mdia', 'minf', 'stbl', 'stsd'])?.toString('latin1', 12, 16);
    if (format === 'encv' || format === 'enca') throw new ImportRefused('encrypted', `${name} is locked (DRM).`);
  }
  if (!kinds.has('vide') && !kinds.has('soun')) throw damaged(name, 'it has neither sound nor pictures.');
  const form = kinds.has('vide') ? 'video' : 'audio';
  return { form, type: `${form}/mp4`, seconds: secondsOf(moov, boxes, name), ...tagsOf(moov, name) };
}

/** The film's length; that of one made in fragments stands in `mehd`. */
function secondsOf(moov: Buffer, boxes: Box[], name: string): number {
  const header = find(moov, name, ['mvhd']);
  if (!header) throw damaged(name, 'it does not say how long it is.');
  const wide = header.readUInt8(0) === 1;
  const scale = header.readUInt32BE(wide ? 20 : 12);
  const ticks = wide ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  const whole = find(moov, name, ['mvex', 'mehd']);
  const known =
    ticks || (whole && (whole.readUInt8(0) === 1 ? Number(whole.readBigUInt64BE(4)) : whole.readUInt32BE(4)));
  if (scale === 0) throw damaged(name, 'its clock stands still.');
  if (!known && !boxes.some(({ type }) => type === 'moof')) throw damaged(name, 'it does not say how long it is.');
  return (known || 0) / scale;
}

/** `meta` of Apple's has a version before its boxes. */
function tagsOf(moov: Buffer, name: string): Tags {
  const tags: Tags = {};
  const meta = find(moov, name, ['udta', 'meta']);
  const list = meta && find(meta.subarray(4), name, ['ilst']);
  if (!list) return tags;
  for (const { type, body } of boxesOf(list, name)) {
    const data = find(body, name, ['data']);
    if (!data || data.length < 9) continue;
    const field = FIELDS[type];
    if (field) tags[field] ??= data.toString('utf8', 8).trim();
    else if (type === 'covr') tags.picture ??= new Uint8Array(data.subarray(8));
  }
  return tags;
}
