import { crc32, inflateRawSync } from 'node:zlib';
import * as yauzl from 'yauzl';
import { ImportRefused } from '../types.ts';
import { LIMITS, type Limits } from './limits.ts';

/** The files of a ZIP archive whose every entry was checked. */
export interface Archive {
  has(name: string): boolean;
  /** The inflated bytes; undefined when there is no such entry. */
  read(name: string): Uint8Array | undefined;
  /** Names of all files, in the archive's order. */
  names(): string[];
}

export interface ArchiveOptions {
  limits?: Limits;
  /** Reads `a\\b` as `a/b`, as archives made on Windows mean it. */
  backslashes?: boolean;
}

interface Place {
  name: string;
  start: number;
  entry: yauzl.Entry;
}

/**
 * Opens a ZIP archive. Every entry is inflated once, counting what really comes out and checking its CRC, before
 * anything is used: sizes in headers are claims. Entries are only ever found by name in memory, never written to disk.
 * @throws ImportRefused
 */
export async function openArchive(
  bytes: Uint8Array,
  { limits = LIMITS, backslashes = false }: ArchiveOptions = {}
): Promise<Archive> {
  if (bytes.byteLength > limits.file)
    throw new ImportRefused('too-large', `The file is larger than ${limits.file} bytes.`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = await listEntries(buffer, limits, backslashes);
  let rest = limits.total;
  for (const place of places.values()) rest -= inflate(buffer, place, limits, rest).byteLength;
  return {
    has: (name) => places.has(name),
    names: () => [...places.keys()],
    read(name) {
      const place = places.get(name);
      return place && inflate(buffer, place, limits, limits.entry);
    }
  };
}

async function listEntries(buffer: Buffer, limits: Limits, backslashes: boolean): Promise<Map<string, Place>> {
  const zip = await asZip(() =>
    yauzl.fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: false, strictFileNames: true })
  );
  if (zip.entryCount > limits.entries)
    throw new ImportRefused('too-large', `The archive has more than ${limits.entries} entries.`);
  const entries: yauzl.Entry[] = [];
  await asZip(async () => {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  });
  const places = new Map<string, Place>();
  for (const entry of entries) {
    const name = nameOf(entry, backslashes);
    if (name.endsWith('/')) continue;
    if (places.has(name)) throw new ImportRefused('unsafe-name', `The archive has two entries named ${name}.`);
    if (entry.isEncrypted()) throw new ImportRefused('encrypted', `The entry ${name} is protected by a password.`);
    const header = await asZip(() => zip.readLocalFileHeaderPromise(entry, { minimal: true }));
    places.set(name, { name, entry, start: header.fileDataStart });
  }
  return places;
}

/** What the reader throws is about bytes that are no ZIP archive; the reader's own words say where. */
async function asZip<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new ImportRefused('not-a-zip', `The file is no whole ZIP archive: ${(error as Error).message}`);
  }
}

const FILE_KINDS = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/** What many programs write is UTF-8 without the flag that says so; code page 437 is what ZIP means without it. */
const UTF8_FLAG = 0x800;

function decodeName({ generalPurposeBitFlag, fileNameRaw, extraFields }: yauzl.Entry): string {
  if (!(generalPurposeBitFlag & UTF8_FLAG)) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(fileNameRaw);
    } catch {
      // Not UTF-8: the reader decodes it as the standard says.
    }
  }
  return yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

function nameOf(entry: yauzl.Entry, backslashes: boolean): string {
  const raw = decodeName(entry);
  const name = backslashes ? raw.replaceAll('\\', '/') : raw;
  const shown = JSON.stringify(name);
  // Control characters are looked for in the bytes: code page 437 would decode them to pictures.
  const unsafe = /\\|\p{Cc}|^[A-Za-z]:/u.test(name) || entry.fileNameRaw.some((byte) => byte < 0x20);
  if (name === '' || unsafe || yauzl.validateFileName(name) !== null)
    throw new ImportRefused('unsafe-name', `The archive has an entry with an unsafe name: ${shown}`);
  const kind = (entry.externalFileAttributes >>> 16) & FILE_KINDS;
  if (kind !== 0 && kind !== REGULAR && kind !== FOLDER)
    throw new ImportRefused('unsafe-name', `The archive's entry ${shown} is a link or device, not a file.`);
  return name;
}

function inflate(buffer: Buffer, { name, entry, start }: Place, limits: Limits, rest: number): Uint8Array {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  const most = Math.min(limits.entry, rest, Math.max(limits.ratioFrom, limits.ratio * compressedSize));
  if (uncompressedSize > most) throw tooLarge(name);
  const packed = new Uint8Array(buffer.buffer, buffer.byteOffset + start, compressedSize);
  const body = unpack(packed, compressionMethod, name, uncompressedSize);
  if (body.byteLength !== uncompressedSize || crc32(body) !== entry.crc32)
    throw new ImportRefused('unreadable', `The entry ${name} is damaged: its content does not match its checksum.`);
  return body;
}

function unpack(packed: Uint8Array, method: number, name: string, declared: number): Uint8Array {
  if (method === 0) return packed;
  if (method !== 8) throw new ImportRefused('unreadable', `The entry ${name} uses a compression other than Deflate.`);
  try {
    const body = inflateRawSync(packed, { maxOutputLength: Math.max(declared, 1) });
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  } catch (error) {
    // More came out than the header said, and so than the limits allow: that is what a bomb does.
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name);
    throw new ImportRefused('unreadable', `The entry ${name} is damaged: ${(error as Error).message}`);
  }
}

const tooLarge = (name: string): ImportRefused =>
  new ImportRefused('too-large', `The entry ${name} expands to more than a course may hold.`);
