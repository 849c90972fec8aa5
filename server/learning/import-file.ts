import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { openFolder, readBundle, type Bundle } from './bundle/index.ts';
import { textIn } from './bundle/look.ts';
import { isPdf } from './document/pdf.ts';
import { openArchive } from './epub/archive.ts';
import { readEpub } from './epub/index.ts';
import { LIMITS } from './epub/limits.ts';
import { readMarkdown } from './markdown/index.ts';
import { readRecording } from './recording/index.ts';
import { readScorm } from './scorm/index.ts';
import { sha256Of } from './text.ts';
import { ImportRefused, type ImportedCourse } from './types.ts';

export interface ImportOptions {
  /** What the file is called where it came from: a title, when nothing in it is one. */
  name?: string;
}

/**
 * Reads a course from a file or folder of any kind that can become one; what it is, its content says. Nothing is written
 * anywhere.
 * @param source path of a file or folder, or a file's bytes
 * @throws ImportRefused
 */
export async function importFile(
  source: string | Uint8Array,
  { name = typeof source === 'string' ? path.basename(source) : '' }: ImportOptions = {}
): Promise<ImportedCourse> {
  if (typeof source === 'string' && (await stat(source)).isDirectory()) {
    const folder = await openFolder(source);
    return { ...(await readBundle(folder, name)), fingerprint: folder.fingerprint };
  }
  const bytes = typeof source === 'string' ? await load(source) : source;
  if (isZip(bytes)) return readZip(bytes, name);
  if (isPdf(bytes) || readRecording(bytes, name)) return readAlone(bytes, name);
  const isNamed = /\.md$/i.test(name);
  const text = textIn(bytes, { controls: isNamed });
  // A text is a course when it says so: by its name, its front matter or its headings.
  if (text === undefined || !(isNamed || /^\uFEFF?---\s/.test(text) || /^# \S/m.test(text)))
    throw new ImportRefused('unknown-kind', `${name} is no file that can become a course.`);
  return readMarkdown(text);
}

async function load(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > LIMITS.file)
      throw new ImportRefused('too-large', `${path.basename(file)} is larger than ${LIMITS.file} bytes.`);
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

/** An archive begins with a file, or is empty (APPNOTE.TXT §4.3). */
const isZip = (bytes: Uint8Array): boolean => {
  const mark = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return mark === 'PK\x03\x04' || mark === 'PK\x05\x06';
};

/** An EPUB says so; a package has its manifest or begins with a page; what else is in an archive is a folder. */
async function readZip(bytes: Uint8Array, name: string): Promise<ImportedCourse> {
  const archive = await openArchive(bytes, { backslashes: true });
  const names = archive.names();
  if (archive.has('META-INF/container.xml') || archive.has('mimetype')) return readEpub(bytes);
  const ends = (pattern: RegExp): boolean => names.some((one) => pattern.test(one));
  if (ends(/(^|\/)imsmanifest\.xml$/i) || (ends(/(^|\/)index\.html?$/i) && !ends(/\.md$/i)))
    return readScorm(bytes, path.parse(name).name);
  return { ...(await readBundle(archive, name)), fingerprint: sha256Of(bytes) };
}

async function readAlone(bytes: Uint8Array, name: string): Promise<ImportedCourse> {
  const alone = path.basename(name) || 'rekaman';
  const bundle: Bundle = {
    names: () => [alone],
    has: (one) => one === alone,
    read: (one) => (one === alone ? bytes : undefined)
  };
  return { ...(await readBundle(bundle, alone)), fingerprint: sha256Of(bytes) };
}
