import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chapterOf, epub, png } from './epub/testing/book.ts';
import { importFile } from './import-file.ts';
import { pdf } from './testing/pdf.ts';
import { mp3, mp4, opus, wav } from './testing/recordings.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'smartasn-import-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Record<string, Uint8Array | string>): Promise<string> {
  for (const [name, body] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), body);
  }
  return folder;
}

const refusal = (source: string | Uint8Array, name?: string): Promise<unknown> =>
  importFile(source, name === undefined ? {} : { name }).then(
    () => 'was not refused',
    (error: unknown) => error
  );

const VTT = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHalo\n';

test('content says what a file is, whatever its name says', async () => {
  const kinds = await Promise.all(
    [epub({ bodies: ['<p>Isi</p>'] }), strToU8('# Bab\n\nIsi'), mp3(50), mp4(3, 'vide'), pdf(3)].map(
      async (bytes) => (await importFile(bytes, { name: 'berkas.dat' })).course.chapters[0]
    )
  );
  expect(kinds.map((entry) => entry?.form)).toEqual(['text', 'text', 'audio', 'video', 'document']);
  expect(kinds[4]).toMatchObject({ pages: 3, file: { type: 'application/pdf' } });
});

test('a recording alone is a podcast named by itself, or by its file', async () => {
  const { course, files } = await importFile(mp3(250, { TIT2: 'Siniar pertama', TPE1: 'BKN' }), { name: 'x.mp3' });
  expect(course).toMatchObject({
    title: 'Siniar pertama',
    kind: 'podcast',
    publisher: 'BKN',
    size: files[0]?.body.length
  });
  const file: unknown = expect.objectContaining({ type: 'audio/mpeg' });
  expect(course.chapters).toEqual([
    { id: 'x', title: 'Siniar pertama', form: 'audio', file, images: [], minutes: 0.1 }
  ]);
  expect((await importFile(wav(1), { name: '01 - rapat_pagi.wav' })).course.title).toBe('Rapat pagi');
});

test('recordings together are a book of one chapter each, with their words beside them', async () => {
  await write({
    '10 akhir.mp3': mp3(50, { TALB: 'Kisah' }),
    '2 tengah.mp3': mp3(50, { TALB: 'Kisah', TIT2: 'Bagian tengah' }),
    '2 tengah.vtt': VTT,
    '2 tengah.en.vtt': VTT,
    '2 tengah.md': 'Kata **demi** kata.',
    'sampul.png': png(4, 4),
    '.DS_Store': 'x'
  });
  const { course, removed } = await importFile(folder);
  expect(course).toMatchObject({ title: 'Kisah', kind: 'audiobook', cover: { type: 'image/png' } });
  expect(course.chapters.map(({ id, title, form }) => [id, title, form])).toEqual([
    ['tengah', 'Bagian tengah', 'audio'],
    ['akhir', 'Akhir', 'audio']
  ]);
  expect(course.chapters[0]?.captions?.map(({ language, file }) => [language, file.type])).toEqual([
    ['en', 'text/vtt'],
    ['id', 'text/vtt']
  ]);
  expect(course.chapters[0]?.transcript?.type).toBe('application/json');
  expect(removed).toEqual([]);
});

test('a folder of texts is a course with modules, links and pictures', async () => {
  await write({
    'course.yml': 'title: Air Bersih\nhours: 2\nlevel: dasar\ncover: gambar/peta.png\n',
    'modul 1/01-mulai.md': '# Mulai\n\n[Lanjut](02-lanjut.md#cara), ![Peta](../gambar/peta.png)',
    'modul 1/02-lanjut.md': '# Lanjut\n\n## Cara\n\nIsi',
    'modul 2/rekaman.opus': opus(60, 'Suara'),
    'gambar/peta.png': png(20, 10),
    'catatan.xls': '\0\x01'
  });
  const imported = await importFile(folder);
  expect(imported.course).toMatchObject({ title: 'Air Bersih', learningHours: 2, level: 'dasar', kind: 'course' });
  expect(imported.course.modules).toEqual([
    { id: 'modul-1', title: 'Modul 1', chapters: ['mulai', 'lanjut'], after: [] },
    { id: 'modul-2', title: 'Modul 2', chapters: ['rekaman'], after: [] }
  ]);
  const src = imported.course.cover?.sha256;
  expect(chapterOf(imported, 0).nodes[1]).toEqual([
    'p',
    {},
    ['a', { href: '#lanjut/cara' }, 'Lanjut'],
    ', ',
    ['img', { src, width: '20', height: '10', alt: 'Peta' }]
  ]);
  expect(imported.removed).toEqual(['catatan.xls: file of a kind that a course does not use']);
});

test('settings name modules by files and titles; an archive with one folder is that folder', async () => {
  const zip = zipSync({
    'kursus/course.yml': strToU8(
      'modules:\n - { title: Akhir, chapters: [b.md] }\n - { title: Awal, chapters: [Satu], after: [Akhir] }\n'
    ),
    'kursus/a.md': strToU8('# Satu\n\nIsi'),
    'kursus/b.md': strToU8('# Dua\n\nIsi\n\n# Tiga\n\nIsi')
  });
  const { course } = await importFile(zip, { name: 'Pelatihan dasar.zip' });
  expect(course.title).toBe('Pelatihan dasar');
  expect(course.chapters.map(({ id }) => id)).toEqual(['b', 'tiga', 'a']);
  expect(course.modules?.map(({ id, chapters, after }) => [id, chapters, after])).toEqual([
    ['akhir', ['b', 'tiga'], []],
    ['awal', ['a'], ['akhir']]
  ]);
});

test.each([
  ['tak-dikenal.exe', strToU8('MZ\0\0'), 'unknown-kind'],
  ['laman.html', strToU8('<!doctype html><p>x'), 'unknown-kind'],
  ['gambar.mp3', png(4, 4), 'unknown-kind'],
  ['kosong.md', new Uint8Array(), 'no-chapters'],
  ['potong.pdf', pdf(40).slice(0, 900), 'unreadable'],
  ['rusak.pdf', strToU8('%PDF-1.4\nhalo\n%%EOF\n'), 'unreadable'],
  ['kunci.pdf', pdf(1, { encrypted: true }), 'encrypted'],
  ['potong.mp3', mp3(400).slice(0, 50_000), 'unreadable'],
  ['potong.mp4', mp4(4, 'vide').slice(0, 300), 'unreadable']
])('%s is refused', async (name, bytes, code) => {
  expect(await refusal(bytes, name)).toMatchObject({ code });
});

test.each([
  ['nama palsu', { 'a.md': '# A\n\nIsi', 'b.mp3': '<html>' }, 'unknown-kind', 'b.mp3'],
  ['tanpa tajuk', { 'a.mp3': mp3(50), 'a.vtt': 'bukan' }, 'unreadable', 'a.vtt'],
  ['pengaturan', { 'a.md': '# A\n\nIsi', 'course.yml': 'hours: banyak' }, 'unreadable', 'course.yml'],
  ['sampul', { 'a.md': '# A\n\nIsi', 'course.yml': 'cover: tak-ada.png' }, 'unreadable', 'tak-ada.png'],
  ['bom alias', { 'a.md': '# A\n\nIsi', 'course.yml': 'title: &a x\nsummary: *a' }, 'unreadable', 'course.yml'],
  ['modul', { 'a.md': '# A\n\nIsi', 'course.yml': 'modules: [{ title: M, chapters: [b.md] }]' }, 'unreadable', 'b.md'],
  ['hanya gambar', { 'a.png': png(4, 4) }, 'no-chapters', '']
])('a folder is refused for %s, with the name of the file', async (_, files, code, named) => {
  expect(await refusal(await write(files))).toMatchObject({ code, message: expect.stringContaining(named) });
});

test('a link in a folder, and names that leave an archive, are refused', async () => {
  await write({ 'a.md': '# A\n\nIsi' });
  await symlink('/etc/passwd', path.join(folder, 'b.md'));
  expect(await refusal(folder)).toMatchObject({ code: 'unsafe-name', message: expect.stringContaining('b.md') });
  const zip = zipSync({ '../a.md': strToU8('# A\n\nIsi') });
  expect(await refusal(zip, 'a.zip')).toMatchObject({ code: 'unsafe-name' });
});

test('an archive that expands beyond reason is refused', async () => {
  const zip = zipSync({ 'a.md': strToU8('# A\n'), 'b.md': new Uint8Array(30_000_000) });
  expect(await refusal(zip, 'a.zip')).toMatchObject({ code: 'too-large', message: expect.stringContaining('b.md') });
});
