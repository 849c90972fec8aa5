import type { SessionGrant } from '$lib/domain/api';
import { kioskHere } from '../kiosk/kiosk.svelte';
import { loadSync } from './later.svelte';
import type { Open } from './states';

/** A session that the server ended is begun again, in the same place. @throws OtherPerson */
export async function renew({ store, sync }: Pick<Open, 'store' | 'sync'>, grant: SessionGrant): Promise<void> {
  const { keepSession } = await loadSync();
  await keepSession(store, grant);
  sync.now();
}

/** The same by the code of a colleague who helps, with a new password. @throws SignInFailed, OtherPerson */
export async function renewByRecovery(
  open: Pick<Open, 'store' | 'sync'>,
  account: string,
  code: string,
  password: string
): Promise<void> {
  const { signInByRecovery } = await loadSync();
  await renew(open, await signInByRecovery({ account, code, password, kiosk: kioskHere.current }));
}
