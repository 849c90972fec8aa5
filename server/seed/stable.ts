import { createHash } from 'node:crypto';
import { uuidv7 } from '../../src/lib/domain/ids.ts';

/**
 * Ids and chance that come out the same every time: a load that was interrupted goes on where it stopped and writes
 * the same documents.
 */

const digest = (name: string) => new Uint8Array(createHash('sha256').update(`smartasn demo ${name}`).digest());

/** The id of something that happened at `time` (ms since 1970). */
export const stableUuidv7 = (time: number, name: string): string => uuidv7(time, digest(name).subarray(0, 10));

/** An id without a time: a UUID of version 8 (RFC 9562 §5.8) made of a hash. */
export function stableUuid(name: string): string {
  const bytes = digest(name).slice(0, 16);
  const view = new DataView(bytes.buffer);
  view.setUint8(6, 0x80 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A number from 0 to below 1 that belongs to this name. */
export const stableChance = (name: string): number => Buffer.from(digest(name)).readUInt32BE(0) / 2 ** 32;
