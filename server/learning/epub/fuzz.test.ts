import { strFromU8, strToU8, zipSync, type Zippable } from 'fflate';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ImportRefused } from '../types.ts';
import { readEpub } from './index.ts';
import { chapterOf, entriesOf, png } from './testing/book.ts';

const BODY = `<section id="a"><h1>Bab &amp; satu</h1><p lang="id">isi <a href="c2.xhtml#b">tautan</a> <img src="k.png" alt="x"/></p>
  <table><tr><td colspan="2">1</td></tr></table><svg xmlns="http://www.w3.org/2000/svg"><image href="k.png"/></svg></section>`;

const NAV = `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>
  <li><a href="c1.xhtml#a">Satu</a></li></ol></nav></body></html>`;

const ENTRIES = entriesOf({
  bodies: [BODY, '<p id="b">dua</p>'],
  files: { 'OPS/nav.xhtml': strToU8(NAV), 'OPS/k.png': png(2, 2) },
  manifest: `<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
    <item id="k" href="k.png" media-type="image/png" properties="cover-image"/>`
});

/** The only two ends: a course that passes every check, or a refusal. */
async function readsOrRefuses(bytes: Uint8Array): Promise<void> {
  const imported = await readEpub(bytes).catch((error: unknown) => {
    expect(error).toBeInstanceOf(ImportRefused);
    return undefined;
  });
  imported?.course.chapters.forEach((_, index) => chapterOf(imported, index));
}

test('arbitrary bytes are read or refused', async () => {
  const zipLike = fc.uint8Array({ maxLength: 200 }).map((tail) => new Uint8Array([0x50, 0x4b, 5, 6, ...tail]));
  await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 500 }), zipLike), readsOrRefuses), {
    numRuns: 500
  });
});

test('a book with changed bytes is read or refused', async () => {
  const book = zipSync(ENTRIES);
  const change = fc.tuple(fc.nat(book.length - 1), fc.integer({ min: 0, max: 255 }));
  // The directory at the end of the file decides most, so half of the changes go there.
  const late = fc.tuple(fc.integer({ min: book.length - 700, max: book.length - 1 }), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(change, late), { minLength: 1, maxLength: 6 }), async (changes) => {
      const bytes = book.slice();
      for (const [at, value] of changes) bytes[at] = value;
      await readsOrRefuses(bytes);
    }),
    { numRuns: 600 }
  );
});

test('a book with changed documents is read or refused', async () => {
  const names = Object.keys(ENTRIES).filter((name) => /\.(xml|opf|xhtml|png)$/.test(name));
  const words = fc.constantFrom(
    ...['<', '>', '"', '&', '&nbsp;', '&#0;', ']]>', '<![CDATA[', '<script>', '<!--', '../', '#', '\u0000', '\ud800'],
    ...[
      '<table>',
      '</p>',
      'xml:lang="',
      'href="',
      '<svg>',
      '<image href="k.png"/>',
      '%',
      '%FF',
      'data:image/png;base64,AA'
    ]
  );
  const edit = fc.record({
    name: fc.constantFrom(...names),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(12),
    word: words
  });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const entries: Zippable = { ...ENTRIES };
      for (const { name, at, cut, word } of edits) {
        const text = strFromU8(entries[name] as Uint8Array);
        const place = Math.floor(at * text.length);
        entries[name] = strToU8(text.slice(0, place) + word + text.slice(place + cut));
      }
      await readsOrRefuses(zipSync(entries, { level: 0 }));
    }),
    { numRuns: 600 }
  );
});
