import type { Tags } from './types.ts';

const FIELDS: Record<string, 'title' | 'author' | 'album' | 'genre'> = {
  TIT2: 'title',
  TPE1: 'author',
  TALB: 'album',
  TCON: 'genre'
};

const syncSafe = (view: Buffer, at: number): number =>
  ((view.readUInt8(at) & 0x7f) << 21) |
  ((view.readUInt8(at + 1) & 0x7f) << 14) |
  ((view.readUInt8(at + 2) & 0x7f) << 7) |
  (view.readUInt8(at + 3) & 0x7f);

/** Length of an ID3v2 tag (id3.org, 2.3 and 2.4) that begins here, its header included; 0 when there is none. */
export function id3Length(view: Buffer, at = 0): number {
  if (view.length < at + 10 || view.toString('latin1', at, at + 3) !== 'ID3') return 0;
  const footer = view.readUInt8(at + 5) & 0x10 ? 10 : 0;
  return 10 + syncSafe(view, at + 6) + footer;
}

/** The words and the picture of an ID3v2.3 or 2.4 tag; what is compressed, encrypted or older is passed over. */
export function readId3(tag: Buffer): Tags {
  const version = tag.length > 10 ? tag.readUInt8(3) : 0;
  const tags: Tags = {};
  if (version !== 3 && version !== 4) return tags;
  let at = 10;
  if (tag.readUInt8(5) & 0x40) at += version === 4 ? syncSafe(tag, 10) : tag.readUInt32BE(10) + 4;
  while (at + 10 < tag.length) {
    const id = tag.toString('latin1', at, at + 4);
    const size = version === 4 ? syncSafe(tag, at + 4) : tag.readUInt32BE(at + 4);
    const plain = (tag.readUInt8(at + 9) & (version === 4 ? 0x0f : 0xc0)) === 0;
    if (!/^[A-Z0-9]{4}$/.test(id) || size === 0 || at + 10 + size > tag.length) break;
    if (plain) readFrame(tags, id, tag.subarray(at + 10, at + 10 + size));
    at += 10 + size;
  }
  return tags;
}

function readFrame(tags: Tags, id: string, frame: Buffer): void {
  const field = FIELDS[id];
  if (field) {
    const text = decode(frame.readUInt8(0), frame.subarray(1)).split('\0')[0]?.trim();
    if (text && tags[field] === undefined) tags[field] = text;
  } else if (id === 'APIC' && !tags.picture) {
    const picture = pictureOf(frame);
    if (picture) tags.picture = picture;
  }
}

/** `encoding, media type, 0, kind, description, 0, bytes`: the description ends as its encoding says. */
function pictureOf(frame: Buffer): Uint8Array | undefined {
  const encoding = frame.readUInt8(0);
  const typeEnd = frame.indexOf(0, 1);
  if (typeEnd < 0) return undefined;
  let at = typeEnd + 2;
  const wide = encoding === 1 || encoding === 2;
  while (at < frame.length && !(frame[at] === 0 && (!wide || frame[at + 1] === 0))) at += wide ? 2 : 1;
  const picture = frame.subarray(at + (wide ? 2 : 1));
  return picture.length > 0 ? new Uint8Array(picture) : undefined;
}

function decode(encoding: number, bytes: Buffer): string {
  if (encoding === 0) return bytes.toString('latin1');
  if (encoding === 3) return bytes.toString('utf8');
  const big = encoding === 2 || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(big ? 'utf-16be' : 'utf-16le').decode(bytes);
}
