import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { walk } from '../tree.ts';
import { readEpub } from './index.ts';
import { chapterOf, CONTAINER, entriesOf, epub, page, png } from './testing/book.ts';

/** A book as EPUB 2 made them: OPF 2 metadata, an NCX with levels, a guide. */
const old = (files: Record<string, Uint8Array>) =>
  zipSync({
    'META-INF/container.xml': strToU8(CONTAINER),
    'OPS/book.opf':
      strToU8(`\n<?xml version="1.1"?><!DOCTYPE package PUBLIC "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN" "http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd">
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id"><metadata><dc-metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:Title>Buku Lama</dc:Title><dc:Creator opf:role="aut">Siti</dc:Creator><dc:language>id</dc:language></dc-metadata><meta name="cover" content="K.JPG"/></metadata>
<manifest><item id="ncx" href="toc.ncx" media-type="text/xml"/><item id="s" href="cover.HTML" media-type="application/xhtml+xml"/>
<item id="a" href="Bab%20Satu.XHTML" media-type="text/x-oeb1-document"/><item id="k" href="Images/K.JPG" media-type="image/jpeg"/></manifest>
<spine toc="ncx"><itemref idref="s" linear="NO"/><itemref idref="a"/><itemref idref="k"/></spine>
<guide><reference type="cover" href="cover.HTML"/></guide></package>`),
    'OPS/toc.ncx':
      strToU8(`<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Bagian</text></navLabel><content src="none.html"/>
<navPoint><navLabel><text>Bab Satu</text></navLabel><content src="Bab%20Satu.XHTML"/></navPoint></navPoint></navMap></ncx>`),
    ...files
  });

const notes = `<p>Satu<a href="#n1" id="r1"><sup>1</sup></a>, dua<a href="bab satu.xhtml#n2" id="r2">[2]</a>, lihat <a href="#n1">catatan</a>.</p>
  <hr/><p id="n1"><a href="#r1">1</a> Isi satu.</p><div><p><a id="n2" href="#r2">2</a> Isi dua.</p></div>`;

describe('a book of EPUB 2', () => {
  const read = async () => {
    const photo = await sharp({ create: { width: 900, height: 1_200, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    return readEpub(
      old({
        'OPS/COVER.html': strToU8(page('<img src="Images/k.jpg" alt=""/>')),
        'OPS/bab satu.xhtml': strToU8(`\ufeff${page(notes)}`),
        'OPS/images/k.jpg': new Uint8Array(photo)
      })
    );
  };

  test('is read with its title, author, level and names in other letters', async () => {
    const { course, removed } = await read();
    expect(course).toMatchObject({ title: 'Buku Lama', source: 'Siti', language: 'id' });
    expect(course.chapters.map(({ title, level }) => [title, level])).toEqual([['Bab Satu', 1]]);
    expect(removed.join()).toContain('OPS/Images/K.JPG: page that is no text');
  });

  test('has a small cover in its own proportions', async () => {
    const { course, files } = await read();
    expect(course.cover).toMatchObject({ type: 'image/webp' });
    expect(course.cover?.size).toBeLessThanOrEqual(30 * 1024);
    const file = files.find(({ sha256 }) => sha256 === course.cover?.sha256);
    expect(await sharp(file?.body).metadata()).toMatchObject({ width: 360, height: 480 });
  });

  test('tells the signs of its notes from other links, and from the ways back', async () => {
    const roles: Record<string, string | undefined> = {};
    walk(chapterOf(await read(), 0).nodes, (name, { href, id, role }) => {
      if (name === 'a') roles[`${id ?? ''}>${href}`] = role;
    });
    expect(roles).toEqual({
      'r1>#a/n1': 'doc-noteref',
      'r2>#a': undefined,
      '>#a/n1': undefined,
      '>#a/r1': undefined,
      'n2>#a/r2': undefined
    });
  });
});

describe('drawings', () => {
  const svg = (inside: string) =>
    strToU8(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><title>Bagan</title>${inside}</svg>`);

  test('become pictures; one that reaches out or is broken is left out and told', async () => {
    const files = {
      'OPS/a.svg': svg('<script>alert(1)</script><rect width="50" height="50"/>'),
      'OPS/b.svg': svg('<image href="file:///etc/passwd" width="9" height="9"/>'),
      'OPS/c.svg': strToU8('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>')
    };
    const manifest = ['a', 'b', 'c'].map((id) => `<item id="${id}" href="${id}.svg" media-type="image/svg+xml"/>`);
    const body = '<p><img src="a.svg" alt="A"/><img src="b.svg" alt="B"/><img src="c.svg" alt="C"/></p>';
    const imported = await readEpub(epub({ bodies: [body], files, manifest: manifest.join('') }));
    expect(imported.course.chapters[0]?.images).toMatchObject([{ type: 'image/webp' }]);
    expect(chapterOf(imported, 0).nodes).toMatchObject([['p', {}, ['img', { alt: 'A', width: '400' }], 'BC']]);
    expect(imported.removed.join()).toMatch(/b\.svg.*c\.svg/);
  });
});

test('levels of the table of contents stay with the chapters', async () => {
  const nav = `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>
    <li><a href="c1.xhtml">Satu</a><ol><li><a href="c2.xhtml">Dua</a></li></ol></li></ol></nav></body></html>`;
  const manifest = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>';
  const bodies = ['<p>a</p>', '<p>b</p>'];
  const { course } = await readEpub(epub({ bodies, manifest, files: { 'OPS/nav.xhtml': strToU8(nav) } }));
  expect(course.chapters.map(({ level }) => level)).toEqual([undefined, 1]);
});

test('a cover that cannot be decoded is left out and told, and the book is read', async () => {
  const manifest = '<item id="k" href="k.png" media-type="image/png" properties="cover-image"/>';
  const broken = png(9, 9).slice(0, 40);
  const { course, removed } = await readEpub(epub({ bodies: ['<p>x</p>'], manifest, files: { 'OPS/k.png': broken } }));
  expect(course.cover).toBeUndefined();
  expect(removed.join()).toContain('cover');
});

test('pages of HTML that are no XML are refused with their name', async () => {
  const entries = {
    ...entriesOf({ bodies: ['<p>x</p>'] }),
    'OPS/c1.xhtml': strToU8('<html><body><p>a<br>b</body></html>')
  };
  await expect(readEpub(zipSync(entries))).rejects.toMatchObject({ code: 'broken-xml', message: /c1\.xhtml/ });
});
