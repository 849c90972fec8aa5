import type { Lock } from '$lib/domain/learning/gates';
import type { Window } from '$lib/domain/learning/windows';
import { date } from '$lib/ui';
import { m } from '$lib/paraglide/messages';

const dayWords = (time: number): string => date(new Date(time).toISOString());

/** Why a chapter is locked, and what opens it. */
export function lockWords(lock: Lock): string {
  switch (lock.code) {
    case 'module':
      return m.gate_module({ modules: lock.after.map(({ title }) => `“${title}”`).join(', ') });
    case 'material':
      return m.gate_material({ count: lock.left });
    case 'not-open':
      return lock.opensAt === undefined ? m.gate_over() : m.gate_not_open({ day: dayWords(lock.opensAt) });
    case 'no-attempts':
      return lock.opensAt === undefined ? m.gate_no_attempts() : m.gate_remedial({ day: dayWords(lock.opensAt) });
  }
}

/** Days and attempts left of an evaluation; undefined where nobody counts them. */
export function windowWords(window: Window): string | undefined {
  if (!window.open || window.window === 'always') return undefined;
  const left = { days: window.daysLeft ?? 0, attempts: window.remaining ?? 0 };
  return window.window === 'remedial' ? m.gate_left_remedial(left) : m.gate_left(left);
}
