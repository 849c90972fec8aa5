import { m } from '$lib/paraglide/messages';

const REASONS: Partial<Record<string, () => string>> = {
  'not-open': m.quiz_reason_not_open,
  'no-attempts': m.quiz_reason_no_attempts,
  passed: m.quiz_reason_passed,
  unreadable: m.quiz_reason_unreadable
};

/** Why the server did not grade an attempt, and what to do. */
export const gradeReason = (reason: string | undefined): string =>
  (REASONS[reason ?? ''] ?? m.quiz_reason_unreadable)();
