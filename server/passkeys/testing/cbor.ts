export type Bytes = Uint8Array<ArrayBuffer>;

export type Cbor = number | string | Bytes | Map<Cbor, Cbor>;

const head = (kind: number, size: number): number[] => {
  const top = kind << 5;
  if (size < 24) return [top | size];
  return size < 256 ? [top | 24, size] : [top | 25, size >> 8, size & 255];
};

/** The part of CBOR (RFC 8949) that authenticators write: integers, texts, bytes and maps. */
export function cbor(value: Cbor): Bytes {
  if (typeof value === 'number') return Uint8Array.from(value < 0 ? head(1, -1 - value) : head(0, value));
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    return Uint8Array.from([...head(3, bytes.length), ...bytes]);
  }
  if (value instanceof Uint8Array) return Uint8Array.from([...head(2, value.length), ...value]);
  const entries = [...value].flatMap(([key, one]) => [...cbor(key), ...cbor(one)]);
  return Uint8Array.from([...head(5, value.size), ...entries]);
}
