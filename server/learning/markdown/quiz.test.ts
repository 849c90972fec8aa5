import { expect, test } from 'vitest';
import { grade } from '../../../src/lib/domain/learning/grading.ts';
import { quiz as quizSchema, type Quiz } from '../../../src/lib/domain/documents/quiz.ts';
import * as v from 'valibot';
import type { ImportedCourse } from '../types.ts';
import { readMarkdown } from './index.ts';

const COURSE = `---
title: Air bersih
modules:
  - title: Dasar
    chapters: [Menampung hujan, Latihan]
  - title: Ujian
    chapters: [Evaluasi]
study:
  regular: { from: 1, to: 15, attempts: 2 }
  remedial: { from: 16, to: 30, attempts: 3 }
  certificate: true
---
# Menampung hujan

Isi.

# Latihan

Cobalah dulu.

\`\`\`kuis
lulus: 50%
acak: ya

? Berapa lama air **direbus**?
( ) Sampai hangat
(x) Satu menit
> Mendidih bergolak.

? Mana yang bagian penampung?
[x] Talang
[x] Tandon
[ ] Genset

? Urutkan
1. Atap
2. Talang
3. Tandon

? Pasangkan
- Talang = menyaring
- Tandon = menyimpan
- Jeriken = menyimpan

? Berapa liter?
= 2.400 ± 50 liter

? Apa yang dipakai?
= "sabun" | "sabun cair"
\`\`\`

# Evaluasi

\`\`\`evaluasi
? Mana yang benar?
(x) Merebus
( ) Membiarkan
> Sebab kuman mati.

? Urutkan
1. Zat
2. Atap
\`\`\`

# Jurnal

\`\`\`tugas
Unggah jurnal Anda sebagai **PDF**.
\`\`\`
`;

const fileOf = ({ course, files }: ImportedCourse, chapter: string): unknown => {
  const entry = course.chapters.find(({ id }) => id === chapter);
  const file = files.find(({ sha256 }) => sha256 === entry?.file.sha256);
  return JSON.parse(new TextDecoder().decode(file?.body));
};
const quizOf = (imported: ImportedCourse, chapter: string): Quiz => v.parse(quizSchema, fileOf(imported, chapter));

test('blocks make quizzes, evaluations and assignments; modules follow one another', async () => {
  const { course } = await readMarkdown(COURSE);
  expect(course.chapters.map(({ id, form }) => [id, form])).toEqual([
    ['menampung-hujan', 'text'],
    ['latihan', 'quiz'],
    ['evaluasi', 'evaluation'],
    ['jurnal', 'assignment']
  ]);
  expect(course.modules).toEqual([
    { id: 'dasar', title: 'Dasar', chapters: ['menampung-hujan', 'latihan'], after: [] },
    { id: 'ujian', title: 'Ujian', chapters: ['evaluasi'], after: ['dasar'] }
  ]);
  expect(course.study).toEqual({
    regular: { from: 1, to: 15, attempts: 2 },
    remedial: { from: 16, to: 30, attempts: 3 },
    certificate: true
  });
});

test('a practice quiz has all kinds of questions with their keys', async () => {
  const quiz = quizOf(await readMarkdown(COURSE), 'latihan');
  expect(quiz).toMatchObject({ title: 'Latihan', passing: 0.5, shuffle: true, intro: [['p', {}, 'Cobalah dulu.']] });
  expect(quiz.questions.map(({ kind, key }) => [kind, key])).toEqual([
    ['single', 'p2'],
    ['multiple', ['p1', 'p2']],
    ['order', ['p1', 'p2', 'p3']],
    ['match', { p1: 't1', p2: 't2', p3: 't2' }],
    ['number', { value: 2400, tolerance: 50 }],
    ['text', ['sabun', 'sabun cair']]
  ]);
  expect(quiz.questions[0]).toMatchObject({
    prompt: [['p', {}, 'Berapa lama air ', ['strong', {}, 'direbus'], '?']],
    choices: [{ text: ['Sampai hangat'] }, { text: ['Satu menit'] }],
    explanation: [['p', {}, 'Mendidih bergolak.']]
  });
  expect(quiz.questions[4]).toMatchObject({ unit: 'liter' });
});

test('the keys of an evaluation are in none of the files', async () => {
  const imported = await readMarkdown(COURSE);
  const open = quizOf(imported, 'evaluasi');
  for (const { body } of imported.files.filter(({ body }) => new TextDecoder().decode(body).includes('Merebus')))
    expect(new TextDecoder().decode(body)).not.toMatch(/"key"|explanation|kuman/);
  expect(imported.keys).toMatchObject([{ chapter: 'evaluasi', file: imported.course.chapters[2]?.file.sha256 }]);
  // The order of the steps is not that in which they were written.
  expect(open.questions[1]).toMatchObject({ choices: [{ text: ['Atap'] }, { text: ['Zat'] }] });
  const [key] = imported.keys ?? [];
  expect(key && grade(key.quiz, { s1: 'p1', s2: ['p2', 'p1'] })).toMatchObject({ score: 1, passed: true });
});

const inBlock = (block: string, lang = 'kuis') => `# Satu\n\n\`\`\`${lang}\n${block}\n\`\`\`\n`;

test.each([
  ['', 'no question'],
  ['lulus: 200%\n? A\n(x) b', 'no share'],
  ['teks\n? A\n(x) b', 'stands before'],
  ['? A', 'has no answers'],
  ['? A\n( ) b\n( ) c', 'exactly one'],
  ['? A\n(x) b\n(x) c', 'exactly one'],
  ['? A\n(x) b\n[x] c', 'mixes kinds'],
  ['? A\n- b', 'no pair'],
  ['? A\n= banyak', 'no number'],
  ['? A\n= 1\n= 2', 'exactly one line'],
  ['? A\n= ""', 'does not say what is right'],
  ['? A\n(x) b\nlalu apa', 'is no answer']
])('%j is refused: %s', async (block, words) => {
  await expect(readMarkdown(inBlock(block))).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining(words)
  });
});

test('two blocks in a chapter, and modules that are not there, are refused', async () => {
  await expect(readMarkdown(inBlock('? A\n(x) b\n```\n\n```evaluasi\n? A\n(x) b'))).rejects.toThrow('more than one');
  const withModule = (module: string) => `---\nmodules:\n  - ${module}\n---\n# Satu\n\nisi`;
  await expect(readMarkdown(withModule('{title: A, chapters: [Dua]}'))).rejects.toThrow('not there: Dua');
  await expect(readMarkdown(withModule('{title: A, chapters: [Satu], after: [A]}'))).rejects.toThrow('does not stand');
});
