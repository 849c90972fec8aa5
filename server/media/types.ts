/** Content-addressed files below `SMARTASN_DATA/media`. */
export interface MediaStore {
  /** Stores the bytes (fsync, then rename) and returns their SHA-256 as 64 hex digits; storing twice is harmless. */
  put(body: Uint8Array): Promise<string>;
  has(sha256: string): Promise<boolean>;
  /** A readable range (inclusive start, exclusive end); undefined when the file is not here. */
  open(
    sha256: string,
    range?: { start: number; end: number }
  ): Promise<{ size: number; stream: ReadableStream<Uint8Array> } | undefined>;
}
