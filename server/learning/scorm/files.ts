import type { PackageFile } from '../../../src/lib/domain/documents/package-descriptor.ts';
import type { Archive } from '../epub/archive.ts';
import { sha256Of } from '../text.ts';
import { ImportRefused, type CourseFile } from '../types.ts';
import { mediaTypeOf } from './media-types.ts';

/** Files of one package; every one is a request when it is taken offline. */
const MOST_FILES = 5_000;

/** What systems leave in archives; no package refers to it. */
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git\/|\._)/i;

/** Schemas that packages carry for validators; nothing plays them. */
const SCHEMA_FILE = /\.(xsd|dtd)$/i;

/** The files of a package by path below its root. References may differ in case, as they were tried on Windows. */
export class PackageFiles {
  readonly all: PackageFile[];
  readonly bodies = new Map<string, CourseFile>();
  readonly #archive: Archive;
  readonly #root: string;
  readonly #byFolded = new Map<string, string>();

  /** @param root folder of the archive in which the package stands, `''` or with a slash at its end */
  constructor(archive: Archive, root: string) {
    this.#archive = archive;
    this.#root = root;
    const names = archive
      .names()
      .filter((name) => name.startsWith(root) && !LITTER.test(name) && !SCHEMA_FILE.test(name))
      .map((name) => name.slice(root.length));
    if (names.length > MOST_FILES)
      throw new ImportRefused('too-large', `The package has ${names.length} files, more than ${MOST_FILES}.`);
    for (const name of names) this.#byFolded.set(fold(name), name);
    this.all = names.filter((name) => fold(name) !== MANIFEST).map((name) => this.#keep(name));
  }

  /** The path as the package spells it; undefined when there is no such file. */
  find(path: string): string | undefined {
    return this.#archive.has(this.#root + path) ? path : this.#byFolded.get(fold(path));
  }

  read(path: string): Uint8Array | undefined {
    return this.#archive.read(this.#root + path);
  }

  #keep(name: string): PackageFile {
    if (name.length > 500) throw new ImportRefused('unsafe-name', `The path ${name.slice(0, 80)}… is too long.`);
    const body = this.read(name) ?? new Uint8Array();
    const type = mediaTypeOf(name);
    const sha256 = sha256Of(body);
    if (!this.bodies.has(sha256)) this.bodies.set(sha256, { sha256, type, body });
    return { path: name.normalize('NFC'), sha256, size: body.byteLength, type };
  }
}

export const MANIFEST = 'imsmanifest.xml';

const fold = (path: string): string => path.normalize('NFC').toLowerCase();

/** The folder in which a file of this name stands, the one nearest to the archive's root; undefined without any. */
export function folderOf(archive: Archive, ...wanted: string[]): string | undefined {
  return archive
    .names()
    .filter((name) => !LITTER.test(name) && wanted.includes(name.slice(name.lastIndexOf('/') + 1).toLowerCase()))
    .map((name) => name.slice(0, name.lastIndexOf('/') + 1))
    .sort((a, b) => a.split('/').length - b.split('/').length)[0];
}
