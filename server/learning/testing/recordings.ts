/** The smallest recordings of each kind that a reader has to believe: heads are real, sound is silence. */

const text = (words: string): Buffer => Buffer.from(words, 'latin1');

const big32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const little32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const join = (...parts: Iterable<number>[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** One MPEG-1 layer III frame: 128 kbit/s, 48 kHz, mono; 24 ms in 384 bytes. */
function frame(): Buffer {
  const bytes = Buffer.alloc(384);
  bytes.writeUInt32BE(0xfffb94c4);
  return bytes;
}

const id3 = (fields: Record<string, string>): Uint8Array<ArrayBuffer> => {
  const frames = Object.entries(fields).map(([id, words]) => {
    const body = join([3], Buffer.from(words, 'utf8'));
    return join(text(id), big32(body.length), Buffer.alloc(2), body);
  });
  const body = join(...frames);
  return join(text('ID3\x03\0\0'), [0, 0, body.length >> 7, body.length & 0x7f], body);
};

/** An MP3 of `frames` frames that says how many it has. */
export function mp3(frames: number, fields: Record<string, string> = {}): Uint8Array {
  const first = frame();
  first.write('Info', 4 + 17, 'latin1');
  first.writeUInt32BE(1, 4 + 17 + 4);
  first.writeUInt32BE(frames, 4 + 17 + 8);
  return join(id3(fields), first, ...Array.from({ length: frames }, frame));
}

export function wav(seconds: number): Uint8Array {
  const data = Buffer.alloc(8_000 * seconds);
  const form = Buffer.alloc(16);
  form.writeUInt16LE(1, 0);
  form.writeUInt16LE(1, 2);
  form.writeUInt32LE(8_000, 4);
  form.writeUInt32LE(8_000, 8);
  form.writeUInt16LE(1, 12);
  form.writeUInt16LE(8, 14);
  const body = join(text('WAVEfmt '), little32(16), form, text('data'), little32(data.length), data);
  return join(text('RIFF'), little32(body.length), body);
}

const oggPage = (granule: number, body: ArrayLike<number> & Iterable<number>): Uint8Array<ArrayBuffer> => {
  const head = Buffer.alloc(27);
  head.write('OggS', 0, 'latin1');
  head.writeBigInt64LE(BigInt(granule), 6);
  const laces = [...Array<number>(Math.floor(body.length / 255)).fill(255), body.length % 255];
  head.writeUInt8(laces.length, 26);
  return join(head, Buffer.from(laces), body);
};

export function opus(seconds: number, title: string): Uint8Array {
  const start = Buffer.alloc(19);
  start.write('OpusHead', 0, 'latin1');
  const comment = Buffer.from(`TITLE=${title}`, 'utf8');
  const tags = join(text('OpusTags'), little32(0), little32(1), little32(comment.length), comment);
  return join(oggPage(0, start), oggPage(0, tags), oggPage(48_000 * seconds, Buffer.alloc(300)));
}

const box = (type: string, ...parts: Iterable<number>[]): Uint8Array<ArrayBuffer> => {
  const body = join(...parts);
  return join(big32(body.length + 8), Buffer.from(type, 'latin1'), body);
};

/** An MP4 with one track: `soun` or `vide`; `format` is how its samples are packed. */
export function mp4(seconds: number, kind: 'soun' | 'vide', { title = '', format = 'mp4a' } = {}): Uint8Array {
  const header = join(Buffer.alloc(12), big32(1_000), big32(seconds * 1_000), Buffer.alloc(80));
  const handler = join(Buffer.alloc(8), text(kind), Buffer.alloc(13));
  const samples = join(Buffer.alloc(8), big32(16), text(format), Buffer.alloc(8));
  const track = box('trak', box('mdia', box('hdlr', handler), box('minf', box('stbl', box('stsd', samples)))));
  const named = box('ilst', box('©nam', box('data', Buffer.alloc(8), Buffer.from(title, 'utf8'))));
  const words = title ? [box('udta', box('meta', Buffer.alloc(4), named))] : [];
  return join(
    box('ftyp', text('isom'), Buffer.alloc(4)),
    box('moov', box('mvhd', header), track, ...words),
    box('mdat', Buffer.alloc(500))
  );
}

const ebml = (id: number[], body: ArrayLike<number> & Iterable<number>): Uint8Array<ArrayBuffer> => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x10000000 | body.length);
  return join(Buffer.from(id), size, body);
};

export function webm(seconds: number, { video = false, codec = 'A_OPUS', doc = 'webm' } = {}): Uint8Array {
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(seconds * 1_000);
  const track = ebml([0xae], join(ebml([0x83], [video ? 1 : 2]), ebml([0x86], text(codec))));
  const cluster = ebml([0x1f, 0x43, 0xb6, 0x75], join(ebml([0xe7], [0]), Buffer.alloc(2)));
  const segment = join(
    ebml([0x15, 0x49, 0xa9, 0x66], ebml([0x44, 0x89], duration)),
    ebml([0x16, 0x54, 0xae, 0x6b], track),
    cluster
  );
  return join(ebml([0x1a, 0x45, 0xdf, 0xa3], ebml([0x42, 0x82], text(doc))), ebml([0x18, 0x53, 0x80, 0x67], segment));
}
