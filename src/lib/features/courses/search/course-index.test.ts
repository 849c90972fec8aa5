import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Course } from '$lib/domain/documents/course';
import { docId, uuidv7 } from '$lib/domain/ids';
import { course as someCourse, T0 } from '$lib/store/testing/fixtures';
import { CourseIndex } from './course-index';

const FOLDER = new URL('../../../../../server/seed/data/courses/', import.meta.url);

const COMPETENCIES: Record<string, string> = { 'pelayanan-publik': 'Pelayanan publik', integritas: 'Integritas' };
const competencies = ({ competencies: leads = [] }: Course) =>
  leads.map(({ code }) => COMPETENCIES[code] ?? '').join(' ');

const courseOf = (title: string, more: Partial<Course> = {}): Course => ({ ...someCourse(T0, title), ...more });

/** The courses that come with the program, by what stands at their head. */
const seeded = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  const fact = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  return courseOf(fact('title'), {
    summary: fact('summary'),
    publisher: fact('publisher'),
    topics: fact('topics').replace(/[[\]]/g, '').split(', ')
  });
});

const titlesOf = (courses: Course[], found: Map<string, number> | undefined) =>
  [...(found?.keys() ?? [])].map((id) => courses.find(({ _id }) => _id === id)?.title);

describe('in the courses that come along', () => {
  const index = new CourseIndex(competencies);
  beforeAll(() => index.update(seeded));

  test.each([
    ['melayani', 'Melayani Warga yang Sedang Marah'],
    ['pelayanan', 'Pelayanan Publik Ramah Disabilitas'],
    ['kgb', 'Kenaikan Gaji Berkala dan Kenaikan Pangkat'],
    ['penggajian', 'Kenaikan Gaji Berkala dan Kenaikan Pangkat'],
    ['imunisasy', 'Imunisasi dan Rantai Dingin di Wilayah Kepulauan'],
    ['imun', 'Imunisasi dan Rantai Dingin di Wilayah Kepulauan'],
    ['PENSIUNAN', 'Bersiap Pensiun sejak Dini'],
    ['surat dinas', 'Menulis Surat Dinas yang Dibaca sampai Selesai'],
    ['pertolongan untuk yang di tempat jauh', 'Pertolongan Pertama Dasar di Tempat Jauh'],
    ['nétralitas', 'Netralitas ASN di Dunia Maya dan Nyata'],
    ['skp', 'SKP yang Berguna dan Umpan Balik yang Didengar'],
    ['perlindungan data', 'Pelindungan Data Pribadi untuk Pegawai Layanan']
  ])('%s finds %s', (typed, title) => expect(titlesOf(seeded, index.search(typed)).slice(0, 3)).toContain(title));

  test('who looks for one form of a word finds the others', () => {
    const found = titlesOf(seeded, index.search('dilayani'));
    expect(found).toEqual(
      expect.arrayContaining(['Melayani Warga yang Sedang Marah', 'Pelayanan Publik Ramah Disabilitas'])
    );
  });

  test('nothing asked is not nothing found', () => {
    expect(index.search('  ')).toBeUndefined();
    expect(index.search('xqzvwk')?.size).toBe(0);
  });
});

test('the title tells more than a competency, that more than a topic, and that more than the summary', async () => {
  const courses = [
    courseOf('Satu', { summary: 'Tentang integritas di kantor.' }),
    courseOf('Dua', { topics: ['integritas'] }),
    courseOf('Tiga', { competencies: [{ code: 'integritas', level: 2 }] }),
    courseOf('Integritas')
  ];
  const index = new CourseIndex(competencies);
  await index.update(courses);
  expect(titlesOf(courses, index.search('integritas'))).toEqual(['Integritas', 'Tiga', 'Dua', 'Satu']);
});

test('the index follows what is added, changed and withdrawn, and what comes while it works', async () => {
  const [a, b] = [courseOf('Gizi anak'), courseOf('Arsip surat')];
  const index = new CourseIndex(competencies);
  void index.update([a]);
  await index.update([a, b]);
  expect(index.search('arsip')?.size).toBe(1);
  await index.update([{ ...b, title: 'Gizi ibu' }]);
  expect(index.search('arsip')?.size).toBe(0);
  expect([...(index.search('gizi')?.keys() ?? [])]).toEqual([b._id]);
});

const WORDS = seeded.flatMap(({ title, summary }) => `${title} ${summary}`.split(/\s+/));

/** A catalogue of this length, with titles and summaries as long as real ones, of their words. */
const catalogue = (length: number): Course[] =>
  Array.from({ length }, (_, n) => {
    const pick = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => WORDS[(n * 31 + from + i * (7 + (n % 13))) % WORDS.length]).join(' ');
    return courseOf(`${pick(0, 6)} ${n}`, { _id: docId('course', uuidv7(T0 + n)), summary: pick(50, 25) });
  });

const TYPED = [
  'p',
  'pe',
  'pel',
  'pelayanan',
  'pelayanan pu',
  'pelayanan publik',
  'melayani warga',
  'imunisasy',
  'kgb',
  'data pribadi'
];

// On a quiet machine 1 ms and 20 ms; a slow one that tests other things meanwhile has its share of it.
test.each([
  [500, 50],
  [5_000, 250]
])('in %i courses a keystroke takes less than %i ms', async (length, limit) => {
  const index = new CourseIndex(competencies);
  await index.update(catalogue(length));
  // The quickest of five: what another test takes from this one says nothing about it.
  const times = TYPED.map((typed) => {
    const runs = Array.from({ length: 5 }, () => {
      const begun = performance.now();
      index.search(typed);
      return performance.now() - begun;
    });
    return { typed, ms: Math.min(...runs) };
  });
  const slowest = times.reduce((most, one) => (one.ms > most.ms ? one : most));
  expect(
    slowest.ms,
    `${slowest.typed}: ${JSON.stringify(times.map(({ ms }) => Math.round(ms * 10) / 10))}`
  ).toBeLessThan(limit);
});
