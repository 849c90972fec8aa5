import type { Check } from '$lib/domain/recovery';
import { ServerRefused } from '$lib/sync/ask-server';
import { OtherPerson } from '$lib/sync/session';
import { m } from '$lib/paraglide/messages';
import { signInWords } from '../session/sign-in-words';
import { factorWords } from './factor-words';
import { faultWords } from './password-words';

/** How an officer made sure who asks, in her words. */
export const CHECK_WORDS: Record<Check, () => string> = {
  card: m.recovery_checked_card,
  meeting: m.recovery_checked_meeting,
  call: m.recovery_checked_call
};

const codeOf = (reason: unknown): string =>
  reason instanceof Error && 'code' in reason && typeof reason.code === 'string' ? reason.code : '';

/** Why somebody did not get in with her code, and at which field that is said. */
export function recoveryWords(reason: unknown): { field: 'code' | 'next'; words: string } {
  const code = codeOf(reason);
  const fault = faultWords(code);
  if (fault) return { field: 'next', words: fault };
  if (reason instanceof OtherPerson) return { field: 'code', words: m.session_other_person() };
  return { field: 'code', words: code === 'wrong-code' ? m.recovery_code_wrong() : signInWords(reason) };
}

/** Why there is no code for a colleague, and at which field that is said. */
export function giveWords(reason: unknown): { field?: 'password' | 'code'; words: string } {
  const code = reason instanceof ServerRefused ? reason.code : '';
  if (code === 'not-yours' || code === 'forbidden') return { words: m.recovery_not_yours() };
  if (code === 'no-account' || code === 'not-found') return { words: m.recovery_no_account() };
  return factorWords(reason);
}
