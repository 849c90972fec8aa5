import type { SignInFailed } from '$lib/sync';
import { m } from '$lib/paraglide/messages';

/** Whether the server, or its silence, kept somebody out. */
export const isFailure = (reason: unknown): reason is SignInFailed =>
  reason instanceof Error && 'code' in reason && 'retryAfter' in reason;

/** The password was right, and the second factor is asked for. */
export const asksForSecond = (reason: unknown): reason is SignInFailed =>
  isFailure(reason) && (reason.code === 'code-needed' || reason.code === 'factor-required');

/** Why a sign-in did not happen, and what to do. */
export function signInWords(reason: unknown): string {
  if (!isFailure(reason)) return m.session_failed_server();
  if (reason.code === 'wrong-credentials') return m.session_failed_credentials();
  if (reason.code === 'too-many-tries')
    return m.session_failed_too_many({ minutes: Math.max(1, Math.ceil(reason.retryAfter / 60)) });
  if (reason.code === 'wrong-code') return m.kiosk_code_wrong();
  if (reason.code === 'kiosk-ended') return m.kiosk_ended();
  if (reason.code === 'wrong-passkey') return m.passkey_unknown();
  if (reason.code === 'oidc-over') return m.oidc_over();
  return reason.code === 'no-signal' ? m.session_failed_no_signal() : m.session_failed_server();
}
