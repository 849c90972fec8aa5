import { ServerRefused } from '$lib/sync/ask-server';
import { m } from '$lib/paraglide/messages';
import { codeWords } from './code-words';
import { needsSignal } from './failure-words';

/** Why the factor was not changed, and at which field that is said. */
export function factorWords(reason: unknown): { field?: 'password' | 'code'; words: string } {
  if (!(reason instanceof ServerRefused)) return { words: needsSignal(reason) };
  const { code, clock } = reason;
  if (code === 'wrong-credentials') return { field: 'password', words: m.factor_password_wrong() };
  if (code === 'too-many-tries') return { words: m.factor_too_many() };
  if (code === 'code-needed') return { field: 'code', words: m.factor_code_missing() };
  const words = codeWords(code, clock);
  return words ? { field: 'code', words } : { words: m.security_server_trouble() };
}
