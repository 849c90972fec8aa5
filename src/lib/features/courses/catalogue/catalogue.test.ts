import { beforeEach, expect, test } from 'vitest';
import { advance } from '$lib/domain/documents/compose';
import type { Course } from '$lib/domain/documents/course';
import { docId, suffixOf } from '$lib/domain/ids';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { course as someCourse, someStore, T0 } from '$lib/store/testing/fixtures';
import { ANY, isNarrowed, narrowed, setFilters, type Filters } from './filters';
import { rowsOf, wholeHere, type Row } from './rows';
import { sectionsOf } from './sections';

beforeEach(() => overwriteGetLocale(() => 'id'));

const courseOf = (title: string, more: Partial<Course> = {}): Course => ({ ...someCourse(T0, title), ...more });

const rowOf = (title: string, more: Partial<Course> = {}, state: Partial<Row> = {}): Row => ({
  course: courseOf(title, more),
  started: false,
  share: 0,
  here: false,
  takers: 0,
  ...state
});

const titles = (rows: readonly Row[]) => rows.map(({ course }) => course.title);
const with_ = (change: Partial<Filters>): Filters => ({ ...ANY, ...change });

test('each filter keeps what it names, and several narrow together', () => {
  const rows = [
    rowOf('A', { kind: 'book', language: 'en', learningHours: 0 }, { here: true }),
    rowOf('B', { level: 'dasar', publisher: 'BKN', minutes: 30, learningHours: 1 }, { started: true, share: 0.5 }),
    rowOf(
      'C',
      { level: 'dasar', competencies: [{ code: 'integritas', level: 2 }], minutes: 300, learningHours: 5 },
      { started: true, share: 1 }
    )
  ];
  const kept = (change: Partial<Filters>) => titles(narrowed(rows, with_(change))).join('');
  expect(kept({})).toBe('ABC');
  expect(kept({ state: 'here' })).toBe('A');
  expect(kept({ state: 'started' })).toBe('B');
  expect(kept({ state: 'finished' })).toBe('C');
  expect(kept({ kind: 'book' })).toBe('A');
  expect(kept({ language: 'en' })).toBe('A');
  expect(kept({ publisher: 'BKN' })).toBe('B');
  expect(kept({ level: 'dasar' })).toBe('BC');
  expect(kept({ competency: 'integritas' })).toBe('C');
  expect(kept({ length: 'short' })).toBe('B');
  expect(kept({ length: 'long' })).toBe('C');
  expect(kept({ hours: 'some' })).toBe('BC');
  expect(kept({ hours: 'four' })).toBe('C');
  expect(kept({ level: 'dasar', state: 'finished' })).toBe('C');
  expect(setFilters(with_({ level: 'dasar', state: 'here' }))).toEqual(['level']);
  expect([isNarrowed(ANY), isNarrowed(with_({ state: 'here' })), isNarrowed(with_({ kind: 'book' }))]).toEqual([
    false,
    true,
    true
  ]);
});

test('a course is here when all of its files are, and what was withdrawn is shown to those alone who are in it', async () => {
  const { store } = await someStore();
  const file = (letter: string) => ({ sha256: letter.repeat(64), size: 1, type: 'application/json' });
  const chapter = (letter: string) => ({
    id: letter,
    title: letter,
    form: 'text' as const,
    file: file(letter),
    images: []
  });
  const whole = courseOf('Utuh', { chapters: [chapter('a')] });
  const partly = courseOf('Sebagian', { chapters: [chapter('a'), chapter('b')] });
  const gone = courseOf('Ditarik', { chapters: [chapter('c')], withdrawn: new Date(T0).toISOString() });
  await store.putPiece('a'.repeat(64), new Uint8Array(1));
  const courses = [whole, partly, gone];
  const here = await wholeHere(store, courses);
  expect([...here]).toEqual([whole._id]);
  const progress = new Map([
    [docId('progress', suffixOf(gone._id)), advance(gone._id, undefined, { chapter: 'c', fraction: 0 })]
  ]);
  const takers = new Map([[whole._id, 4]]);
  expect(titles(rowsOf({ courses, progress: new Map(), here, takers }))).toEqual(['Utuh', 'Sebagian']);
  const rows = rowsOf({ courses, progress, here, takers });
  expect(rows.map(({ course, started, here, takers }) => [course.title, started, here, takers])).toEqual([
    ['Utuh', false, true, 4],
    ['Sebagian', false, false, 0],
    ['Ditarik', true, false, 0]
  ]);
});

test('courses are recommended for what the position asks and no finished course has shown, and say why', () => {
  const at = (code: string, level: number) => ({ competencies: [{ code, level }] });
  const rows = [
    rowOf('Integritas 1', at('integritas', 2)),
    rowOf('Integritas 2', at('integritas', 2)),
    rowOf('Komunikasi', at('komunikasi', 2)),
    rowOf('Kerja sama', at('kerja-sama', 1)),
    rowOf('Selesai', at('komunikasi', 1), { started: true, share: 1 }),
    rowOf('Sedang', at('integritas', 2), { started: true, share: 0.2 })
  ];
  const { forYou, continued } = sectionsOf(rows, { title: 'Guru', status: 'PPPK' }, T0);
  expect(forYou.map(({ row }) => row.course.title)).toEqual(['Integritas 1', 'Kerja sama', 'Komunikasi']);
  expect(forYou.at(-1)?.reason).toMatchObject({ code: 'komunikasi', level: 2, shown: 1 });
  expect(titles(continued)).toEqual(['Sedang']);
  expect(sectionsOf(rows, undefined, T0).forYou).toEqual([]);
});

test('what the unit takes and what is new are told once, the most taken first', () => {
  const old = new Date(T0 - 90 * 86_400_000).toISOString();
  const rows = [
    rowOf('Baru'),
    rowOf('Lama', { publishedAt: old }),
    rowOf('Tiga', {}, { takers: 3 }),
    rowOf('Sembilan', {}, { takers: 9 }),
    rowOf('Punyaku', {}, { takers: 12, started: true })
  ];
  const { unit, fresh } = sectionsOf(rows, undefined, T0);
  expect(titles(unit)).toEqual(['Sembilan', 'Tiga']);
  expect(titles(fresh)).toEqual(['Baru']);
});
