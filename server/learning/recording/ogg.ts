import { cutOff, damaged } from './refuse.ts';
import type { Recording, Tags } from './types.ts';

/** Most bytes of comments that are looked at: a picture inside fits, a bomb does not. */
const MOST_COMMENT = 16 * 1024 * 1024;

const FIELDS: Record<string, 'title' | 'author' | 'album' | 'genre'> = {
  title: 'title',
  artist: 'author',
  album: 'album',
  genre: 'genre'
};

export const isOgg = (view: Buffer): boolean => view.length >= 27 && view.toString('latin1', 0, 4) === 'OggS';

interface Page {
  granule: bigint;
  serial: number;
  body: Buffer;
  /** Whether a packet ends in this page. */
  ends: boolean;
  next: number;
}

/** RFC 3533 §6. */
function pageAt(view: Buffer, at: number, name: string): Page {
  if (at + 27 > view.length) throw cutOff(name);
  if (view.toString('latin1', at, at + 4) !== 'OggS') throw damaged(name, `there is no page at byte ${at}.`);
  const count = view.readUInt8(at + 26);
  if (at + 27 + count > view.length) throw cutOff(name);
  const lacing = view.subarray(at + 27, at + 27 + count);
  const start = at + 27 + count;
  const next = start + lacing.reduce((sum, size) => sum + size, 0);
  if (next > view.length) throw cutOff(name);
  return {
    granule: view.readBigInt64LE(at + 6),
    serial: view.readUInt32LE(at + 14),
    body: view.subarray(start, next),
    ends: lacing.some((size) => size < 255),
    next
  };
}

/** An Ogg file with Opus (RFC 7845) or Vorbis: its last page says how many samples there are. */
export function readOgg(view: Buffer, name: string): Recording {
  const first = pageAt(view, 0, name);
  const opus = first.body.toString('latin1', 0, 8) === 'OpusHead';
  if (!opus && first.body.toString('latin1', 0, 7) !== '\x01vorbis')
    throw damaged(name, 'its sound is neither Opus nor Vorbis.');
  const rate = opus ? 48_000 : first.body.readUInt32LE(12);
  const skipped = opus ? first.body.readUInt16LE(10) : 0;
  const comment: Uint8Array[] = [];
  let size = 0;
  let gathering = true;
  let last = 0n;
  for (let at = first.next; at < view.length;) {
    const page = pageAt(view, at, name);
    at = page.next;
    if (page.serial !== first.serial) continue;
    if (page.granule > last) last = page.granule;
    if (!gathering) continue;
    comment.push(new Uint8Array(page.body));
    size += page.body.length;
    gathering = !page.ends && size < MOST_COMMENT;
  }
  if (last === 0n || rate === 0) throw cutOff(name);
  const seconds = Math.max(0, Number(last) - skipped) / rate;
  return { form: 'audio', type: 'audio/ogg', seconds, ...readComment(Buffer.concat(comment), opus ? 8 : 7) };
}

/** Vorbis comments: `maker`, then `NAME=value` each behind its length. */
function readComment(packet: Buffer, start: number): Tags {
  const tags: Tags = {};
  let at = start;
  const take = (): Buffer | undefined => {
    if (at + 4 > packet.length) return undefined;
    const size = packet.readUInt32LE(at);
    at += 4 + size;
    return at <= packet.length ? packet.subarray(at - size, at) : undefined;
  };
  if (!take() || at + 4 > packet.length) return tags;
  let rest = Math.min(packet.readUInt32LE(at), 10_000);
  at += 4;
  for (; rest > 0; rest -= 1) {
    const entry = take();
    if (!entry) break;
    const [key = '', ...value] = entry.toString('utf8').split('=');
    const field = FIELDS[key.toLowerCase()];
    const text = value.join('=').trim();
    if (field && text && tags[field] === undefined) tags[field] = text;
  }
  return tags;
}
