import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { sha256Of } from '../text.ts';
import { readEpub } from './index.ts';
import { chapterOf, epub, page, png } from './testing/book.ts';

const nodesOf = async (body: string) => chapterOf(await readEpub(epub({ bodies: [body] })), 0).nodes;

describe('text', () => {
  test('headings, lists, tables, language and direction survive; white space of the source does not', async () => {
    const nodes = await nodesOf(`
      <h1 id="a">Satu &amp; dua&nbsp;&eacute;</h1>
      <div class="x"> <p lang="ar" dir="rtl">نص</p> </div>
      <ol start="3"> <li>tiga <b>empat</b> <i>lima</i></li> </ol>
      <table> <thead><tr><th scope="col" colspan="2" style="x">K</th></tr></thead> <tbody><tr><td/><td>1</td></tr></tbody> </table>
      <pre>a
   b</pre>`);
    expect(nodes).toEqual([
      ['h1', { id: 'a' }, 'Satu & dua\u00a0é'],
      ['p', { lang: 'ar', dir: 'rtl' }, 'نص'],
      ['ol', { start: '3' }, ['li', {}, 'tiga ', ['b', {}, 'empat'], ' ', ['i', {}, 'lima']]],
      [
        'table',
        {},
        ['thead', {}, ['tr', {}, ['th', { colspan: '2', scope: 'col' }, 'K']]],
        ['tbody', {}, ['tr', {}, ['td', {}], ['td', {}, '1']]]
      ],
      ['pre', {}, 'a\n   b']
    ]);
  });

  test('unknown elements give up their children, page numbers and hidden parts go, notes stay', async () => {
    const nodes = await nodesOf(`<article><font>satu</font> <blink>dua</blink></article>
      <p><span epub:type="pagebreak" id="p9" title="9">9</span>teks</p>
      <p hidden="hidden">rahasia</p><aside epub:type="footnote" id="n1" hidden=""><p>catatan</p></aside>`);
    expect(nodes).toEqual([
      ['section', {}, 'satu dua'],
      ['p', {}, ['span', { id: 'p9' }], 'teks'],
      ['aside', { id: 'n1', role: 'doc-footnote' }, ['p', {}, 'catatan']]
    ]);
  });

  test('a tree deeper than the reader draws keeps its text', async () => {
    const nodes = await nodesOf(`${'<div id="x">'.repeat(400)}dalam${'</div>'.repeat(400)}`);
    expect(JSON.stringify(nodes)).toContain('dalam');
  });

  test('a document in another language than the book says so', async () => {
    const bytes = epub({ bodies: [page('<p>Bonjour</p>', ' lang="fr" dir="rtl"')] });
    expect(chapterOf(await readEpub(bytes), 0).nodes).toEqual([
      ['section', { lang: 'fr', dir: 'rtl' }, ['p', {}, 'Bonjour']]
    ]);
  });

  test('UTF-16 and Latin-1 documents are read as they say', async () => {
    const utf16 = Buffer.from(`\ufeff${page('<p>é</p>').replace('utf-8', 'utf-16')}`, 'utf16le');
    const latin = Buffer.from(page('<p>é</p>').replace('utf-8', 'iso-8859-1'), 'latin1');
    const files = { 'OPS/c1.xhtml': new Uint8Array(utf16), 'OPS/c2.xhtml': new Uint8Array(latin) };
    const imported = await readEpub(epub({ bodies: ['', ''], files }));
    expect([0, 1].map((index) => chapterOf(imported, index).nodes)).toEqual([[['p', {}, 'é']], [['p', {}, 'é']]]);
  });
});

describe('what is active or remote', () => {
  test('is left out and told, and its text stays', async () => {
    const body = `<script>alert(1)</script><style>p{}</style><form action="x"><p onclick="x()">Nama <input/></p></form>
      <iframe src="https://x.example"/><video src="a.mp4"><p>tanpa video</p></video>
      <p><a href="javascript:alert(1)">klik</a> <a href="data:text/html,x">data</a> <a href="file:///etc/passwd">berkas</a></p>
      <p><img src="https://x.example/a.png" alt="jauh"/><img src="missing.png" alt="hilang"/></p>
      <math alttext="x kuadrat"><apply><power/><ci>x</ci></apply></math><svg xmlns="http://www.w3.org/2000/svg"><title>bagan</title><path d=""/><script>1</script></svg>`;
    const imported = await readEpub(epub({ bodies: [body] }));
    expect(chapterOf(imported, 0).nodes).toEqual([
      ['p', {}, 'Nama'],
      ['p', {}, 'tanpa video'],
      ['p', {}, 'klik data berkas'],
      ['p', {}, 'jauhhilang'],
      'x kuadratbagan'
    ]);
    const removed = imported.removed.join('\n');
    for (const word of [
      'script',
      'style',
      'form',
      'input',
      'onclick',
      'iframe',
      'video',
      'javascript:',
      'data:',
      'file:'
    ])
      expect(removed).toContain(word);
    expect(removed).toMatch(/remote picture[\s\S]*missing\.png[\s\S]*formula[\s\S]*SVG/);
  });

  test('web links are https', async () => {
    expect(
      await nodesOf('<p><a href="http://bkn.go.id/x?y=1">a</a> <a href="https://u:p@evil.example">b</a></p>')
    ).toEqual([['p', {}, ['a', { href: 'https://bkn.go.id/x?y=1' }, 'a'], ' b']]);
  });

  test('entities are characters and nothing else', async () => {
    const doctype = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY lol "lol">]>';
    const body = page('<p>&x;</p>').replace('<!DOCTYPE html>', doctype);
    await expect(readEpub(epub({ bodies: [body] }))).rejects.toMatchObject({ code: 'broken-xml' });
    const constructor = page('<p>&constructor;</p>');
    await expect(readEpub(epub({ bodies: [constructor] }))).rejects.toMatchObject({ code: 'broken-xml' });
  });
});

describe('pictures', () => {
  test('are files by content, listed per chapter, with their size on the page', async () => {
    const files = { 'OPS/img/a b.png': png(400, 200), 'OPS/img/c.png': png(400, 200), 'OPS/d.svg': strToU8('<svg/>') };
    const bodies = [
      '<p><img src="img/a%20b.png" alt="peta" width="100"/><img src="img/c.png"/></p>',
      '<figure><img src="./img/../img/c.png" alt=""/><figcaption>peta</figcaption></figure>',
      '<p>tanpa <img src="d.svg" alt="bagan"/></p>'
    ];
    const { course, files: stored, removed } = await readEpub(epub({ bodies, files }));
    const src = sha256Of(png(400, 200));
    const entry = { sha256: src, size: png(400, 200).byteLength, type: 'image/png' };
    expect(course.chapters.map(({ images }) => images)).toEqual([[entry], [entry], []]);
    const imported = { course, files: stored, removed, fingerprint: '' };
    expect(chapterOf(imported, 0).nodes).toEqual([
      [
        'p',
        {},
        ['img', { src, alt: 'peta', width: '100', height: '50' }],
        ['img', { src, alt: '', width: '400', height: '200' }]
      ]
    ]);
    expect(course.size).toBe(stored.reduce((sum, { body }) => sum + body.byteLength, 0));
    expect(stored.filter(({ sha256 }) => sha256 === src)).toHaveLength(1);
    expect(removed.join()).toContain('d.svg');
  });

  test('an SVG that only frames a picture is that picture, and a first page like that is the cover', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image width="9" height="9" xlink:href="k.png"/></svg>`;
    const { course } = await readEpub(epub({ bodies: [svg, '<p>isi</p>'], files: { 'OPS/k.png': png(3, 4) } }));
    expect(course.cover?.type).toBe('image/webp');
    expect(course.chapters[0]?.images).toHaveLength(1);
  });

  test('a picture inside the text is a picture', async () => {
    const data = Buffer.from(png(2, 2)).toString('base64');
    const nodes = await nodesOf(`<p><img src="data:image/png;base64,${data}" alt=""/></p>`);
    expect(nodes).toEqual([['p', {}, ['img', { src: sha256Of(png(2, 2)), alt: '', width: '2', height: '2' }]]]);
  });
});
