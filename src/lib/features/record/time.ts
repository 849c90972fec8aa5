import type { Study } from '$lib/domain/documents/study';

/** Time of one year: in all, by month (January first), and by course, the longest first. */
export interface TimeSpent {
  seconds: number;
  months: number[];
  courses: { id: string; seconds: number }[];
}

/** Adds up what all devices of a person have recorded of a year. */
export function timeSpent(studies: readonly Study[], year: number): TimeSpent {
  const months = Array.from({ length: 12 }, () => 0);
  const byCourse = new Map<string, number>();
  for (const study of studies.filter((one) => one.year === year)) {
    for (const [course, days] of Object.entries(study.seconds)) {
      for (const [day, seconds] of Object.entries(days)) {
        const month = Number(day.slice(5, 7)) - 1;
        months[month] = (months[month] ?? 0) + seconds;
        byCourse.set(course, (byCourse.get(course) ?? 0) + seconds);
      }
    }
  }
  const courses = [...byCourse].map(([id, seconds]) => ({ id, seconds })).sort((a, b) => b.seconds - a.seconds);
  return { seconds: months.reduce((sum, one) => sum + one, 0), months, courses };
}
