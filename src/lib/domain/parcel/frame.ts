import { fromBase45, toBase45 } from './base45.ts';
import { concat, type Bytes } from './layout.ts';

/**
 * A parcel as a series of QR codes. The text of one:
 *
 *     ASNP:<parcel>:<index>:<total>:<base 45 of CRC-32 (4) and payload>
 *
 * `parcel` is the beginning of the parcel's SHA-256 in hexadecimal, so that codes of two parcels are told apart and the
 * whole is known to be whole. All characters are those of QR's alphanumeric mode.
 */
export interface Frame {
  parcel: string;
  /** From 1. */
  index: number;
  total: number;
  payload: Bytes;
}

/** Bytes of a parcel in one code: at error level M that is 61 modules, which a cheap camera reads from a cheap screen. */
export const FRAME_BYTES = 200;

/** Most codes of a series; more is too long to hold a phone still. */
export const FRAMES_LIMIT = 60;

const FORM = /^ASNP:([0-9A-F]{12}):([1-9][0-9]?):([1-9][0-9]?):([0-9A-Z $%*+\-./:]+)$/;
const CRC_BYTES = 4;

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const headOf = ({ parcel, index, total }: Frame): string => `ASNP:${parcel}:${index}:${total}:`;

function checkOf(frame: Frame): Bytes {
  const check = new Uint8Array(CRC_BYTES);
  const said = concat(new TextEncoder().encode(headOf(frame)), frame.payload);
  new DataView(check.buffer).setUint32(0, crc32(said));
  return check;
}

export const frameText = (frame: Frame): string => headOf(frame) + toBase45(concat(checkOf(frame), frame.payload));

/** The frame that a code says; undefined when it says something else or was read wrongly. */
export function readFrame(text: string): Frame | undefined {
  const [, parcel = '', index, total, coded = ''] = FORM.exec(text) ?? [];
  const bytes = fromBase45(coded);
  if (!bytes || bytes.length <= CRC_BYTES || bytes.length > CRC_BYTES + FRAME_BYTES) return undefined;
  const frame = { parcel, index: Number(index), total: Number(total), payload: bytes.slice(CRC_BYTES) };
  if (frame.index > frame.total || frame.total > FRAMES_LIMIT) return undefined;
  return checkOf(frame).every((byte, at) => byte === bytes[at]) ? frame : undefined;
}

/** The name of a parcel in its frames. */
export async function frameName(parcel: Bytes): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', parcel));
  return Array.from(hash.subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}
