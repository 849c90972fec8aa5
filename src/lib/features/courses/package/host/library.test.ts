import { expect, test } from 'vitest';
import { NOWHERE, urlOf } from './address';
import { decodeText } from './decode';
import { Library } from './library';
import { rewriteStyle } from './style';

const base = 'https://package.invalid/kursus/isi/a.html';
const library = new Library(
  ['kursus/isi/Gambar Satu.PNG', 'kursus/mulai.html', 'umum/x.js', 'kursus/index.html', 'ü/é.txt'].map((path) => ({
    path,
    size: 1,
    type: 'text/plain'
  }))
);

test.each([
  ['Gambar%20Satu.PNG', 'kursus/isi/Gambar Satu.PNG'],
  ['gambar satu.png?v=1#x', 'kursus/isi/Gambar Satu.PNG'],
  ['..\\mulai.html', 'kursus/mulai.html'],
  ['../', 'kursus/index.html'],
  ['/server/path/umum/x.js', 'umum/x.js'],
  ['../../../../umum/x.js', 'umum/x.js'],
  ['../../u%CC%88/e%CC%81.txt', 'ü/é.txt'],
  ['tiada.html', undefined],
  ['https://example.com/umum/x.js', undefined],
  ['//example.com/umum/x.js', undefined]
])('%s is found', (reference, path) => expect(library.find(reference, base)).toBe(path));

test('a file that is not here is wanted, and nothing else is ever asked for', () => {
  expect(library.place('../../umum/x.js', base, 'script')).toBe(NOWHERE);
  expect([...library.wanted]).toEqual(['umum/x.js']);
  expect(library.place('https://example.com/x.png', base, 'file')).toBe(NOWHERE);
  expect(urlOf('ü/a b.html', '?x#y').href).toBe('https://package.invalid/%C3%BC/a%20b.html?x#y');
});

test('style sheets name their pictures, and other sheets', () => {
  const css = '@import url( s.css ); @import "t.css"; a{background:url("b c.png")} /* url(x) */ i{mask:url(#m)}';
  expect(rewriteStyle(css, (reference, sheet) => `${sheet ? 'S' : 'F'}:${reference}`)).toBe(
    '@import url( "S:s.css" ); @import "S:t.css"; a{background:url("F:b c.png")} /* url(x) */ i{mask:url(#m)}'
  );
});

test.each([
  ['UTF-8', new TextEncoder().encode('\ufeffÉ – é')],
  [
    'UTF-16',
    new Uint8Array([0xff, 0xfe, ...new Uint8Array(new Uint16Array([...'É – é'].map((c) => c.charCodeAt(0))).buffer)])
  ],
  [
    'what it says',
    new Uint8Array([...new TextEncoder().encode('<meta charset="windows-1252">'), 0xc9, 0x20, 0x96, 0x20, 0xe9])
  ],
  ['nothing that it says', new Uint8Array([0xc9, 0x20, 0x96, 0x20, 0xe9])]
])('a page in %s is read', (_, bytes) => expect(decodeText(bytes).replace(/<[^>]*>|\ufeff/g, '')).toBe('É – é'));
