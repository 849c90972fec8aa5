import type { ImportRefused } from '../learning/index.ts';

/** What the commands say, in both languages. The app's words live in `messages/`; these never reach a browser. */

type Code = ImportRefused['code'];

interface Words {
  locale: string;
  refusals: Record<Code, string>;
  refused: (file: string, why: string) => string;
  detail: (text: string) => string;
  noFile: (file: string) => string;
  wrongHours: (given: string) => string;
  published: (title: string) => string;
  dryRun: (title: string) => string;
  facts: (chapters: number, pictures: number, size: string, language: string) => string;
  id: (id: string) => string;
  removed: (count: number) => string;
  nothingRemoved: string;
  noDemo: string;
  demoReady: string;
  database: (kind: string, version: string, address: string) => string;
  embedded: string;
  external: string;
  databases: (counts: { person: number; channel: number; directory: number; other: number }) => string;
  upToDate: string;
  disk: (free: string, folder: string) => string;
  diskLow: string;
  failed: (message: string) => string;
}

const id: Words = {
  locale: 'id',
  refusals: {
    'not-a-zip': 'Berkas ini bukan EPUB atau ZIP yang utuh. Unduh ulang dari sumbernya, lalu coba lagi.',
    'unsafe-name': 'Berkas ini memuat nama berkas yang berbahaya dan tidak dibuka.',
    'too-large': 'Berkas ini terlalu besar untuk satu kursus. Bagilah menjadi beberapa berkas.',
    'broken-xml': 'Isi berkas ini rusak. Minta berkas yang benar kepada penerbitnya.',
    encrypted: 'Berkas ini dikunci (DRM atau kata sandi). Minta edisi terbuka kepada penerbitnya.',
    'no-chapters': 'Tidak ada bab yang dapat dibaca di berkas ini.',
    unreadable: 'Berkas ini rusak atau terpotong. Unduh atau buat ulang, lalu coba lagi.',
    'unknown-kind':
      'Berkas ini bukan jenis yang dapat menjadi kursus: EPUB, SCORM, MP3, M4A, Ogg, WAV, MP4, WebM, PDF, atau Markdown.',
    'too-slow': 'Membaca berkas ini terlalu lama, jadi dihentikan.'
  },
  refused: (file, why) => `${file} tidak diterbitkan. ${why}`,
  detail: (text) => `Rincian: ${text}`,
  noFile: (file) => `Berkas ${file} tidak ditemukan. Periksa nama dan foldernya.`,
  wrongHours: (given) => `--hours ${given}: berikan jumlah JP, misalnya --hours 3.`,
  dryRun: (title) => `Kursus “${title}” dapat diterbitkan. Belum ada yang disimpan.`,
  published: (title) => `Kursus “${title}” sudah ada di katalog.`,
  facts: (chapters, pictures, size, language) =>
    `${chapters} bab, ${pictures} gambar, ${size} untuk diunduh, bahasa ${language}.`,
  id: (text) => `Nomor: ${text}`,
  removed: (count) => `${count} hal tidak ikut diterbitkan demi keamanan:`,
  nothingRemoved: 'Tidak ada yang dibuang dari berkas ini.',
  noDemo: 'Data contoh dimatikan di sini (SMARTASN_DEMO). Tidak ada yang dimuat.',
  demoReady: 'Data contoh siap.',
  database: (kind, version, address) => `Basis data: ${kind}, versi ${version}${address}`,
  embedded: 'bawaan',
  external: 'CouchDB',
  databases: ({ person, channel, directory, other }) =>
    `Isi: ${person} basis data pegawai, ${channel} kanal, ${directory} direktori, ${other} lainnya`,
  upToDate: 'Kurir: semua sudah sampai',
  disk: (free, folder) => `Ruang kosong: ${free} di ${folder}`,
  diskLow: 'Ruang hampir habis. Kosongkan disk sebelum server berhenti menyimpan.',
  failed: (message) => `Tidak berhasil: ${message}`
};

const en: Words = {
  locale: 'en',
  refusals: {
    'not-a-zip': 'The file is no whole EPUB or ZIP. Download it again from its source and retry.',
    'unsafe-name': 'The file contains dangerous file names and was not opened.',
    'too-large': 'The file is too large for one course. Split it into several files.',
    'broken-xml': 'The content of the file is damaged. Ask its publisher for a correct file.',
    encrypted: 'The file is locked (DRM or password). Ask its publisher for an open edition.',
    'no-chapters': 'There is no readable chapter in the file.',
    unreadable: 'The file is damaged or cut off. Download or make it again, then retry.',
    'unknown-kind':
      'The file is of no kind that can become a course: EPUB, SCORM, MP3, M4A, Ogg, WAV, MP4, WebM, PDF or Markdown.',
    'too-slow': 'Reading the file took too long and was stopped.'
  },
  refused: (file, why) => `${file} was not published. ${why}`,
  detail: (text) => `Detail: ${text}`,
  noFile: (file) => `There is no file ${file}. Check its name and folder.`,
  wrongHours: (given) => `--hours ${given}: give a number of learning hours, as in --hours 3.`,
  dryRun: (title) => `The course “${title}” can be published. Nothing was stored.`,
  published: (title) => `The course “${title}” is in the catalogue.`,
  facts: (chapters, pictures, size, language) =>
    `${chapters} ${chapters === 1 ? 'chapter' : 'chapters'}, ${pictures} ${pictures === 1 ? 'picture' : 'pictures'}, ${size} to download, language ${language}.`,
  id: (text) => `Id: ${text}`,
  removed: (count) => `${count} ${count === 1 ? 'thing was' : 'things were'} left out for safety:`,
  nothingRemoved: 'Nothing was left out of the file.',
  noDemo: 'Demonstration data are switched off here (SMARTASN_DEMO). Nothing was loaded.',
  demoReady: 'The demonstration data are ready.',
  database: (kind, version, address) => `Database: ${kind}, version ${version}${address}`,
  embedded: 'embedded',
  external: 'CouchDB',
  databases: ({ person, channel, directory, other }) =>
    `Content: ${person} person databases, ${channel} channels, ${directory} directories, ${other} others`,
  upToDate: 'Courier: everything is delivered',
  disk: (free, folder) => `Free space: ${free} at ${folder}`,
  diskLow: 'Space is almost used up. Free some before the server can no longer store.',
  failed: (message) => `That did not work: ${message}`
};

/** The words for the language of the terminal: English where it asks for English, else Indonesian. */
export function wordsFor(env: NodeJS.ProcessEnv = process.env): Words {
  const language = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^en/i.test(language) ? en : id;
}

/** A size in bytes for reading, with decimal units as download managers show them. */
export function formatBytes(bytes: number, locale: string): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${units[step]}`;
}

export type { Words };
