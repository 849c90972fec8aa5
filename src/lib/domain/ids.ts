/**
 * Document ids are `<type>:<uuidv7>` or `<type>:<uuid>.<uuid>`; a delivered copy keeps its id (DESIGN §2), so
 * delivering twice writes the same document. Nothing personal may go into an id: ids stay readable on the device.
 */

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

export const UUID_PATTERN = new RegExp(`^${UUID}$`);
export const DOC_ID_PATTERN = new RegExp(`^[a-z-]+:${UUID}(\\.${UUID})?$`);

/** Builds a document id from its type and one or two UUIDs. */
export const docId = (type: string, ...parts: string[]): string => `${type}:${parts.join('.')}`;

/** The part of a document id before the colon; empty when there is no colon. */
export const typeOf = (id: string): string => id.slice(0, Math.max(id.indexOf(':'), 0));

/** The part of a document id after the colon. */
export const suffixOf = (id: string): string => id.slice(id.indexOf(':') + 1);

/** Id of the receipt that the courier writes for an own document. */
export const receiptId = (ofDocument: string): string => `receipt:${ofDocument}`;

/**
 * A UUID version 7 (RFC 9562 §5.7): 48 bits of Unix time in milliseconds, then random bits.
 * @param time milliseconds since 1970; the default is now
 * @param random at least 10 bytes; the default comes from Web Crypto
 */
export function uuidv7(time = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(time / 0x10000));
  view.setUint16(4, time % 0x10000);
  bytes.set(random.subarray(0, 10), 6);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The time inside a UUIDv7, in milliseconds since 1970. */
export const timeOfUuid = (uuid: string): number => parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);

/** The smallest UUIDv7 text of a time: a start key for ranges of time-ordered ids. */
export const uuidFloor = (time: number): string => {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
};

/**
 * Id of a new edit: later than `previous` even when the device's clock went back, so that an edit made in knowledge of
 * another always wins over it.
 * @param now milliseconds since 1970 by the device's clock
 */
export const newEdit = (previous?: string, now = Date.now()): string =>
  uuidv7(previous === undefined ? now : Math.max(now, timeOfUuid(previous) + 1));
