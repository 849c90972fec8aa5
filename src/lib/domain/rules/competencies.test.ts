import { expect, test } from 'vitest';
import { gapClosed, requirementOf, shownLevels } from './competencies.ts';

test.each([
  ['Guru Ahli Pertama', 'PPPK', 2],
  ['Kepala Dinas Kesehatan', 'PPPK', 2],
  ['Guru Ahli Madya, Kepala Sekolah', 'PNS', 3],
  ['Perawat Ahli Muda', 'PNS', 2],
  ['Perencana Ahli Utama', 'PNS', 4],
  ['Kepala Dinas Kesehatan', 'PNS', 4],
  ['Kepala Bidang Mutasi', 'PNS', 3],
  ['Kepala Seksi Pelayanan', 'PNS', 2],
  ['Pengelola Kepegawaian', 'PNS', 1]
])('%s (%s) is asked for level %i, with its citation', (title, status, level) => {
  const required = requirementOf({ title, status });
  expect(required?.level).toBe(level);
  expect(required?.citation).toContain('PermenPANRB 38/2017');
});

test('of nothing, nothing is asked', () => expect(requirementOf({ title: ' ', status: '' })).toBeUndefined());

test('a gap is what is asked above what finished courses have shown, and only a course that leads higher closes it', () => {
  const required = { level: 3, citation: '' };
  const shown = shownLevels([[{ code: 'komunikasi', level: 2 }], [{ code: 'komunikasi', level: 1 }]]);
  expect(gapClosed([{ code: 'komunikasi', level: 2 }], required, shown)).toBeUndefined();
  expect(gapClosed([{ code: 'komunikasi', level: 3 }], required, shown)).toMatchObject({ gap: 1 });
  const wider = [
    { code: 'komunikasi', level: 3 },
    { code: 'integritas', level: 1 }
  ];
  expect(gapClosed(wider, required, shown)).toEqual({ code: 'integritas', level: 1, gap: 3 });
  expect(gapClosed([{ code: 'teknis-kementerian', level: 5 }], required, shown)).toBeUndefined();
});
