import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Magic number of an entry of Chromium's HTTP cache, and of what follows a stream in it. */
const ENTRY = Buffer.from('305c72a71b6dfbfc', 'hex');
const END = Buffer.from('d8410d97456ffaf4', 'hex');
const HEAD = 24;

const DECODERS = [gunzipSync, brotliDecompressSync, zstdDecompressSync, inflateSync];

/** The body of an entry of the HTTP cache as it was before it was compressed; nothing when it was not. */
function decoded(file: Buffer): Buffer[] {
  if (!file.subarray(0, 8).equals(ENTRY)) return [];
  const start = HEAD + file.readUInt32LE(12);
  const end = file.indexOf(END, start);
  const body = new Uint8Array(file.subarray(start, end < 0 ? undefined : end));
  for (const decode of DECODERS) {
    try {
      return [decode(body)];
    } catch {
      continue;
    }
  }
  return [];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/**
 * Where the words stand on the disk, in any of the encodings that a browser writes text in, or bytes as they are. LevelDB and IndexedDB
 * compress with Snappy, which leaves what does not repeat as it is: a word with something random in it is found there,
 * and the controls of the tests prove it.
 */
export async function findings(folder: string, words: (string | Uint8Array)[]): Promise<string[]> {
  const needles = words.flatMap((word) => {
    if (typeof word !== 'string') return [{ word: 'bytes', bytes: Buffer.from(word) }];
    const wide = Buffer.from(word, 'utf16le');
    return [Buffer.from(word), wide, Buffer.from(wide).swap16()].map((bytes) => ({ word, bytes }));
  });
  const found = new Set<string>();
  for (const file of await filesIn(folder)) {
    // A running browser merges and removes files; what is gone is not on the disk.
    const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    for (const readable of [content, ...decoded(content)])
      for (const { word, bytes } of needles)
        if (readable.includes(bytes)) found.add(`${word} in ${path.relative(folder, file)}`);
  }
  return [...found];
}
