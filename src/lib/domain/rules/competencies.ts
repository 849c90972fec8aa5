/**
 * Managerial and sociocultural competencies of the civil service (PermenPANRB 38/2017), with the level that a kind of
 * position asks for, from 1 (paham) to 5 (ahli). Technical ones are defined by each ministry and are not here.
 */
export const COMPETENCIES = [
  'integritas',
  'kerja-sama',
  'komunikasi',
  'orientasi-hasil',
  'pelayanan-publik',
  'pengembangan-diri',
  'mengelola-perubahan',
  'pengambilan-keputusan',
  'perekat-bangsa'
] as const;

export type Competency = (typeof COMPETENCIES)[number];

export const isCompetency = (code: string): code is Competency => COMPETENCIES.some((known) => known === code);

/** A level with where it stands written; an estimate, as the agency's own job standard decides. */
export interface Requirement {
  level: number;
  citation: string;
}

interface Rule extends Requirement {
  effectiveFrom: string;
  applies(position: { title: string; status: string }): boolean;
}

const CITATION = 'PermenPANRB 38/2017';

const rule = (level: number, pattern: RegExp, citation = CITATION): Rule => ({
  level,
  citation,
  effectiveFrom: '2017-07-06',
  applies: ({ title, status }) => status !== 'PPPK' && pattern.test(title)
});

/** The first that applies counts. Functional positions stand where PermenPANRB 17/2021 puts them beside structural ones. */
const RULES: readonly Rule[] = [
  { level: 2, citation: CITATION, effectiveFrom: '2017-07-06', applies: ({ status }) => status === 'PPPK' },
  rule(5, /\b(direktur jenderal|sekretaris jenderal|inspektur jenderal|deputi)\b/i),
  rule(4, /\bahli utama\b/i, `${CITATION}, PermenPANRB 17/2021`),
  rule(3, /\bahli madya\b/i, `${CITATION}, PermenPANRB 17/2021`),
  rule(2, /\bahli muda\b/i, `${CITATION}, PermenPANRB 17/2021`),
  rule(4, /\b(kepala (dinas|badan|biro)|sekretaris daerah|direktur)\b/i),
  rule(3, /\b(kepala bidang|kepala bagian|sekretaris|camat)\b/i),
  rule(2, /\b(kepala (seksi|subbagian|subbidang)|lurah)\b/i),
  rule(1, /\S/)
];

/** What a position asks of its holder in each competency; undefined when nothing is known of it. */
export function requirementOf(position: { title: string; status: string }): Requirement | undefined {
  const found = RULES.find((one) => one.applies(position));
  return found && { level: found.level, citation: found.citation };
}

/** What courses lead to: competencies with their levels. */
export type Leads = readonly { code: string; level: number }[];

/** The highest level that finished courses have shown, by competency. */
export function shownLevels(finished: readonly Leads[]): Map<string, number> {
  const shown = new Map<string, number>();
  for (const { code, level } of finished.flat()) shown.set(code, Math.max(level, shown.get(code) ?? 0));
  return shown;
}

/** Where a course closes a gap between what the position asks and what has been shown; the widest such gap. */
export function gapClosed(
  leads: Leads,
  required: Requirement,
  shown: ReadonlyMap<string, number>
): { code: Competency; level: number; gap: number } | undefined {
  const gaps = leads.flatMap(({ code, level }) => {
    const gap = required.level - (shown.get(code) ?? 0);
    return isCompetency(code) && gap > 0 && level > (shown.get(code) ?? 0) ? [{ code, level, gap }] : [];
  });
  return gaps.sort((a, b) => b.gap - a.gap || b.level - a.level)[0];
}
