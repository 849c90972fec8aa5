import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { epub } from '../../../server/learning/epub/testing/book.ts';

const REAL = { file: '../shared/data/epub/accessible_epub_3.epub', title: 'Accessible EPUB 3' };

/** One red dot, a whole PNG. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64'
);

/** A real book where it lies beside the project; otherwise a small one made here. */
export async function bookToImport(): Promise<{ file: string; title: string }> {
  if (existsSync(REAL.file)) return REAL;
  const title = 'Buku Uji';
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'smartasn-book-')), 'buku.epub');
  const chapter = (name: string, more = '') => `<h1>${name}</h1><p>${`Isi ${name}. `.repeat(200)}</p>${more}`;
  const bytes = epub({
    metadata: `<dc:title>${title}</dc:title><dc:language>id</dc:language>`,
    bodies: [chapter('Satu'), chapter('Dua', '<img src="dot.png" alt="Titik"/>'), chapter('Tiga')],
    manifest: '<item id="dot" href="dot.png" media-type="image/png"/>',
    files: { 'OPS/dot.png': new Uint8Array(DOT) }
  });
  await writeFile(file, bytes);
  return { file, title };
}
