import type { Competency } from './competencies.ts';

/** What competencies and their levels are called in PermenPANRB 38/2017: for what is signed, in the language of the law. */
const NAMES: Record<Competency, string> = {
  integritas: 'Integritas',
  'kerja-sama': 'Kerja sama',
  komunikasi: 'Komunikasi',
  'orientasi-hasil': 'Orientasi pada hasil',
  'pelayanan-publik': 'Pelayanan publik',
  'pengembangan-diri': 'Pengembangan diri dan orang lain',
  'mengelola-perubahan': 'Mengelola perubahan',
  'pengambilan-keputusan': 'Pengambilan keputusan',
  'perekat-bangsa': 'Perekat bangsa'
};

const LEVELS = ['paham', 'dasar', 'menengah', 'mumpuni', 'ahli'];

/** The official name; a technical competency is named by its ministry, and shown as its code here. */
export const competencyName = (code: string): string => (Object.hasOwn(NAMES, code) ? NAMES[code as Competency] : code);

/** The name of a level, 1 to 5. */
export const levelName = (level: number): string => LEVELS[level - 1] ?? String(level);
