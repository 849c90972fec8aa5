/**
 * Hours of instruction (*jam pelajaran*, JP) in a year, as rules in data. What comes of them is an estimate: how many JP
 * an activity counts is set by Peraturan LAN 10/2018 and the agency.
 */

/** Minutes of one JP; agencies may have another equivalence. */
export const MINUTES_PER_JP = 45;

export interface JpRule {
  /** Statuses of the official record that it is for. */
  for: readonly string[];
  /** `at-least` is an obligation, `at-most` a limit of what the employer grants. */
  bound: 'at-least' | 'at-most';
  hours: number;
  /** Years of the calendar, or of the work contract. */
  per: 'calendar-year' | 'contract-year';
  citation: string;
  /** Since when it is in force. */
  since: string;
  /** Where sources disagree (domain.md §6.2): a key of words in the app. */
  conflict?: 'per-contract';
}

export const JP_RULES: readonly JpRule[] = [
  {
    for: ['PNS', 'CPNS'],
    bound: 'at-least',
    hours: 20,
    per: 'calendar-year',
    citation: 'PP 11/2017 Pasal 203 ayat (4)',
    since: '2017-04-07'
  },
  {
    for: ['PPPK', 'PPPK_PW'],
    bound: 'at-most',
    hours: 24,
    per: 'contract-year',
    citation: 'PP 49/2018 Pasal 40',
    since: '2018-11-28',
    conflict: 'per-contract'
  }
];

/** The rule for a status on a day (`YYYY-MM-DD`). */
export const jpRule = (status: string | undefined, day: string): JpRule | undefined =>
  JP_RULES.find((rule) => rule.for.includes(status ?? '') && rule.since <= day);

/** Something that counted JP, when it was awarded. */
export interface JpEntry {
  /** Day in the person's zone, `YYYY-MM-DD`. */
  day: string;
  hours: number;
}

export interface Period {
  /** First day and the first day after it. */
  from: string;
  until: string;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})/;

/**
 * The period that begins in a year: the calendar's, or the contract's, which begins on the day of the appointment. Without
 * that day the calendar's.
 */
export function jpPeriod(rule: JpRule | undefined, year: number, appointed?: string): Period {
  const [, , month, day] = (rule?.per === 'contract-year' && DAY.exec(appointed ?? '')) || [];
  const start = month && day ? `-${month}-${day === '29' && month === '02' ? '28' : day}` : '-01-01';
  return { from: `${year}${start}`, until: `${year + 1}${start}` };
}

/** The year in which the period began that a day is in. */
export function jpYear(rule: JpRule | undefined, day: string, appointed?: string): number {
  const year = Number(day.slice(0, 4));
  return day < jpPeriod(rule, year, appointed).from ? year - 1 : year;
}

const inPeriod = ({ from, until }: Period, { day }: JpEntry): boolean => day >= from && day < until;

/** JP at the end of each month of a period, oldest first: twelve sums that never fall. */
export function jpByMonth(entries: readonly JpEntry[], period: Period): number[] {
  const [year, month, day] = period.from.split('-').map(Number) as [number, number, number];
  return Array.from({ length: 12 }, (_, at) => {
    const end = new Date(Date.UTC(year, month + at, day)).toISOString().slice(0, 10);
    return entries
      .filter((entry) => inPeriod(period, entry) && entry.day < end)
      .reduce((sum, { hours }) => sum + hours, 0);
  });
}

export interface JpEstimate {
  period: Period;
  earned: number;
  /** JP that are missing (`at-least`) or left (`at-most`). */
  gap: number;
  /** Months of the period that are left, the present one counted; 0 when it is over. */
  monthsLeft: number;
  /** JP a month that would close the gap; undefined without a gap, a month left or an obligation. */
  pace: number | undefined;
}

/** What a person has, and what is missing: `gap = max(0, hours − Σ JP)`, `pace = gap / months left` (domain.md §4.7). */
export function estimateJp(rule: JpRule, entries: readonly JpEntry[], period: Period, today: string): JpEstimate {
  const earned = entries.filter((entry) => inPeriod(period, entry)).reduce((sum, { hours }) => sum + hours, 0);
  const gap = Math.max(0, rule.hours - earned);
  const monthsLeft = Math.max(0, Math.min(12, monthsBetween(today < period.from ? period.from : today, period.until)));
  const pace = rule.bound === 'at-least' && gap > 0 && monthsLeft > 0 ? gap / monthsLeft : undefined;
  return { period, earned, gap, monthsLeft, pace };
}

/** Begun months from a day to another. */
function monthsBetween(from: string, until: string): number {
  if (from >= until) return 0;
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [year = 0, month = 0, day = 0] = until.split('-').map(Number);
  return (year - fromYear) * 12 + month - fromMonth + (day > fromDay ? 1 : 0);
}
