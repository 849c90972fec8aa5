import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { textOf } from '../tree.ts';
import { readEpub } from './index.ts';
import { chapterOf, epub, png } from './testing/book.ts';

const NAV_ITEM = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>';
const nav = (list: string): Uint8Array =>
  strToU8(
    `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
     <nav epub:type="landmarks"><ol><li><a href="c1.xhtml">salah</a></li></ol></nav>
     <nav epub:type="toc"><ol>${list}</ol></nav></body></html>`
  );

test('links lead to chapters and anchors of other chapters', async () => {
  const bodies = [
    '<p><a href="c2.xhtml">a</a><a href="c2.xhtml#bagian/1">b</a><a href="#sini">c</a><a href="c2.xhtml#hilang">d</a><a href="x.xhtml">e</a><a href="c3.xhtml">f</a></p><p id="sini">.</p>',
    '<p id="bagian/1">dua</p>',
    ''
  ];
  const imported = await readEpub(epub({ bodies }));
  expect(chapterOf(imported, 0).nodes[0]).toEqual([
    'p',
    {},
    ['a', { href: '#c2' }, 'a'],
    ['a', { href: '#c2/bagian/1' }, 'b'],
    ['a', { href: '#c1/sini' }, 'c'],
    ['a', { href: '#c2' }, 'd'],
    'e',
    ['a', {}, 'f']
  ]);
  expect(imported.course.chapters).toHaveLength(2);
  expect(imported.removed.join()).toContain('x.xhtml');
});

describe('titles', () => {
  test('come from the navigation document, else from the first heading, else from the page', async () => {
    const files = { 'OPS/nav.xhtml': nav('<li><a href="c1.xhtml"> Bab <b>satu</b> </a></li>') };
    const bodies = ['<h1>Lain</h1>', '<h2>Bab dua</h2>', '<p>isi</p>'];
    const { course } = await readEpub(epub({ bodies, files, manifest: NAV_ITEM }));
    expect(course.chapters.map(({ title }) => title)).toEqual(['Bab satu', 'Bab dua', 'Judul halaman']);
  });

  test('come from the NCX in EPUB 2, with the cover by its meta element', async () => {
    const ncx = `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint id="n"><navLabel><text>Bab I</text></navLabel>
      <content src="c1.xhtml"/></navPoint></navMap></ncx>`;
    const { course } = await readEpub(
      epub({
        bodies: ['<p>isi</p>'],
        files: { 'OPS/toc.ncx': strToU8(ncx), 'OPS/k.png': png(1, 1) },
        metadata: '<dc:title>Lama</dc:title><dc:language>id-ID</dc:language><meta name="cover" content="k"/>',
        manifest:
          '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="k" href="k.png" media-type="image/png"/>',
        spine: 'toc="ncx"'
      })
    );
    expect(course).toMatchObject({ title: 'Lama', language: 'id-ID', cover: { type: 'image/webp' } });
    expect(course.chapters[0]?.title).toBe('Bab I');
  });
});

test('a huge document is divided at its table of contents, losing nothing', async () => {
  const part = (id: string) =>
    `<section id="${id}"><h2>Bagian ${id}</h2><p>${`kata ${id} `.repeat(6_000)}</p></section>`;
  const body = `<section id="top"><h1>Buku</h1>${part('a')}${part('b')}<p><a id="c">${'akhir '.repeat(500)}</a> <a href="#b">b</a></p></section>`;
  const list = `<li><a href="c1.xhtml#top">Buku</a><ol>
    <li><a href="c1.xhtml#a">A</a></li><li><a href="c1.xhtml#b">B</a></li><li><a href="c1.xhtml#c">C</a></li></ol></li>`;
  const imported = await readEpub(epub({ bodies: [body], files: { 'OPS/nav.xhtml': nav(list) }, manifest: NAV_ITEM }));
  expect(imported.course.chapters.map(({ id, title }) => [id, title])).toEqual([
    ['c1.a', 'A'],
    ['c1.b', 'B'],
    ['c1.c', 'C']
  ]);
  const text = [0, 1, 2].map((index) => textOf(chapterOf(imported, index).nodes)).join('');
  expect(text.match(/kata a/g)).toHaveLength(6_000);
  expect(text.match(/kata b/g)).toHaveLength(6_000);
  expect(text).toContain('Buku');
  expect(JSON.stringify(chapterOf(imported, 2).nodes)).toContain('#c1.b/b');
});

test('metadata become the facts of the course', async () => {
  const metadata = `<dc:title id="s">Anak judul</dc:title><dc:title id="m">Judul\n utama</dc:title>
    <meta refines="#s" property="title-type">subtitle</meta><meta refines="#m" property="title-type">main</meta>
    <dc:creator>Siti</dc:creator><dc:creator>Budi</dc:creator><dc:publisher>LAN</dc:publisher><dc:language>he</dc:language>
    <dc:subject>Etika</dc:subject><dc:subject>Etika</dc:subject><dc:description>&lt;p&gt;Ringkas&lt;/p&gt;</dc:description>`;
  const { course } = await readEpub(epub({ bodies: ['<p>x</p>'], metadata }));
  expect(course).toMatchObject({
    title: 'Judul utama',
    language: 'he',
    direction: 'rtl',
    publisher: 'LAN',
    topics: ['Etika'],
    summary: 'Ringkas',
    source: 'Siti, Budi · LAN'
  });
});

test('a Japanese book that turns right to left is still read in lines from left to right', async () => {
  const metadata = '<dc:title>本</dc:title><dc:language>ja</dc:language>';
  const spine = 'page-progression-direction="rtl"';
  expect((await readEpub(epub({ bodies: ['<p>x</p>'], metadata, spine }))).course.direction).toBe('ltr');
});

test('what stands outside the reading order follows at the end, without the cover page', async () => {
  const { course } = await readEpub(
    epub({
      bodies: ['<p><img src="k.png" alt="Sampul"/></p>', '<h1>Jawaban</h1>', '<h1>Bab</h1>'],
      files: { 'OPS/k.png': png(1, 1) },
      manifest: '<item id="k" href="k.png" media-type="image/png" properties="cover-image"/>',
      itemrefs: '<itemref idref="c1" linear="no"/><itemref idref="c2" linear="no"/><itemref idref="c3"/>'
    })
  );
  expect(course.chapters.map(({ title }) => title)).toEqual(['Bab', 'Jawaban']);
});

test('a chapter is never named like a property that every object has', async () => {
  const manifest = '<item id="constructor" href="c1.xhtml" media-type="application/xhtml+xml"/>';
  const bytes = epub({ bodies: ['<p>x</p>'], manifest, itemrefs: '<itemref idref="constructor"/>' });
  expect((await readEpub(bytes)).course.chapters[0]?.id).toBe('constructor-2');
});
