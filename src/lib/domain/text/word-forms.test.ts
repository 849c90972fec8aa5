import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stem, wordForms } from './word-forms.ts';
import { wordsOf } from './words.ts';

describe('the stem of a word', () => {
  test.each([
    ['layan', 'melayani pelayanan dilayani layanan terlayani'],
    ['sehat', 'kesehatan menyehatkan penyehatan'],
    ['ajar', 'belajar pembelajaran pelajaran pelajar mengajar pengajaran'],
    ['didik', 'pendidikan mendidik dididik'],
    ['lindung', 'melindungi pelindungan perlindungan dilindungi'],
    ['naik', 'kenaikan dinaikkan naikkan'],
    ['suluh', 'penyuluhan menyuluh penyuluh'],
    ['tani', 'pertanian petani bertani'],
    ['arsip', 'kearsipan pengarsipan diarsipkan'],
    ['gaji', 'penggajian digaji gajinya']
  ])('%s', (root, words) => {
    for (const word of words.split(' ')) expect([word, stem(word)]).toEqual([word, root]);
  });
});

/** Whether a person who looks for one word is shown the other. */
const areForms = (a: string, b: string): boolean => {
  const forms = new Set(wordForms(a));
  return wordForms(b).some((form) => forms.has(form));
};

test.each([
  ['menulis', 'tulis'],
  ['penulisan', 'tulisan'],
  ['menolong', 'pertolongan'],
  ['mengelola', 'pengelolaan'],
  ['kelola', 'mengelola'],
  ['kepegawaian', 'pegawai'],
  ['penilaian', 'nilai'],
  ['menilai', 'nilai'],
  ['memimpin', 'kepemimpinan'],
  ['pensiunan', 'pensiun'],
  ['kepensiunan', 'pensiun'],
  ['disabilitas', 'disabilitas'],
  ['mengukur', 'ukuran'],
  ['mengirim', 'kiriman'],
  ['menaikkan', 'kenaikan']
])('%s and %s are forms of one word', (a, b) => expect(areForms(a, b)).toBe(true));

test.each([
  ['gizi', 'gaji'],
  ['arsip', 'asrama'],
  ['guru', 'gurita'],
  ['pelayanan', 'pelayaran']
])('%s and %s are not', (a, b) => expect(areForms(a, b)).toBe(false));

test('any text has forms, the word itself first, and they are made in finite time', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(me|pe|di|ke|ber|nya|kan|an|ng|i|k|a){1,14}$/)), (text) => {
      for (const word of wordsOf(text)) {
        const forms = wordForms(word);
        expect(forms[0]).toBe(word);
        expect(forms.length).toBeLessThan(16);
      }
    })
  );
});

test('words are compared without case and diacritics', () =>
  expect(wordsOf('Étika ASN, “Perlindungan” data-pribadi!')).toEqual([
    'etika',
    'asn',
    'perlindungan',
    'data',
    'pribadi'
  ]));
