import type { StudyRules } from '../documents/course.ts';
import type { Grade } from '../documents/grade.ts';
import { beginOfDay, dayOf, type FirstDay } from './days.ts';

/** An evaluation that is open to a person now. */
export interface OpenWindow {
  open: true;
  window: 'always' | 'regular' | 'remedial';
  /** Attempts left; undefined when the course does not count them. */
  remaining?: number;
  /** The last day of the window, and how many are left with today. */
  lastDay?: number;
  daysLeft?: number;
}

/** One that is not, why, and when it opens next (ms since 1970) if it ever does. */
export interface ClosedWindow {
  open: false;
  reason: 'passed' | 'not-open' | 'no-attempts';
  opensAt?: number;
}

export type Window = OpenWindow | ClosedWindow;

type Given = Pick<Grade, 'status' | 'at'>;

export interface WindowFacts {
  rules: StudyRules | undefined;
  /** Undefined before the person has begun: then it is her first day. */
  first: FirstDay | undefined;
  /** Her grades of this evaluation; those that were refused used up no attempt. */
  grades: readonly Given[];
  /** Attempts that are on their way and have no grade yet. */
  waiting?: number;
  /** ms since 1970; the server's clock where it counts. */
  now: number;
}

/** Whether an evaluation may be taken, by the days and attempts that the course allows. */
export function windowOf({ rules, first: began, grades, waiting = 0, now }: WindowFacts): Window {
  if (grades.some(({ status }) => status === 'passed')) return { open: false, reason: 'passed' };
  const first = began ?? { startedAt: new Date(now).toISOString(), zone: 'Asia/Jakarta' };
  const windows = (['regular', 'remedial'] as const).flatMap((name) => {
    const days = rules?.[name];
    return days ? [{ name, ...days }] : [];
  });
  if (windows.length === 0) return { open: true, window: 'always' };
  const today = dayOf(first, now);
  const current = windows.find(({ from, to }) => today >= from && today <= to);
  const next = windows.filter(({ from }) => from > today).sort((a, b) => a.from - b.from)[0];
  const later = next && { opensAt: beginOfDay(first, next.from) };
  if (!current) return { open: false, reason: 'not-open', ...later };
  const isCounted = ({ status, at }: Given): boolean => {
    const day = dayOf(first, Date.parse(at));
    return status === 'failed' && day >= current.from && day <= current.to;
  };
  const remaining = current.attempts - grades.filter(isCounted).length - waiting;
  if (remaining <= 0) return { open: false, reason: 'no-attempts', ...later };
  const { name, to } = current;
  return { open: true, window: name, remaining, lastDay: to, daysLeft: to - today + 1 };
}
