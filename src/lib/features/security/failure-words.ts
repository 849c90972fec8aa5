import { SyncFailure } from '$lib/sync/failure';
import { m } from '$lib/paraglide/messages';

/** Why a change that only the server can make was not made. */
export function needsSignal(reason: unknown): string {
  if (reason instanceof SyncFailure && reason.code === 'offline') return m.security_no_signal();
  if (reason instanceof SyncFailure && reason.code === 'signed-out') return m.security_signed_out();
  return m.security_server_trouble();
}
