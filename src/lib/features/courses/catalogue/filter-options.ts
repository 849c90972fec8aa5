import { COURSE_KINDS, LEVELS } from '$lib/domain/documents/course';
import { m } from '$lib/paraglide/messages';
import { competencyName, KIND_WORDS, languageName, LEVEL_WORDS } from '../words';
import type { FilterName } from './filters';
import type { Row } from './rows';

export interface Option {
  value: string;
  label: string;
}

export const FILTER_WORDS: Record<FilterName, () => string> = {
  kind: m.find_by_kind,
  competency: m.find_by_competency,
  level: m.find_by_level,
  length: m.find_by_length,
  publisher: m.find_by_publisher,
  language: m.find_by_language,
  hours: m.find_by_hours
};

/** The distinct values of some rows, by name. */
function found(
  rows: readonly Row[],
  valuesOf: (row: Row) => readonly string[],
  label = (value: string) => value
): Option[] {
  const values = new Set(rows.flatMap(valuesOf));
  const options = [...values].map((value) => ({ value, label: label(value) }));
  return options.sort((a, b) => a.label.localeCompare(b.label));
}

/** What can be chosen in each filter: of what differs from catalogue to catalogue, only what is there. */
export function filterOptions(rows: readonly Row[]): Record<FilterName, Option[]> {
  const kinds = new Set(rows.map(({ course }) => course.kind));
  return {
    kind: COURSE_KINDS.filter((kind) => kinds.has(kind)).map((value) => ({ value, label: KIND_WORDS[value]() })),
    competency: found(rows, ({ course }) => (course.competencies ?? []).map(({ code }) => code), competencyName),
    level: LEVELS.map((value) => ({ value, label: LEVEL_WORDS[value]() })),
    length: [
      { value: 'short', label: m.find_length_short() },
      { value: 'medium', label: m.find_length_medium() },
      { value: 'long', label: m.find_length_long() }
    ],
    publisher: found(rows, ({ course }) => [course.publisher]),
    language: found(rows, ({ course }) => [course.language], languageName),
    hours: [
      { value: 'some', label: m.find_hours_some() },
      { value: 'two', label: m.find_hours_two() },
      { value: 'four', label: m.find_hours_four() }
    ]
  };
}
