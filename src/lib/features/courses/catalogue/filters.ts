import { minutesOf } from '../words';
import type { Row } from './rows';

export const STATES = ['all', 'here', 'started', 'finished'] as const;
export const LENGTHS = ['short', 'medium', 'long'] as const;

/** Least learning hours that are asked for, by name. */
export const HOURS = { some: 0.1, two: 2, four: 4 } as const;

/** What the catalogue is narrowed to; an empty value is anything. */
export interface Filters {
  state: (typeof STATES)[number];
  kind: string;
  competency: string;
  level: string;
  length: string;
  publisher: string;
  language: string;
  hours: string;
}

/** Those that stand in the sheet. */
export type FilterName = Exclude<keyof Filters, 'state'>;

export const ANY: Filters = {
  state: 'all',
  kind: '',
  competency: '',
  level: '',
  length: '',
  publisher: '',
  language: '',
  hours: ''
};

/** Minutes up to which a course is short, and up to which it is not yet long. */
const SHORT = 60;
const MEDIUM = 240;

function lengthOf({ course }: Row): string {
  const minutes = minutesOf(course);
  if (minutes <= 0) return '';
  return minutes <= SHORT ? 'short' : minutes <= MEDIUM ? 'medium' : 'long';
}

const STATE_FITS: Record<Filters['state'], (row: Row) => boolean> = {
  all: () => true,
  here: ({ here }) => here,
  started: ({ started, share }) => started && share < 1,
  finished: ({ share }) => share === 1
};

const FITS: Record<FilterName, (row: Row, value: string) => boolean> = {
  kind: ({ course }, value) => course.kind === value,
  competency: ({ course }, value) => course.competencies?.some(({ code }) => code === value) ?? false,
  level: ({ course }, value) => course.level === value,
  length: (row, value) => lengthOf(row) === value,
  publisher: ({ course }, value) => course.publisher === value,
  language: ({ course }, value) => course.language === value,
  hours: ({ course }, value) =>
    course.learningHours >= (Object.entries(HOURS).find(([name]) => name === value)?.[1] ?? 0)
};

export const FILTER_NAMES = Object.keys(FITS).filter((name): name is FilterName => name in FITS);

/** Filters of the sheet that are set. */
export const setFilters = (filters: Filters): FilterName[] => FILTER_NAMES.filter((name) => filters[name] !== '');

/** Whether anything is narrowed. */
export const isNarrowed = (filters: Filters): boolean => filters.state !== 'all' || setFilters(filters).length > 0;

/** Rows that pass all filters. */
export function narrowed(rows: readonly Row[], filters: Filters): Row[] {
  const names = setFilters(filters);
  const isIn = STATE_FITS[filters.state];
  return rows.filter((row) => isIn(row) && names.every((name) => FITS[name](row, filters[name])));
}
