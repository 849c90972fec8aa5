import type { Education, Job } from './rosters.ts';

/** Pangkat of PNS from II/a on (domain rules §4.3). */
const LADDER = [
  ['II/a', 'Pengatur Muda'],
  ['II/b', 'Pengatur Muda Tk I'],
  ['II/c', 'Pengatur'],
  ['II/d', 'Pengatur Tk I'],
  ['III/a', 'Penata Muda'],
  ['III/b', 'Penata Muda Tk I'],
  ['III/c', 'Penata'],
  ['III/d', 'Penata Tk I'],
  ['IV/a', 'Pembina'],
  ['IV/b', 'Pembina Tk I'],
  ['IV/c', 'Pembina Utama Muda']
] as const;

const step = (golongan: string) => LADDER.findIndex(([name]) => name === golongan);

const ENTRY: Record<Education, string> = {
  SMA: 'II/a',
  D3: 'II/c',
  D4: 'III/a',
  S1: 'III/a',
  Profesi: 'III/b',
  S2: 'III/b'
};
/** Highest golongan of regular promotion by education; functional and structural posts may go on. */
const CAP: Record<Education, string> = {
  SMA: 'III/b',
  D3: 'III/c',
  D4: 'III/d',
  S1: 'III/d',
  Profesi: 'IV/a',
  S2: 'IV/a'
};
/** Entry golongan of PPPK by education (domain rules §4.3). */
const CONTRACT: Record<Education, string> = { SMA: 'V', D3: 'VII', D4: 'IX', S1: 'IX', Profesi: 'X', S2: 'X' };

const YEARS_IN_RANK = 4;

/** Golongan of a PNS after `tenure` whole years, and how many years ago she got it. */
export function civilRank(job: Job, tenure: number): { golongan: string; title: string; yearsIn: number } {
  const entry = step(ENTRY[job.education]);
  const cap =
    job.track === 'ahli' ? step('IV/b') : job.track === 'struktural' ? LADDER.length - 1 : step(CAP[job.education]);
  const reached = Math.min(entry + Math.floor(tenure / YEARS_IN_RANK), Math.max(entry, cap));
  const [golongan, name] = LADDER[reached] ?? LADDER[0];
  return { golongan, title: `${name} (${golongan})`, yearsIn: tenure - (reached - entry) * YEARS_IN_RANK };
}

/** Golongan of a PPPK, by education at the first contract. */
export const contractRank = (education: Education): string => `Golongan ${CONTRACT[education]}`;

/** Level of a functional position that goes with a golongan; a PPPK starts at the first. */
export function level(track: Job['track'], golongan?: string): string {
  const at = golongan === undefined ? -1 : step(golongan);
  if (track === 'terampil') return at >= step('III/c') ? 'Penyelia' : at >= step('III/a') ? 'Mahir' : 'Terampil';
  if (track !== 'ahli') return '';
  return at >= step('IV/a') ? 'Ahli Madya' : at >= step('III/c') ? 'Ahli Muda' : 'Ahli Pertama';
}
