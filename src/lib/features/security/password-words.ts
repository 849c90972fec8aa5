import { isLongEnough, PASSWORD_LENGTH } from '$lib/domain/password';
import { ServerRefused } from '$lib/sync/ask-server';
import { m } from '$lib/paraglide/messages';
import { needsSignal } from './failure-words';

/** Why a new password is not accepted, by the server's code; undefined for another code. */
export function faultWords(code: string): string | undefined {
  if (code === 'password-short') return m.password_short({ length: PASSWORD_LENGTH });
  if (code === 'password-common') return m.password_common();
  return code === 'password-known' ? m.password_known() : undefined;
}

/** What is wrong with a new password before anybody is asked; empty when nothing is. */
export function nextWords(next: string, again: string): string {
  if (!isLongEnough(next)) return m.password_short({ length: PASSWORD_LENGTH });
  return next === again ? '' : m.password_differs();
}

/** Why a password was not changed, and at which field that is said. */
export function passwordWords(reason: unknown): { field?: 'current' | 'next'; words: string } {
  const code = reason instanceof ServerRefused ? reason.code : '';
  if (code === 'wrong-credentials') return { field: 'current', words: m.password_current_wrong() };
  if (code === 'too-many-tries') return { field: 'current', words: m.password_too_many() };
  const words = faultWords(code);
  return words ? { field: 'next', words } : { words: needsSignal(reason) };
}
