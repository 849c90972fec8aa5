import { crc32, deflateSync } from 'node:zlib';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { assertChapter, type Chapter } from '../../../../src/lib/domain/documents/chapter.ts';
import type { ImportedCourse } from '../../types.ts';

export const CONTAINER = `<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`;

/** A white PNG that decodes. */
export function png(width: number, height: number): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, 8);
  const pixels = new Uint8Array((width + 1) * height).fill(0xff).map((_, at) => (at % (width + 1) ? 0xff : 0));
  const parts = [chunk('IHDR', header), chunk('IDAT', Uint8Array.from(deflateSync(pixels))), chunk('IEND')];
  return joined(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), ...parts);
}

function chunk(name: string, body = new Uint8Array()): Uint8Array {
  const named = joined(strToU8(name), body);
  const number = (value: number): Uint8Array => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    return bytes;
  };
  return joined(number(body.length), named, number(crc32(named)));
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export const page = (body: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${attributes}>
<head><title>Judul halaman</title></head><body>${body}</body></html>`;

interface Recipe {
  /** Bodies of the documents `c1.xhtml`, `c2.xhtml`, …; whole documents when they begin with `<?xml`. */
  bodies: string[];
  files?: Zippable;
  metadata?: string;
  manifest?: string;
  spine?: string;
  itemrefs?: string;
}

/** The entries of a small EPUB 3 below `OPS/`. */
export function entriesOf({ bodies, files, metadata, manifest, spine, itemrefs }: Recipe): Zippable {
  const ids = bodies.map((_, index) => `c${index + 1}`);
  const opf = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">${metadata ?? '<dc:title>Buku</dc:title><dc:language>id</dc:language>'}</metadata>
<manifest>${ids.map((id) => `<item id="${id}" href="${id}.xhtml" media-type="application/xhtml+xml"/>`).join('')}${manifest ?? ''}</manifest>
<spine ${spine ?? ''}>${itemrefs ?? ids.map((id) => `<itemref idref="${id}"/>`).join('')}</spine></package>`;
  return {
    mimetype: [strToU8('application/epub+zip'), { level: 0 }],
    'META-INF/container.xml': strToU8(CONTAINER),
    'OPS/book.opf': strToU8(opf),
    ...Object.fromEntries(
      bodies.map((body, index) => [`OPS/c${index + 1}.xhtml`, strToU8(body.startsWith('<?xml') ? body : page(body))])
    ),
    ...files
  };
}

export const epub = (recipe: Recipe): Uint8Array => zipSync(entriesOf(recipe));

/** The tree of a chapter as the device will get it, checked against the allow-list. */
export function chapterOf(imported: ImportedCourse, index: number): Chapter {
  const entry = imported.course.chapters[index];
  const file = imported.files.find(({ sha256 }) => sha256 === entry?.file.sha256);
  const value: unknown = JSON.parse(new TextDecoder().decode(file?.body));
  assertChapter(value);
  return value;
}
