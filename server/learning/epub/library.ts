import type { Removals } from '../removals.ts';
import { sha256Of } from '../text.ts';
import type { CourseFile } from '../types.ts';
import type { Archive } from './archive.ts';
import { draw } from './drawings.ts';
import { resolve } from './paths.ts';
import { identify, type PictureKind } from './pictures.ts';

export interface Picture extends PictureKind {
  file: CourseFile;
}

const MOST_DRAWINGS = 300;

/** The pictures of a book, read when a chapter first shows them. */
export class PictureLibrary {
  /** Every picture read so far, by SHA-256. */
  readonly files = new Map<string, CourseFile>();
  readonly #byPath = new Map<string, Picture | undefined>();
  readonly #archive: Archive;
  readonly #removals: Removals;

  constructor(archive: Archive, removals: Removals) {
    this.#archive = archive;
    this.#removals = removals;
  }

  /**
   * Draws the SVG pictures at these paths, so that chapters can show them. What comes after `MOST_DRAWINGS` is left out
   * like any picture that cannot be shown: a book's drawings must not hold the importer for long.
   */
  async draw(paths: string[]): Promise<void> {
    for (const path of paths.slice(0, MOST_DRAWINGS)) {
      const bytes = this.#archive.read(path);
      const drawn = bytes && (await draw(bytes, path));
      if (drawn) this.#byPath.set(path, this.#keep(drawn));
    }
  }

  /** The picture that `reference` in the document `base` means; what cannot be shown is noted, and undefined. */
  find(base: string, reference: string): Picture | undefined {
    if (/^\s*data:/i.test(reference)) return this.#inline(base, reference);
    const target = resolve(base, reference);
    if (target.kind === 'outside') {
      this.#removals.add(`remote picture ${target.url.slice(0, 120)}`, base);
      return undefined;
    }
    if (!this.#byPath.has(target.path)) this.#byPath.set(target.path, this.at(target.path));
    const picture = this.#byPath.get(target.path);
    if (!picture)
      this.#removals.add(`picture ${target.path} (missing, or no JPEG, PNG, GIF, WebP or simple SVG)`, base);
    return picture;
  }

  /** The picture at a path of the archive. */
  at(path: string): Picture | undefined {
    if (this.#byPath.has(path)) return this.#byPath.get(path);
    const bytes = this.#archive.read(path);
    return bytes && this.#keep(bytes);
  }

  #inline(base: string, reference: string): Picture | undefined {
    const data = /^\s*data:image\/[a-z+]+;base64,([A-Za-z0-9+/=\s]+)$/i.exec(reference)?.[1];
    const picture = data === undefined ? undefined : this.#keep(new Uint8Array(Buffer.from(data, 'base64')));
    if (!picture) this.#removals.add('picture inside the text (no JPEG, PNG, GIF or WebP)', base);
    return picture;
  }

  #keep(bytes: Uint8Array): Picture | undefined {
    const kind = identify(bytes);
    if (!kind) return undefined;
    const sha256 = sha256Of(bytes);
    const file = this.files.get(sha256) ?? { sha256, type: kind.type, body: bytes };
    this.files.set(sha256, file);
    return { ...kind, file };
  }
}
