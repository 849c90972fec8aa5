import type { SessionGrant } from '$lib/domain/api';
import type { Second } from '$lib/sync/session';
import { kioskHere } from '../kiosk/kiosk.svelte';
import { loadSync } from './later.svelte';
import { session } from './session.svelte';

/** By account and password, and what the second factor asks for. @throws SignInFailed */
export async function askByPassword(account: string, password: string, second?: Second): Promise<SessionGrant> {
  const { signIn } = await loadSync();
  return signIn(account, password, '', kioskHere.current, second);
}

/** At a kiosk, by the code that her own phone shows. @throws SignInFailed */
export async function comeByCode(code: string): Promise<void> {
  const { signInByCode } = await loadSync();
  if (kioskHere.current) session.welcome(await signInByCode(kioskHere.current, code));
}

/** By a passkey, whosever it is. @throws SignInFailed, and what the browser says when none was used */
export async function askByPasskey(): Promise<SessionGrant> {
  const { signInByPasskey } = await import('$lib/sync/passkeys');
  return signInByPasskey();
}

/** By the code of a colleague who helps, with a new password. @throws SignInFailed */
export async function askByRecovery(account: string, code: string, password: string): Promise<SessionGrant> {
  const { signInByRecovery } = await loadSync();
  return signInByRecovery({ account, code, password, kiosk: kioskHere.current });
}

/** Whoever came in another way meanwhile does not come in a second time. */
export const cancelPasskey = (): void => void import('$lib/sync/passkeys').then(({ cancelSignIn }) => cancelSignIn());
