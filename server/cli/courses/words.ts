import { wordsFor } from '../words.ts';

/** What the commands about published courses say, in both languages. */
interface CourseWords {
  none: string;
  missing: (id: string) => string;
  withdrawn: (title: string) => string;
  restored: (title: string) => string;
  edition: (title: string, number: number) => string;
  edited: (number: number) => string;
  gone: string;
  cost: (quality: string, size: string) => string;
  qualities: Record<'audio' | 'low' | 'high', string>;
}

const id: CourseWords = {
  none: 'Belum ada kursus di katalog.',
  missing: (course) => `Tidak ada kursus ${course} di katalog. Lihat nomornya dengan: course list`,
  withdrawn: (title) => `“${title}” ditarik. Yang sudah ikut tetap dapat menyelesaikannya.`,
  restored: (title) => `“${title}” dapat dimulai lagi.`,
  edition: (title, number) => `“${title}” terbit sebagai edisi ${number}. Yang sudah selesai tetap selesai.`,
  edited: (number) => `edisi ${number}`,
  gone: 'ditarik',
  cost: (quality, size) => `${quality}: ${size}`,
  qualities: { audio: 'Suara saja', low: 'Hemat', high: 'Terbaik' }
};

const en: CourseWords = {
  none: 'There is no course in the catalogue yet.',
  missing: (course) => `There is no course ${course} in the catalogue. See the ids with: course list`,
  withdrawn: (title) => `“${title}” is withdrawn. Who is in it may finish it.`,
  restored: (title) => `“${title}” can be begun again.`,
  edition: (title, number) => `“${title}” is published as edition ${number}. What is finished stays finished.`,
  edited: (number) => `edition ${number}`,
  gone: 'withdrawn',
  cost: (quality, size) => `${quality}: ${size}`,
  qualities: { audio: 'Sound only', low: 'Small', high: 'Best' }
};

export const courseWords = (): CourseWords => (wordsFor().locale.startsWith('id') ? id : en);
