/** UUIDs that follow from a name, so that whoever makes one again makes the same (RFC 9562 §5.5 and §5.8). */

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function uuidOf(hash: Uint8Array, version: number): string {
  const bytes = hash.slice(0, 16);
  const view = new DataView(bytes.buffer);
  view.setUint8(6, (version << 4) | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The UUIDv8 of a name: the beginning of its SHA-256. */
export const uuidv8 = async (name: string): Promise<string> =>
  uuidOf(new Uint8Array(await crypto.subtle.digest('SHA-256', encode(name))), 8);

/** The UUIDv5 of a name in a name space, which is a UUID itself. */
export async function uuidv5(namespace: string, name: string): Promise<string> {
  const space = Uint8Array.from(namespace.replaceAll('-', '').match(/../g) ?? [], (byte) => parseInt(byte, 16));
  const text = encode(name);
  const whole = new Uint8Array(space.length + text.length);
  whole.set(space);
  whole.set(text, space.length);
  return uuidOf(new Uint8Array(await crypto.subtle.digest('SHA-1', whole)), 5);
}
